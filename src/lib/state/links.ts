import { resolve } from '$app/paths';
import { getLocale } from '../paraglide/runtime';
import { prefixOf, readPath, type Language } from './language';

type Params = Readonly<Record<string, string>>;
type Resolved = ReturnType<typeof resolve>;

/** The router's types do not know the languages' prefixes: they are gone before it looks (`src/hooks.ts`). */
const resolvePath = resolve as (id: string, params: Params | undefined) => Resolved;

/**
 * The folder of the host that the site stands in, read once: while a page is prerendered, `resolve`
 * gives addresses relative to it.
 */
const SITE = resolve('/').slice(0, -1);

/**
 * The address of a page, as `resolve` from `$app/paths` gives it, in the language that is being read.
 * All links to pages begin here, or following one would change the language (ESLint holds it).
 */
export const linkTo = ((id: string, params?: Params) =>
	linkIn(getLocale(), id, params)) as typeof resolve;

/** The address of a page in a language of choice, by the route's id and what fills its gaps. */
export function linkIn(language: Language, id: string, params?: Params): Resolved {
	return resolvePath(prefixOf(language) + id, params);
}

/** The language of an address, and the page's own address as the router knows it. */
export function readAddress({ pathname }: Pick<URL, 'pathname'>): {
	readonly language: Language;
	readonly pathname: string;
} {
	const { language, page } = readPath(pathname.slice(SITE.length));
	return { language, pathname: SITE + page };
}

/** What is looked at of a navigation that has ended; a subset of SvelteKit's `AfterNavigate`. */
interface Landing {
	readonly type: string;
	readonly from: { readonly url: URL } | null;
	readonly to: { readonly url: URL } | null;
}

/**
 * Whether a navigation has changed the language and nothing else: then a page keeps what it shows.
 * Back and forward lead to addresses that may differ in more.
 */
export function onlyLanguageChanged({ type, from, to }: Landing): boolean {
	if (type === 'popstate' || !from || !to) return false;
	const [before, after] = [readAddress(from.url), readAddress(to.url)];
	return before.pathname === after.pathname && before.language !== after.language;
}
