/** A design on the shelf: what it takes here, and what the paper reports of its accuracy. */
export interface Offer {
	readonly ms: number;
	/** Relative error where the time is predicted; 0 where it is measured. */
	readonly error: number;
	/** Top-1 in per cent under one training regime; null where none is reported. */
	readonly top1: number | null;
}

/** Whether a design keeps to a budget: a predicted one also at its typical error. */
export function fits({ ms, error }: Pick<Offer, 'ms' | 'error'>, budgetMs: number): boolean {
	return ms * (1 + error) <= budgetMs;
}

/**
 * The Pareto set: designs that no other one beats in time without losing accuracy, or in accuracy
 * without taking longer. Designs without a reported accuracy are neither in it nor against it.
 */
export function paretoSet<T extends Offer>(offers: readonly T[]): T[] {
	const rated = offers.filter((offer): offer is T & { top1: number } => offer.top1 !== null);
	return rated
		.filter(
			(offer) =>
				!rated.some(
					(other) =>
						other.ms <= offer.ms &&
						other.top1 >= offer.top1 &&
						(other.ms < offer.ms || other.top1 > offer.top1)
				)
		)
		.sort((a, b) => a.ms - b.ms);
}
