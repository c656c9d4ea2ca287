import type { Clock } from '../clock';
import { PROTOCOL } from '../protocol';

/**
 * Sees that the thread stood still between two timed calls (METHODOLOGY 5.2): the machine slept, or the
 * browser froze the tab. A slow run is no gap: only the time in which nothing should happen counts.
 */
export class GapGuard {
	readonly #clock: Clock;
	#lastEnd: number;

	constructor(clock: Clock) {
		this.#clock = clock;
		this.#lastEnd = clock();
	}

	/** Call before work starts. True if nothing was done for too long. */
	gapBefore(): boolean {
		return this.#clock() - this.#lastEnd > PROTOCOL.round.maxGapMs;
	}

	/** Call when work has ended. */
	workEnded(): void {
		this.#lastEnd = this.#clock();
	}
}
