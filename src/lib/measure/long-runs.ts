import type { Failure } from './failure';
import { PROTOCOL } from './protocol';

/** Rounds in which candidates took longer than a run may (METHODOLOGY 5.3). */
export class LongRuns {
	readonly #rounds = new Map<string, number>();

	/**
	 * Counts a round with such a run.
	 * @returns null while the clock may have jumped; why the candidate fails where it does so again, since
	 * the clock does not jump over one candidate again and again
	 */
	seen(id: string): Failure | null {
		const { maxLongRounds, maxRunMs } = PROTOCOL.round;
		const times = (this.#rounds.get(id) ?? 0) + 1;
		this.#rounds.set(id, times);
		if (times < maxLongRounds) return null;
		const detail = `a run took more than ${maxRunMs / 1000} s in ${times} rounds`;
		return { reason: 'too-slow', detail };
	}
}
