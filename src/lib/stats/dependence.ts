import { roundsNeeded, type Interval } from './interval';
import { present, ratioInterval } from './paired';
import { spearman } from './rank';
import type { Resamples } from './resample';

/** Above this correlation of neighbours, rounds are no longer resampled one by one (METHODOLOGY 7.10). */
export const DEPENDENT_ABOVE = 0.3;

/**
 * How much a value tells of the next: the correlation, by ranks, of all values but the last with all
 * but the first. By ranks, so that one slow value hides nothing. NaN for fewer than three values.
 */
export function lagOneCorrelation(values: Float64Array): number {
	return spearman(values.subarray(0, -1), values.subarray(1));
}

/** The length of a block of neighbours that are drawn together: the root of their number. */
export function blockLengthFor(rounds: number): number {
	return Math.max(2, Math.round(Math.sqrt(rounds)));
}

/** Resamples by the length of their blocks; each is drawn once. */
export type DrawBlocks = (blockLength: number) => Resamples;

/** Draws each block length once, so that all comparisons of a run share their resamples. */
export function memoisedBlocks(draw: DrawBlocks): DrawBlocks {
	const drawn = new Map<number, Resamples>();
	return (blockLength) => {
		const found = drawn.get(blockLength) ?? draw(blockLength);
		drawn.set(blockLength, found);
		return found;
	};
}

/** A ratio's interval and how dependent its rounds were. */
export interface CheckedInterval {
	readonly interval: Interval;
	/** NaN where there are too few rounds, or all are equal. */
	readonly correlation: number;
	/** 1: rounds were resampled one by one. */
	readonly blockLength: number;
}

/**
 * {@link ratioInterval}, with blocks of neighbours resampled together where the rounds depend on each
 * other (METHODOLOGY 7.10).
 * @param logs one a round, NaN where a round has none
 * @param correlation of a round with the next, where more is known of it than these logs tell
 * @returns null for fewer than two rounds
 */
export function checkedRatioInterval(
	logs: Float64Array,
	draw: DrawBlocks,
	level: number,
	correlation = lagOneCorrelation(present(logs))
): CheckedInterval | null {
	const known = present(logs);
	// Too few rounds get no resampled interval at all, so there is nothing to switch.
	const isDependent = known.length >= roundsNeeded(level) && correlation > DEPENDENT_ABOVE;
	const blockLength = isDependent ? blockLengthFor(known.length) : 1;
	const blocks = isDependent ? Math.floor(known.length / blockLength) : undefined;
	const interval = ratioInterval(logs, draw(blockLength), level, blocks);
	return interval && { interval, correlation, blockLength };
}
