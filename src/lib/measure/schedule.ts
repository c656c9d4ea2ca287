import { deriveSeed, mulberry32, shuffled } from '../stats/random';

/** One visit of a round. */
export interface Stop {
	readonly id: string;
	/** The reference's second visit: the live A/A control. */
	readonly control: boolean;
}

/**
 * The order of one round (METHODOLOGY 5): every candidate once and the reference twice, shuffled by
 * the run's seed and the round's number, so that no candidate always follows the same other one. The
 * same seed and round give the same order, also after a restart of the worker.
 */
export function roundOrder(options: {
	readonly ids: readonly string[];
	readonly referenceId: string;
	readonly seed: number;
	readonly round: number;
}): Stop[] {
	const { ids, referenceId, seed, round } = options;
	const order = shuffled([...ids, referenceId], mulberry32(deriveSeed(seed, `order ${round}`)));
	let seen = false;
	return order.map((id) => {
		const control = id === referenceId && seen;
		seen ||= id === referenceId;
		return { id, control };
	});
}
