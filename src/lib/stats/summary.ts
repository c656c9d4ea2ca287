import { quantileSorted } from 'simple-statistics';

/** A sorted copy, as numbers rather than as text. */
export function sorted(values: readonly number[] | Float64Array): Float64Array {
	return Float64Array.from(values).sort();
}

/** The middle value, or the mean of the two middle ones. NaN for no values. */
export function median(values: readonly number[] | Float64Array): number {
	const ordered = sorted(values);
	if (ordered.length === 0) return NaN;
	const middle = ordered.length >> 1;
	return ordered.length % 2 === 1
		? ordered[middle]!
		: (ordered[middle - 1]! + ordered[middle]!) / 2;
}

/**
 * The smallest value with at least a share `p` of the values at or below it (mean of two where `p`
 * falls between them). NaN for no values.
 */
export function quantile(values: readonly number[] | Float64Array, p: number): number {
	const ordered = sorted(values);
	return ordered.length === 0 ? NaN : quantileSorted(Array.from(ordered), p);
}

/** The value at a share `p` of a sorted array, between neighbours by a straight line (Hyndman-Fan 7). */
export function interpolatedQuantile(ordered: Float64Array, p: number): number {
	if (ordered.length === 0) return NaN;
	const place = Math.min(Math.max(p, 0), 1) * (ordered.length - 1);
	const below = Math.floor(place);
	const low = ordered[below]!;
	const high = ordered[Math.min(below + 1, ordered.length - 1)]!;
	return low + (high - low) * (place - below);
}
