/** Where numbers stand between little and much. */
export interface HeatScale {
	readonly kind: 'linear' | 'log';
	/** The value at its foot: 0 on a linear scale. */
	readonly from: number;
	readonly to: number;
}

/**
 * From nothing to the greatest. Twice as much is twice as far up, so that colours of parts which make
 * up a whole can be added up by eye.
 */
export function linearScale(values: Iterable<number>): HeatScale {
	return { kind: 'linear', from: 0, to: Math.max(0, ...values) };
}

/** From the least above zero to the greatest: for what spans powers of ten and is not added up. */
export function logScale(values: Iterable<number>): HeatScale {
	const positive = [...values].filter((value) => value > 0);
	return { kind: 'log', from: Math.min(...positive, Infinity), to: Math.max(...positive, 0) };
}

/** A value's place on a scale, 0 to 1; beyond its ends it stays at them. */
export function placeOn({ kind, from, to }: HeatScale, value: number): number {
	if (!(to > from)) return value >= to && value > 0 ? 1 : 0;
	const place =
		kind === 'log'
			? (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from))
			: (value - from) / (to - from);
	return Math.min(1, Math.max(0, place));
}

/** The value at a place on a scale, 0 to 1: the inverse of {@link placeOn}. */
export function valueAt({ kind, from, to }: HeatScale, place: number): number {
	return kind === 'log' ? from * (to / from) ** place : from + (to - from) * place;
}

/** Whether there is anything between its ends. */
export function hasRange({ from, to }: HeatScale): boolean {
	return to > from;
}
