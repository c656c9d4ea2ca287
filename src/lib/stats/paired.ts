import { roundsNeeded, studentInterval, widenedPercentiles, type Interval } from './interval';
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
 * exp(median of the log ratios) with its bootstrap interval over rounds; with Student's, marked by
 * `roundsNeeded`, where the rounds are too few for the level.
 * @param logs one a round, NaN where a round has none
 * @param independent how many of the rounds are independent; all, unless they were drawn in blocks
 * @returns null for fewer than two rounds
 */
export function ratioInterval(
	logs: Float64Array,
	resamples: Resamples,
	level: number,
	independent?: number
): Interval | null {
	const known = present(logs);
	if (known.length < 2) return null;
	const value = median(known);
	if (known.length < roundsNeeded(level)) {
		return exponential(studentInterval({ value, values: known, level }));
	}
	const resampled = resampledMedians(logs, resamples);
	const count = Math.max(2, independent ?? known.length);
	return exponential(widenedPercentiles({ value, resampled, count, level }));
}

/** Two rounds that have little in common may have an interval beyond what a number can hold. */
const WIDEST_LOG = 100;

function exponential(interval: Interval): Interval {
	return {
		...interval,
		value: Math.exp(interval.value),
		low: Math.exp(Math.max(interval.low, -WIDEST_LOG)),
		high: Math.exp(Math.min(interval.high, WIDEST_LOG))
	};
}

/**
 * The median of all values with a bootstrap interval that resamples whole rounds; with Student's, of
 * the logarithms of the rounds' own medians, where they are too few for the level.
 * @param values positive, such as milliseconds
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
	const value = median(values);
	if (rounds < roundsNeeded(level)) {
		const logs = roundMedians(values, roundOf).map(Math.log);
		return exponential(studentInterval({ value: Math.log(value), values: logs, level }));
	}
	return widenedPercentiles({
		value,
		resampled: resampledMedians(values, resamples, roundOf),
		count: rounds,
		level
	});
}

function roundMedians(values: readonly number[], roundOf: readonly number[]): Float64Array {
	const byRound = new Map<number, number[]>();
	values.forEach((value, i) => {
		const round = byRound.get(roundOf[i]!);
		if (round) round.push(value);
		else byRound.set(roundOf[i]!, [value]);
	});
	return Float64Array.from([...byRound.values()], (each) => median(each));
}
