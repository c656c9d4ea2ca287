/**
 * Code that a page can do without at first: it is fetched when it is first asked for, and until then,
 * or while a page is prerendered, there is none.
 */
export class Later<T> {
	readonly #load: () => Promise<T>;
	#isAsked = false;
	#module = $state.raw<T>();

	constructor(load: () => Promise<T>) {
		this.#load = load;
	}

	/** The module, once it is there. */
	get current(): T | undefined {
		if (!this.#isAsked && typeof window !== 'undefined') {
			this.#isAsked = true;
			this.#load().then(
				(module) => (this.#module = module),
				// Offline, perhaps: the next one who asks tries again.
				() => (this.#isAsked = false)
			);
		}
		return this.#module;
	}
}
