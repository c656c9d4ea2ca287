import { failureOf } from './failure';
import { loadDesign, LoadError, type LoadDeps } from './load';
import type { Candidate } from './types';

/**
 * What plain WebAssembly gives in float32, by design (METHODOLOGY 2.5). Where a run measures the design
 * so, its own first run is taken; else a session is made in the runner's own lane, run once and
 * released before anything is timed.
 */
export class ReferenceOutputs {
	readonly #outputs = new Map<string, Float32Array>();
	readonly #seed: number;
	readonly #deps: LoadDeps;

	/** @param deps of the runner's own lane */
	constructor(seed: number, deps: LoadDeps) {
		this.#seed = seed;
		this.#deps = deps;
	}

	keep(design: Candidate['design'], output: Float32Array): void {
		this.#outputs.set(keyOf(design), output);
	}

	/**
	 * @param onLoaded called before the first run of a session that is made for it
	 * @throws {LoadError} where there is none to compare with
	 */
	async of(design: Candidate['design'], onLoaded: () => void): Promise<Float32Array> {
		const known = this.#outputs.get(keyOf(design));
		if (known) return known;
		try {
			const { session, output } = await loadDesign(design, this.#seed, this.#deps, onLoaded);
			await session.release();
			this.keep(design, output);
			return output;
		} catch (error) {
			const failure =
				error instanceof LoadError ? error.failure : failureOf(error, 'model-refused');
			const detail = `its reference, WebAssembly in float32: ${failure.detail}`;
			const cause = error instanceof LoadError ? error.cause : error;
			throw new LoadError({ ...failure, detail }, { cause });
		}
	}
}

/** Designs are plain data: the same choices are the same text. */
function keyOf(design: Candidate['design']): string {
	return JSON.stringify(design);
}
