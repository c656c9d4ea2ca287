import { createContext } from 'svelte';
import type { Calibration } from '../measure/check-types';
import type { RunResult } from '../measure/types';

/** The last run of this visit that came to figures: it is there again when the visitor comes back. */
export class LastRun {
	#result = $state.raw<RunResult | null>(null);
	#madeHere = $state.raw<RunResult | null>(null);
	#openedAs = $state<string | null>(null);
	#calibration = $state.raw<Calibration | null>(null);

	get result(): RunResult | null {
		return this.#result;
	}

	/** The last run that this visit made itself: it alone says what this device takes now. */
	get madeHere(): RunResult | null {
		return this.#madeHere;
	}

	/** What the run is called where it was opened, from the history or a file; null for one just made. */
	get openedAs(): string | null {
		return this.#openedAs;
	}

	/** What the last calibration of this visit found. */
	get calibration(): Calibration | null {
		return this.#calibration;
	}

	/** Keeps a run, unless it ended without any figures. */
	keep(result: RunResult): void {
		if (result.candidates.every(({ medianMs }) => medianMs === null)) return;
		this.#result = result;
		this.#madeHere = result;
		this.#openedAs = null;
	}

	/** Shows a run of another time, or of another device. */
	open(result: RunResult, name: string): void {
		this.#result = result;
		this.#openedAs = name;
	}

	keepCalibration(calibration: Calibration): void {
		this.#calibration = calibration;
	}
}

export const [getLastRun, setLastRun] = createContext<LastRun>();
