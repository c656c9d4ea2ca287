import type { Box, Direction, Place } from './types';

/** A corner of an outline. */
export type Point = readonly [x: number, y: number];

const format = (value: number) => String(Math.round(value * 100) / 100);

/** A closed polygon with rounded corners, as an SVG path; always the same commands per corner. */
export function roundedPolygon(
	points: readonly Point[],
	radiusAt: (index: number) => number
): string {
	const parts = points.map((corner, index) => {
		const radius = radiusAt(index);
		const before = points[(index + points.length - 1) % points.length] ?? corner;
		const after = points[(index + 1) % points.length] ?? corner;
		const from = toward(corner, before, radius);
		const to = toward(corner, after, radius);
		const start = `${index === 0 ? 'M' : 'L'}${format(from[0])} ${format(from[1])}`;
		return `${start}Q${format(corner[0])} ${format(corner[1])} ${format(to[0])} ${format(to[1])}`;
	});
	return `${parts.join('')}Z`;
}

/** The point `distance` away from `corner` toward `other`, at most half way. */
function toward(corner: Point, other: Point, distance: number): Point {
	const [dx, dy] = [other[0] - corner[0], other[1] - corner[1]];
	const length = Math.hypot(dx, dy);
	if (length === 0) return corner;
	const share = Math.min(distance, length / 2) / length;
	return [corner[0] + dx * share, corner[1] + dy * share];
}

/** A line through points with rounded turns, as an SVG path. */
export function roundedLine(points: readonly Point[], radius: number): string {
	const [first, ...rest] = points;
	if (first === undefined) return '';
	let path = `M${format(first[0])} ${format(first[1])}`;
	rest.forEach((point, index) => {
		const after = rest[index + 1];
		if (after === undefined) {
			path += `L${format(point[0])} ${format(point[1])}`;
			return;
		}
		const from = toward(point, points[index] ?? first, radius);
		const to = toward(point, after, radius);
		path += `L${format(from[0])} ${format(from[1])}`;
		path += `Q${format(point[0])} ${format(point[1])} ${format(to[0])} ${format(to[1])}`;
	});
	return path;
}

/** What a box's outline follows from: its sizes across the flow, and along it. */
export interface Outline {
	/** Size across the flow where data enters and where it leaves. */
	readonly topWidth: number;
	readonly bottomWidth: number;
	/** Length over which one becomes the other. */
	readonly shoulder: number;
	/** Length along the flow. */
	readonly height: number;
	readonly radius: number;
	/** Down by default. */
	readonly direction?: Direction;
}

/** The outline of a box as it stands. */
export function outlineOf(box: Box, radius: number): Outline {
	const { topWidth, bottomWidth, shoulder, direction } = box;
	const height = direction === 'down' ? box.height : box.left + box.right;
	return { topWidth, bottomWidth, shoulder, height, radius, direction };
}

/** A point off the axis and along it, as it is drawn: from the middle of a box's upper edge. */
function turnIn({ direction, topWidth, bottomWidth, height }: Outline) {
	const middle = Math.max(topWidth, bottomWidth) / 2;
	return (across: number, along: number): Point =>
		direction === 'right' ? [along - height / 2, middle + across] : [across, along];
}

/**
 * Outline of a box from the middle of its upper edge: across the flow as large as its input where
 * data enters, as its output behind the shoulders. Six corners always, so that outlines can glide
 * into each other.
 */
export function boxOutline(box: Outline): string {
	const [top, bottom] = [box.topWidth / 2, box.bottomWidth / 2];
	// Without shoulders the two corners lie half way down the flanks, where they are not seen.
	const hasShoulders = box.shoulder > 0 && box.shoulder < box.height;
	const turn = hasShoulders
		? { across: bottom, along: box.shoulder }
		: { across: box.shoulder === 0 ? bottom : (top + bottom) / 2, along: box.height / 2 };
	const at = turnIn(box);
	return roundedPolygon(
		[
			at(-top, 0),
			at(top, 0),
			at(turn.across, turn.along),
			at(bottom, box.height),
			at(-bottom, box.height),
			at(-turn.across, turn.along)
		],
		(index) => (TURNS.has(index) ? 0 : box.radius)
	);
}

/** The corners where the flanks may turn inward: sharp, they read as an edge. */
const TURNS: ReadonlySet<number> = new Set([2, 5]);

/** The left edge of that outline, inset by half the line's width: where the role's colour stands. */
export function boxFlank(box: Outline & { readonly inset: number }): string {
	const { radius, height, shoulder, inset } = box;
	const hasBody = shoulder < height;
	if (box.direction === 'right') {
		const half = (hasBody && shoulder > 0 ? box.bottomWidth : box.topWidth) / 2 - radius;
		const start = (hasBody ? shoulder : 0) + inset;
		const at = turnIn(box);
		return roundedLine([at(-half, start), at(half, start)], 0);
	}
	const [top, bottom] = [-box.topWidth / 2 + inset, -box.bottomWidth / 2 + inset];
	if (hasBody) {
		return roundedLine(
			[
				[bottom, shoulder + radius],
				[bottom, height - radius]
			],
			0
		);
	}
	const share = radius / height;
	return roundedLine(
		[
			[top + (bottom - top) * share, radius],
			[bottom - (bottom - top) * share, height - radius]
		],
		0
	);
}

/** The shoulders by themselves: the part of a stage where the resolution falls. */
export function boxCap(box: Outline): string {
	const [top, bottom] = [box.topWidth / 2, box.bottomWidth / 2];
	const at = turnIn(box);
	return roundedPolygon(
		[at(-top, 0), at(top, 0), at(bottom, box.shoulder), at(-bottom, box.shoulder)],
		(index) => (index < 2 ? box.radius / 2 : 0)
	);
}

/** A closed residual's skip: a handle from where data enters to where it leaves, left of the flow. */
export function boxSkip(box: Outline & { readonly reach: number }): string {
	const edge = -box.bottomWidth / 2;
	const out = edge - box.reach * 1.33;
	const [start, end] = [box.shoulder + box.radius, box.height - box.radius];
	const at = turnIn(box);
	const print = (point: Point) => point.map(format).join(' ');
	return `M${print(at(edge, start))}C${print(at(out, start))} ${print(at(out, end))} ${print(at(edge, end))}`;
}

/** A bar across the flow, `along` from where data enters: a BatchNorm on the edge of its op. */
export function boxBar(
	box: Outline,
	bar: { readonly along: number; readonly size: number; readonly insets: readonly [number, number] }
): string {
	const at = turnIn(box);
	const [before, behind] = bar.insets;
	return roundedLine(
		[at(before - bar.size / 2, bar.along), at(bar.size / 2 - behind, bar.along)],
		0
	);
}

/** The edges of the two sheets that stand out behind a folded run, below and to the right. */
export function stackEdge(
	{ left, right, height }: Pick<Place, 'left' | 'right' | 'height'>,
	reach: number,
	radius: number
): string {
	return [reach / 2, reach]
		.map((out) =>
			roundedLine(
				[
					[right + out, out + radius],
					[right + out, height + out],
					[out + radius - left, height + out]
				],
				radius
			)
		)
		.join('');
}
