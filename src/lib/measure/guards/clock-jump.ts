import { PROTOCOL } from '../protocol';

/**
 * Sees that the wall clock has parted from the steady one (METHODOLOGY 5.3): the machine slept, or
 * somebody has set the time. Looks at what has passed since the last look.
 */
export class ClockJumpGuard {
	readonly #now: () => number;
	readonly #wall: () => number;
	#lastNow: number;
	#lastWall: number;

	/**
	 * @param now milliseconds of the clock that should never jump
	 * @param wall milliseconds of the clock on the wall
	 */
	constructor(now: () => number, wall: () => number) {
		this.#now = now;
		this.#wall = wall;
		this.#lastNow = now();
		this.#lastWall = wall();
	}

	/** @returns how far the clocks have parted since the last call; null where they have not */
	tick(): number | null {
		const [now, wall] = [this.#now(), this.#wall()];
		const steady = now - this.#lastNow;
		const partedMs = wall - this.#lastWall - steady;
		this.#lastNow = now;
		this.#lastWall = wall;
		if (steady < 0) return steady;
		return Math.abs(partedMs) > PROTOCOL.guards.clockJumpMs ? partedMs : null;
	}
}

/** Whether a timed run took less than nothing, or so long that the clock must have jumped. */
export function isImpossible(ms: number): boolean {
	return !(ms >= 0) || isTooLong(ms);
}

/** Whether the clock has jumped or the run was one that nobody waits for: a second one tells. */
export function isTooLong(ms: number): boolean {
	return ms > PROTOCOL.round.maxRunMs;
}
