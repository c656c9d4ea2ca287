/** What this version of the site consists of, by path; `$service-worker` lists it. */
export interface Site {
	readonly origin: string;
	/**
	 * The folder of compiled files, which are named by a hash of what is in them: the same name is the
	 * same file for ever.
	 */
	readonly immutable: string;
	/** The compiled files of this build's pages; those that only workers ask for are not among them. */
	readonly build: ReadonlySet<string>;
	/** Files of `static/`: their names stay, whatever is in them. */
	readonly files: ReadonlySet<string>;
}

/** What is looked at of a request. */
interface Asked {
	readonly url: string;
	readonly method: string;
	readonly mode: string;
	readonly headers: { has(name: string): boolean };
}

/**
 * How a request is answered.
 *
 * - `pass`: not by the worker at all
 * - `page`: from the network, so that it is today's; offline as it was last seen
 * - `build`: as kept, since it cannot have changed; else from the network, and then kept
 * - `file`: from the network; offline as it was last seen
 */
export type Answer = 'pass' | 'page' | 'build' | 'file';

export function answerFor(asked: Asked, site: Site): Answer {
	const { origin, pathname } = new URL(asked.url);
	// Parts of files are asked for by players, not by this site, and a part must not be kept as the whole.
	if (asked.method !== 'GET' || origin !== site.origin || asked.headers.has('range')) return 'pass';
	if (asked.mode === 'navigate') return 'page';
	if (pathname.startsWith(site.immutable)) return 'build';
	return site.files.has(pathname) ? 'file' : 'pass';
}

/** Pages are the same for every query: what they show of it they find out themselves. */
export function pageKey(url: string): string {
	const { origin, pathname } = new URL(url);
	return origin + pathname;
}

/** The scripts a page of this site begins with. */
const ENTRIES = /[^"'()\s]*_app\/immutable\/entry\/[\w.-]+\.js/g;

/**
 * Whose page this is: of the same build as these files, if all the scripts that it begins with are
 * among them; of another build of this site; or none of this site's. The last two are shown, but never
 * kept beside these files.
 *
 * @param url where the page was found: its links are relative
 */
export function buildOfPage(html: string, url: string, site: Site): 'this' | 'other' | 'none' {
	const entries = html.match(ENTRIES) ?? [];
	if (entries.length === 0) return 'none';
	const isThis = entries.every((entry) => site.build.has(new URL(entry, url).pathname));
	return isThis ? 'this' : 'other';
}
