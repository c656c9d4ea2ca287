import { PROTOCOL } from '../protocol';

/** The states of the Compute Pressure API, from calm to the worst. */
export const PRESSURE_STATES = ['nominal', 'fair', 'serious', 'critical'] as const;
export type PressureState = (typeof PRESSURE_STATES)[number];

const SERIOUS = PRESSURE_STATES.indexOf('serious');
/** The run's own load has shown in the state after this. */
const LEARNING_MS = 15_000;

/**
 * Decides when the processor is under more pressure than the run itself makes (METHODOLOGY 5.3). A run
 * loads the processor, so the state it brings about in its first seconds is its own; only a worse one
 * holds the run, each state once: where it does not pass, or comes back, it is the machine's own.
 */
export class PressureGuard {
	#level = 0;
	/** States up to this one are no reason to wait. */
	#accepted = SERIOUS - 1;
	#firstLoadMs: number | null = null;
	#heldSinceMs: number | null = null;

	/** Call when the run begins to load the processor; later calls change nothing. */
	loaded(nowMs: number): void {
		this.#firstLoadMs ??= nowMs;
	}

	/** @returns whether the run should be held */
	changed(state: PressureState, nowMs: number): boolean {
		this.#level = PRESSURE_STATES.indexOf(state);
		return this.#decide(nowMs);
	}

	/** Call now and then. @returns whether the run should be held */
	tick(nowMs: number): boolean {
		return this.#decide(nowMs);
	}

	/** The visitor goes on whatever the pressure: nothing holds the run any more. */
	overrule(): void {
		this.#accepted = PRESSURE_STATES.length;
		this.#heldSinceMs = null;
	}

	#decide(nowMs: number): boolean {
		if (this.#heldSinceMs !== null) {
			const isPatient = nowMs - this.#heldSinceMs < PROTOCOL.guards.pressurePatienceMs;
			if (this.#level >= SERIOUS && isPatient) return true;
			this.#heldSinceMs = null;
			return false;
		}
		if (this.#level <= this.#accepted) return false;
		this.#accepted = this.#level;
		const isLearning = this.#firstLoadMs === null || nowMs - this.#firstLoadMs < LEARNING_MS;
		if (isLearning) return false;
		this.#heldSinceMs = nowMs;
		return true;
	}
}
