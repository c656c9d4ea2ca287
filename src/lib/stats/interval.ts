import { normalCdf, normalQuantile } from './normal';
import { interpolatedQuantile, sorted } from './summary';

/** An interval and its centre. */
export interface Interval {
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

/**
 * A bootstrap interval by widened percentiles: the percentiles of the resampled values, taken a little
 * further out than the level says, as Student's t lies outside the normal distribution.
 *
 * Plain percentiles of a median cover 91 to 95 % where 95 % is asked, at 20 to 40 rounds; these cover
 * 95 to 97 %. BCa gives the same coverage as plain percentiles here: a median's jackknife shows no
 * acceleration and its resamples no bias, so there is nothing for it to correct.
 *
 * @param count independent values behind the estimate; the fewer, the wider
 * @param level for example 0.95
 */
export function widenedPercentiles(options: {
	readonly value: number;
	readonly resampled: Float64Array;
	readonly count: number;
	readonly level: number;
}): Interval {
	const { value, resampled, count, level } = options;
	const ordered = sorted(resampled.filter((each) => !Number.isNaN(each)));
	const tail = widenedTail((1 - level) / 2, count);
	// The estimate itself always lies within: with ties at the edge it may coincide with an end.
	return {
		value,
		low: Math.min(value, interpolatedQuantile(ordered, tail)),
		high: Math.max(value, interpolatedQuantile(ordered, 1 - tail))
	};
}

/**
 * The share to cut off at each end. z is stretched by t/z · sqrt(n / (n - 1)), with t of n - 1 degrees
 * of freedom by its expansion in 1/n (Abramowitz and Stegun 26.7.5).
 * Source of the idea: Hesterberg, What Teachers Should Know about the Bootstrap (2015), section 4.
 */
export function widenedTail(tail: number, count: number): number {
	const freedom = Math.max(1, count - 1);
	const z = -normalQuantile(tail);
	const t =
		z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
	return normalCdf(-t * Math.sqrt(count / freedom));
}

/**
 * The level of each of k intervals such that all hold together at `level` (Bonferroni): with ten
 * designs and 95 %, each has 99.5 %. Holds whatever the dependence between them.
 */
export function simultaneousLevel(level: number, comparisons: number): number {
	return 1 - (1 - level) / Math.max(1, comparisons);
}

/** Half the interval's width over its centre: 0.02 is ±2 %. */
export function relativeHalfWidth({ value, low, high }: Interval): number {
	return (high - low) / 2 / value;
}
