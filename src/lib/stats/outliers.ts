import { interpolatedQuantile, sorted } from './summary';

/** Tukey's fences: beyond 1.5 interquartile ranges from the quartiles, and beyond 3. */
export interface OutlierCounts {
	/** Beyond 1.5, not beyond 3. */
	readonly mild: number;
	readonly extreme: number;
}

/** Counts outliers; NaN are left out. They are shown beside a result and never dropped from it. */
export function countOutliers(values: Float64Array): OutlierCounts {
	const ordered = sorted(values.filter((value) => !Number.isNaN(value)));
	const lower = interpolatedQuantile(ordered, 0.25);
	const upper = interpolatedQuantile(ordered, 0.75);
	const range = upper - lower;
	const beyond = (fences: number) =>
		ordered.filter((value) => value < lower - fences * range || value > upper + fences * range)
			.length;
	const extreme = beyond(3);
	return { mild: beyond(1.5) - extreme, extreme };
}
