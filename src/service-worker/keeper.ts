import { SiteCaches } from '../lib/state/site-caches';
import { isolated } from './headers';
import { offlinePage } from './offline-page';
import { answerFor, buildOfPage, pageKey, type Answer, type Site } from './policy';

/** What is looked at of the browser; tests give their own. */
export interface KeeperBrowser {
	readonly caches: CacheStorage;
	readonly fetch: (request: RequestInfo) => Promise<Response>;
	/** Asks for a newer worker. */
	readonly update: () => void;
}

export interface KeeperOptions {
	readonly site: Site;
	/** The folder of the host that the site stands in, without a slash at its end. */
	readonly base: string;
	/** Of the build: what is kept is kept apart for each. */
	readonly version: string;
	readonly browser: KeeperBrowser;
}

/**
 * Answers for the site: isolated where the host does not isolate, and offline as far as it was
 * visited. One build's files are kept in one cache and never mixed with another's: once a page of
 * another build comes from the network, this worker keeps nothing more.
 */
export class Keeper {
	readonly #options: KeeperOptions;
	readonly #caches: SiteCaches;
	#isOutdated = false;

	constructor(options: KeeperOptions) {
		this.#options = options;
		const { base, browser } = options;
		this.#caches = new SiteCaches({ caches: browser.caches, base });
	}

	/**
	 * The answer to a request, or null for none of the worker's business.
	 * @param keepAlive told of work that goes on behind the answer
	 */
	answer(request: Request, keepAlive: (work: Promise<unknown>) => void): Promise<Response> | null {
		const answer = answerFor(request, this.#options.site);
		return answer === 'pass' ? null : this.#answer(answer, request, keepAlive);
	}

	/** Keeps what a page has loaded before this worker was there for it. */
	async keepVisited({
		version,
		page,
		files
	}: {
		readonly version: string;
		readonly page: string;
		readonly files: readonly string[];
	}): Promise<void> {
		if (version !== this.#options.version || (await this.#caches.isOff())) return;
		const { site, browser } = this.#options;
		const cache = await this.#open();
		const ours = files.filter((url) => {
			const answer = answerFor({ url, method: 'GET', mode: 'cors', headers: new Headers() }, site);
			return answer === 'build' || answer === 'file';
		});
		for (const key of [pageKey(page), ...ours]) {
			if (await cache?.match(key)) continue;
			const response = await browser.fetch(key).catch(() => null);
			if (!response) continue;
			if (key === pageKey(page)) await this.#keepPage(key, response);
			else await this.#keep(key, response);
		}
	}

	/** Removes what other builds have kept. */
	removeOld(): Promise<void> {
		return this.#caches.removeAll({ except: this.#options.version });
	}

	/**
	 * Switched off, the worker goes once no page is left that came through it. Until then it hands on what
	 * the host sends.
	 */
	async #answer(
		answer: Exclude<Answer, 'pass'>,
		request: Request,
		keepAlive: (work: Promise<unknown>) => void
	): Promise<Response> {
		if (await this.#caches.isOff()) return this.#options.browser.fetch(request);
		switch (answer) {
			case 'page':
				return this.#page(request, keepAlive);
			case 'build':
				return this.#build(request, keepAlive);
			case 'file':
				return this.#file(request, keepAlive);
		}
	}

	async #page(request: Request, keepAlive: (work: Promise<unknown>) => void): Promise<Response> {
		const isFramed = request.destination === 'iframe' || request.destination === 'frame';
		const key = pageKey(request.url);
		try {
			const response = await this.#options.browser.fetch(request);
			if (response.ok) keepAlive(this.#keepPage(key, response.clone()));
			return isolated(response, { isFramed });
		} catch {
			const kept = await (await this.#open())?.match(key);
			return isolated(kept ?? (await this.#offlinePage(request)), { isFramed });
		}
	}

	async #build(request: Request, keepAlive: (work: Promise<unknown>) => void): Promise<Response> {
		const kept = await (await this.#open())?.match(request.url);
		if (kept) return isolated(kept);
		const response = await this.#options.browser.fetch(request);
		if (response.ok) keepAlive(this.#keep(request.url, response.clone()));
		return isolated(response);
	}

	async #file(request: Request, keepAlive: (work: Promise<unknown>) => void): Promise<Response> {
		try {
			const response = await this.#options.browser.fetch(request);
			if (response.ok) keepAlive(this.#keep(request.url, response.clone()));
			return isolated(response);
		} catch (error) {
			const kept = await (await this.#open())?.match(request.url);
			if (kept) return isolated(kept);
			throw error;
		}
	}

	async #keepPage(key: string, response: Response): Promise<void> {
		if (!/^text\/html\b/.test(response.headers.get('Content-Type') ?? '')) return;
		const html = await response.clone().text();
		switch (buildOfPage(html, key, this.#options.site)) {
			case 'this':
				return this.#keep(key, response);
			case 'other':
				// The host has another build now, whose worker will keep its pages.
				if (!this.#isOutdated) this.#options.browser.update();
				this.#isOutdated = true;
				return;
			case 'none':
				return;
		}
	}

	async #keep(key: string, response: Response): Promise<void> {
		if (this.#isOutdated || !response.ok || (await this.#caches.isOff())) return;
		try {
			await (await this.#open())?.put(key, response);
		} catch {
			// No room: the page has its answer, and offline it will do without.
		}
		// Switched off while it was written.
		if (await this.#caches.isOff()) await this.#caches.removeAll();
	}

	/** Null where the browser refuses storage: then all goes by the network. */
	#open(): Promise<Cache | null> {
		return this.#caches.open(this.#options.version);
	}

	async #offlinePage({ url }: Request): Promise<Response> {
		const { base, site } = this.#options;
		const keys = (await (await this.#open())?.keys()) ?? [];
		const below = (path: string) => path.slice(base.length);
		const kept = keys
			.map((key) => new URL(key.url).pathname)
			.filter((path) => !path.startsWith(site.immutable) && !site.files.has(path))
			.map((path) => ({ href: path, path: below(path) }));
		return offlinePage(below(new URL(url).pathname), kept);
	}
}
