/** How long a worker may be silent before it counts as lost, by what it does (METHODOLOGY 8.2). */
export const SILENCE = Object.freeze({
	tickMs: 1000,
	/** The runtime is loaded over the network. */
	startingMs: 300_000,
	loadingMs: 60_000,
	runningMs: 10_000,
	/** While it runs: this many times its longest silence or run so far, if that is more. */
	factor: 8
});

/**
 * Sees that a worker is lost: one that was killed says nothing. Counts ticks rather than time, so that
 * a machine that slept does not look like one.
 */
export class SilenceGuard {
	#silentMs = 0;
	#longestMs = 0;
	#phase: 'starting' | 'loading' | 'running' = 'starting';

	/** Call on each message of the worker. */
	heard(phase: 'starting' | 'loading' | 'running'): void {
		if (this.#phase === 'running') this.#longestMs = Math.max(this.#longestMs, this.#silentMs);
		this.#phase = phase;
		this.#silentMs = 0;
	}

	/** Call when a run is known to have taken so long: nothing can be heard meanwhile. */
	ran(ms: number): void {
		this.#longestMs = Math.max(this.#longestMs, ms);
	}

	/** Call every `SILENCE.tickMs` while something should be heard. True if the worker is lost. */
	tick(): boolean {
		this.#silentMs += SILENCE.tickMs;
		return this.#silentMs > this.#limitMs();
	}

	#limitMs(): number {
		switch (this.#phase) {
			case 'starting':
				return SILENCE.startingMs;
			case 'loading':
				return SILENCE.loadingMs;
			case 'running':
				return Math.max(SILENCE.runningMs, SILENCE.factor * this.#longestMs);
		}
	}
}
