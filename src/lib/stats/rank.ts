import { sampleCorrelation } from 'simple-statistics';
import { interpolatedQuantile, sorted } from './summary';
import type { Interval } from './interval';

/** Ranks from 1; equal values share the mean of their ranks. */
export function ranks(values: ArrayLike<number>): number[] {
	const order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
	const result = new Array<number>(values.length);
	for (let start = 0; start < order.length;) {
		let end = start;
		while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end++;
		for (let i = start; i <= end; i++) result[order[i]!] = (start + end) / 2 + 1;
		start = end + 1;
	}
	return result;
}

/**
 * Spearman's rank correlation: 1 for the same order, -1 for the opposite one. NaN for fewer than two
 * values, or where one side has no order at all.
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
	if (a.length !== b.length) {
		throw new RangeError(`Pairs need equal lengths; got ${a.length} and ${b.length}.`);
	}
	if (a.length < 2) return NaN;
	const correlation = sampleCorrelation(ranks(a), ranks(b));
	// Rounding may leave 1.0000000000000002.
	return Math.min(1, Math.max(-1, correlation));
}

/**
 * Spearman's correlation of a fixed order with a measured one, and the interval that the measuring
 * noise leaves. The items are all there are, not a sample of more: they are not resampled.
 *
 * @param fixed one value an item, for example reported changes
 * @param measured one value an item
 * @param resampled `resampled[item][resample]`: each item's value in each bootstrap resample, the same
 * resamples for all items
 */
export function spearmanInterval(options: {
	readonly fixed: readonly number[];
	readonly measured: readonly number[];
	readonly resampled: readonly Float64Array[];
	readonly level: number;
}): Interval | null {
	const { fixed, measured, resampled, level } = options;
	const value = spearman(fixed, measured);
	if (Number.isNaN(value)) return null;
	const size = Math.min(...resampled.map((values) => values.length));
	const correlations = Float64Array.from({ length: size }, (_, resample) =>
		spearman(
			fixed,
			resampled.map((values) => values[resample]!)
		)
	);
	const ordered = sorted(correlations.filter((each) => !Number.isNaN(each)));
	const tail = (1 - level) / 2;
	return {
		value,
		low: Math.min(value, interpolatedQuantile(ordered, tail)),
		high: Math.max(value, interpolatedQuantile(ordered, 1 - tail))
	};
}
