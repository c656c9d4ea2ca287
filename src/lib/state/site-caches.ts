/** An origin may hold other sites, and this one in several folders. */
const SITE = 'repvit-explorer';

/**
 * What the site's service worker has kept, and the visitor's wish that it keep nothing. Pages and the
 * worker both look here: browsers end a worker and start it again as they like, also one that is on its
 * way out, and nothing that it had in mind is left then.
 */
export class SiteCaches {
	readonly #caches: CacheStorage;
	readonly #prefix: string;
	readonly #wish: string;

	/** @param base the folder of the host that the site stands in, without a slash at its end */
	constructor({ caches, base }: { readonly caches: CacheStorage; readonly base: string }) {
		this.#caches = caches;
		this.#prefix = `${SITE} ${base}/ `;
		// A cache that holds nothing: that it is there says all.
		this.#wish = `${SITE} off ${base}/`;
	}

	/** Whether the visitor has switched the worker off. Not where storage is refused: nothing is kept there. */
	isOff(): Promise<boolean> {
		return this.#caches.has(this.#wish).catch(() => false);
	}

	/** From now on nothing is kept, and what was is gone. Never rejects. */
	async switchOff(): Promise<void> {
		// First the wish, so that nothing comes after; a full disk may have room for it only at the end.
		const isNoted = await this.#note();
		await this.removeAll();
		if (!isNoted) await this.#note();
	}

	/** Never rejects. */
	async switchOn(): Promise<void> {
		await this.#caches.delete(this.#wish).catch(() => false);
	}

	/** What one build keeps, apart from others. Null where the browser refuses storage. */
	open(version: string): Promise<Cache | null> {
		return this.#caches.open(this.#prefix + version).catch(() => null);
	}

	/** Removes what was kept, but for one build's, and nothing of other sites. Never rejects. */
	async removeAll({ except }: { readonly except?: string } = {}): Promise<void> {
		const names = await this.#caches.keys().catch(() => []);
		const kept = except === undefined ? null : this.#prefix + except;
		const ours = names.filter((name) => name.startsWith(this.#prefix) && name !== kept);
		await Promise.all(ours.map((name) => this.#caches.delete(name).catch(() => false)));
	}

	#note(): Promise<boolean> {
		return this.#caches.open(this.#wish).then(
			() => true,
			() => false
		);
	}
}
