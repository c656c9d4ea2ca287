import type { LockSource } from '$lib/measure/guards/one-run';

interface Waiting {
	readonly run: () => void;
	readonly signal: AbortSignal;
}

/** One lock of a browser, which several tabs ask for. */
export class FakeLocks implements LockSource {
	readonly #queue: Waiting[] = [];
	#isHeld = false;

	get isFree(): boolean {
		return !this.#isHeld && this.#queue.length === 0;
	}

	request(
		_name: string,
		{ signal }: { readonly signal: AbortSignal },
		whileHeld: () => Promise<void>
	): Promise<unknown> {
		return new Promise((resolve, reject) => {
			signal.addEventListener('abort', () => {
				const place = this.#queue.findIndex((each) => each.signal === signal);
				if (place < 0) return;
				this.#queue.splice(place, 1);
				reject(new Error('AbortError'));
			});
			const run = () => {
				void whileHeld().then(() => {
					this.#isHeld = false;
					resolve(undefined);
					this.#next();
				});
			};
			this.#queue.push({ run, signal });
			queueMicrotask(() => this.#next());
		});
	}

	/** Until all that can happen has happened. */
	async settle(): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve));
	}

	#next(): void {
		if (this.#isHeld) return;
		const next = this.#queue.shift();
		if (!next) return;
		this.#isHeld = true;
		next.run();
	}
}
