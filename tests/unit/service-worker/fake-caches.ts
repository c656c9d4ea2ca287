/** A cache in memory, with as much of the interface as is used. */
export class FakeCaches {
	readonly stores = new Map<string, Map<string, Response>>();
	isFull = false;
	isDenied = false;
	/** What happens just before a cache is opened, or made. */
	beforeOpen: () => Promise<void> = () => Promise.resolve();

	/** As the browser's own, of which no more is used. */
	get all(): CacheStorage {
		return this as unknown as CacheStorage;
	}

	async has(name: string) {
		if (this.isDenied) throw new DOMException('denied', 'SecurityError');
		return this.stores.has(name);
	}

	async open(name: string) {
		if (this.isDenied) throw new DOMException('denied', 'SecurityError');
		await this.beforeOpen();
		const store = this.stores.get(name) ?? new Map<string, Response>();
		this.stores.set(name, store);
		return {
			match: async (key: string) => store.get(key)?.clone(),
			put: async (key: string, response: Response) => {
				if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
				store.set(key, response);
			},
			keys: async () => [...store.keys()].map((url) => ({ url }))
		};
	}

	async keys() {
		return [...this.stores.keys()];
	}

	async delete(name: string) {
		return this.stores.delete(name);
	}
}
