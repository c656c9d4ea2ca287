import { PROTOCOL } from '../protocol';

/**
 * Sees that a page that is in view is held back all the same (METHODOLOGY 5.3): its ticks come late,
 * because the browser saves energy or something blocks the page.
 */
export class ThrottleGuard {
	readonly #tickMs: number;
	#last: number | null = null;

	/** @param tickMs how often {@link tick} should be called */
	constructor(tickMs: number) {
		this.#tickMs = tickMs;
	}

	/** @returns by how much this tick is late; null where it is in time or the first one in view */
	tick(nowMs: number, isVisible: boolean): number | null {
		const lateMs = this.#last === null ? 0 : nowMs - this.#last - this.#tickMs;
		this.#last = isVisible ? nowMs : null;
		return isVisible && lateMs > PROTOCOL.guards.throttledMs ? lateMs : null;
	}

	/** The page itself has kept its thread busy, with drawing: the next tick may be late. */
	excuse(): void {
		this.#last = null;
	}
}
