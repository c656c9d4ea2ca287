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

/**
 * Outline of a box around its axis (x = 0) from its upper edge (y = 0): as wide as its input above,
 * as its output below the shoulders. Six corners always, so that outlines can glide into each other.
 */
export function boxOutline(box: {
	readonly topWidth: number;
	readonly bottomWidth: number;
	readonly shoulder: number;
	readonly height: number;
	readonly radius: number;
}): string {
	const [top, bottom] = [box.topWidth / 2, box.bottomWidth / 2];
	// Without shoulders the two corners lie half way down the flanks, where they are not seen.
	const hasShoulders = box.shoulder > 0 && box.shoulder < box.height;
	const turn = hasShoulders
		? { x: bottom, y: box.shoulder }
		: { x: box.shoulder === 0 ? bottom : (top + bottom) / 2, y: box.height / 2 };
	return roundedPolygon(
		[
			[-top, 0],
			[top, 0],
			[turn.x, turn.y],
			[bottom, box.height],
			[-bottom, box.height],
			[-turn.x, turn.y]
		],
		(index) => (TURNS.has(index) ? 0 : box.radius)
	);
}

/** The corners where the flanks may turn inward: sharp, they read as an edge. */
const TURNS: ReadonlySet<number> = new Set([2, 5]);

/** The left flank of that outline, inset by half the line's width: where the role's colour stands. */
export function boxFlank(
	box: Parameters<typeof boxOutline>[0] & { readonly inset: number }
): string {
	const [top, bottom] = [-box.topWidth / 2 + box.inset, -box.bottomWidth / 2 + box.inset];
	const { radius, height, shoulder } = box;
	if (shoulder < height) {
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
export function boxCap(box: Parameters<typeof boxOutline>[0]): string {
	const [top, bottom] = [box.topWidth / 2, box.bottomWidth / 2];
	return roundedPolygon(
		[
			[-top, 0],
			[top, 0],
			[bottom, box.shoulder],
			[-bottom, box.shoulder]
		],
		(index) => (index < 2 ? box.radius / 2 : 0)
	);
}

/** A closed residual's skip: a handle from its upper to its lower end, on the left. */
export function boxSkip(
	box: Parameters<typeof boxOutline>[0] & { readonly reach: number }
): string {
	const left = -box.bottomWidth / 2;
	const [top, bottom] = [box.shoulder + box.radius, box.height - box.radius];
	const out = format(left - box.reach * 1.33);
	return `M${format(left)} ${top}C${out} ${top} ${out} ${bottom} ${format(left)} ${bottom}`;
}
