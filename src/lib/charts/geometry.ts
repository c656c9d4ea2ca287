import type { Point, Rect, Segment } from './types';

export function inflate(rect: Rect, by: number): Rect {
	return {
		x: rect.x - by,
		y: rect.y - by,
		width: rect.width + 2 * by,
		height: rect.height + 2 * by
	};
}

export function around({ x, y }: Point, radius: number): Rect {
	return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

/** Touching edges do not overlap. */
export function overlaps(a: Rect, b: Rect): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function contains(outer: Rect, inner: Rect): boolean {
	return (
		inner.x >= outer.x &&
		inner.y >= outer.y &&
		inner.x + inner.width <= outer.x + outer.width &&
		inner.y + inner.height <= outer.y + outer.height
	);
}

export function holds(rect: Rect, { x, y }: Point): boolean {
	return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
}

/** Whether a straight line passes through a box (Liang-Barsky clipping). */
export function crosses({ from, to }: Segment, rect: Rect): boolean {
	const dx = to.x - from.x;
	const dy = to.y - from.y;
	let enter = 0;
	let leave = 1;
	const edges: readonly (readonly [number, number])[] = [
		[-dx, from.x - rect.x],
		[dx, rect.x + rect.width - from.x],
		[-dy, from.y - rect.y],
		[dy, rect.y + rect.height - from.y]
	];
	for (const [direction, distance] of edges) {
		if (direction === 0) {
			if (distance < 0) return false;
			continue;
		}
		const at = distance / direction;
		if (direction < 0) enter = Math.max(enter, at);
		else leave = Math.min(leave, at);
		if (enter > leave) return false;
	}
	return true;
}

export function distance(a: Point, b: Point): number {
	return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The point nearest to `at` within `reach` pixels, or null. */
export function nearest<T extends Point>(points: readonly T[], at: Point, reach: number): T | null {
	let best: T | null = null;
	let bestDistance = reach;
	for (const point of points) {
		const away = distance(point, at);
		if (away <= bestDistance) {
			best = point;
			bestDistance = away;
		}
	}
	return best;
}

/**
 * Where a floating card goes: right, left, below or above its anchor, the first place that lies
 * within `bounds` and hides none of `keepVisible`. When nothing fits, below all of them.
 */
export function placeCard({
	anchor,
	card,
	bounds,
	keepVisible,
	gap
}: {
	readonly anchor: Point;
	readonly card: { readonly width: number; readonly height: number };
	readonly bounds: Rect;
	readonly keepVisible: readonly Point[];
	readonly gap: number;
}): Point {
	const clampX = (x: number) => clamp(x, bounds.x, bounds.x + bounds.width - card.width);
	const clampY = (y: number) => clamp(y, bounds.y, bounds.y + bounds.height - card.height);
	const middleX = clampX(anchor.x - card.width / 2);
	const middleY = clampY(anchor.y - card.height / 2);
	const candidates: readonly Point[] = [
		{ x: anchor.x + gap, y: middleY },
		{ x: anchor.x - gap - card.width, y: middleY },
		{ x: middleX, y: anchor.y + gap },
		{ x: middleX, y: anchor.y - gap - card.height }
	];
	const free = candidates.find((at) => {
		const box = { ...at, ...card };
		return contains(bounds, box) && !keepVisible.some((point) => holds(inflate(box, 4), point));
	});
	const lowest = Math.max(anchor.y, ...keepVisible.map(({ y }) => y));
	return free ?? { x: middleX, y: lowest + gap };
}

function clamp(value: number, low: number, high: number): number {
	return Math.max(low, Math.min(value, high));
}
