import { widenedPercentiles, type Interval } from './interval';
import { resampledMedians, type Resamples } from './resample';
import { median } from './summary';

/**
 * ln(a / b) of each round: what both share in a round (clock speed, heat, a busy neighbour) cancels.
 * NaN where either has no value.
 */
export function logRatios(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
	if (a.length !== b.length) {
		throw new RangeError(`Pairs need equal lengths; got ${a.length} and ${b.length}.`);
	}
	return Float64Array.from(a, (value, round) => Math.log(value / b[round]!));
}

/** The values that are there. */
export function present(values: Float64Array): Float64Array {
	return values.filter((value) => !Number.isNaN(value));
}

/**
 * exp(median of the log ratios) with its bootstrap interval over rounds.
 * @param logs one a round, NaN where a round has none
 * @returns null for fewer than two rounds
 */
export function ratioInterval(
	logs: Float64Array,
	resamples: Resamples,
	level: number
): Interval | null {
	const known = present(logs);
	if (known.length < 2) return null;
	const { value, low, high } = widenedPercentiles({
		value: median(known),
		resampled: resampledMedians(logs, resamples),
		count: known.length,
		level
	});
	return { value: Math.exp(value), low: Math.exp(low), high: Math.exp(high) };
}

/**
 * The median of all values with a bootstrap interval that resamples whole rounds.
 * @param roundOf the round of each value
 * @returns null for values from fewer than two rounds
 */
export function medianInterval(
	values: readonly number[],
	roundOf: readonly number[],
	resamples: Resamples,
	level: number
): Interval | null {
	const rounds = new Set(roundOf).size;
	if (rounds < 2) return null;
	return widenedPercentiles({
		value: median(values),
		resampled: resampledMedians(values, resamples, roundOf),
		count: rounds,
		level
	});
}
