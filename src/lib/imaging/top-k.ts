/** A class that a classifier names, and how sure of it it is. */
export interface Prediction {
	readonly index: number;
	/** The softmax over all classes. */
	readonly probability: number;
	readonly logit: number;
}

/** Outputs that stand for no classes. */
export class LogitsError extends Error {
	constructor(
		/** How many of the outputs are NaN or infinite. */
		readonly notFinite: number,
		readonly total: number
	) {
		super(
			total === 0
				? 'There are no outputs to rank.'
				: `${notFinite} of ${total} outputs are not finite numbers, so none of them can be ranked: the network overflowed, or its weights are damaged.`
		);
		this.name = 'LogitsError';
	}
}

/**
 * The k classes with the highest logits, highest first; of equal ones the lower index first. All
 * classes where there are fewer than k.
 *
 * Probabilities are taken relative to the highest logit, so that no exponential overflows, and added
 * up in float64.
 *
 * A logit that is NaN or infinite makes every probability NaN, and says that the network is broken
 * rather than unsure: that is an error, not a ranking.
 *
 * @throws {LogitsError} if there are no logits, or one of them is not finite
 */
export function topK(logits: Float32Array, k: number): Prediction[] {
	const notFinite = logits.reduce((count, logit) => count + (Number.isFinite(logit) ? 0 : 1), 0);
	if (logits.length === 0 || notFinite > 0) throw new LogitsError(notFinite, logits.length);
	const ranking = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);
	const highest = logits[ranking[0]!]!;
	let total = 0;
	for (const logit of logits) total += Math.exp(logit - highest);
	return ranking.slice(0, Math.max(k, 0)).map((index) => {
		const logit = logits[index]!;
		return { index, probability: Math.exp(logit - highest) / total, logit };
	});
}
