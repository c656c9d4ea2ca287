import { median } from './summary';

/** More values than this are first put together in this many groups of neighbours, by their medians. */
const MOST_POINTS = 200;

/**
 * How far values have moved from the first to the last, by Theil and Sen: the median of the slopes
 * between all pairs, times the length. Up to 29 % of the values may be anything.
 * @param values in order, equally far apart; NaN are left out, their places stay
 * @returns in the values' unit; NaN for fewer than two
 */
export function theilSenChange(values: ArrayLike<number>): number {
	const points = grouped(values);
	const slopes: number[] = [];
	for (let later = 1; later < points.length; later++) {
		for (let earlier = 0; earlier < later; earlier++) {
			const [a, b] = [points[earlier]!, points[later]!];
			slopes.push((b.y - a.y) / (b.x - a.x));
		}
	}
	return median(slopes) * (values.length - 1);
}

function grouped(values: ArrayLike<number>): { x: number; y: number }[] {
	const points = Array.from(values, (y, x) => ({ x, y })).filter(({ y }) => !Number.isNaN(y));
	if (points.length <= MOST_POINTS) return points;
	return Array.from({ length: MOST_POINTS }, (_, group) => {
		const start = Math.floor((group * points.length) / MOST_POINTS);
		const end = Math.floor(((group + 1) * points.length) / MOST_POINTS);
		const some = points.slice(start, end);
		return { x: median(some.map(({ x }) => x)), y: median(some.map(({ y }) => y)) };
	});
}

/**
 * The median of the last third less the median of the first: what a step shows that a slope smooths
 * away.
 * @returns NaN where a third holds no value
 */
export function thirdsChange(values: ArrayLike<number>): number {
	const third = Math.floor(values.length / 3);
	const known = (from: number, to: number) =>
		Array.from(values)
			.slice(from, to)
			.filter((value) => !Number.isNaN(value));
	return median(known(values.length - third, values.length)) - median(known(0, third));
}
