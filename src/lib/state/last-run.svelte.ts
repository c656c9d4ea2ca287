import { createContext } from 'svelte';
import type { RunResult } from '../measure/types';

/** The last run of this visit that came to figures: it is there again when the visitor comes back. */
export class LastRun {
	#result = $state.raw<RunResult | null>(null);

	get result(): RunResult | null {
		return this.#result;
	}

	/** Keeps a run, unless it ended without any figures. */
	keep(result: RunResult): void {
		if (result.candidates.some(({ medianMs }) => medianMs !== null)) this.#result = result;
	}
}

export const [getLastRun, setLastRun] = createContext<LastRun>();
