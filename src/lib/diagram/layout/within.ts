import type { Box, Frame, Layout, Part, Place, Rect } from './types';

/** The rectangle that a part covers; its badge, skip handle or stacked edge may reach out a little. */
export function rectOf({ x, y, left, right, height }: Place): Rect {
	return { left: x - left, top: y, right: x + right, bottom: y + height };
}

/** What of a layout can be seen in a rectangle: everything that meets it, in the same order. */
export function partsWithin(layout: Layout, rect: Rect): Layout {
	const parts: Part[] = [];
	const boxes: Box[] = [];
	const frames: Frame[] = [];
	for (const part of layout.parts) {
		if (!meets(rectOf(part), rect)) continue;
		parts.push(part);
		if (part.kind === 'box') boxes.push(part);
		else frames.push(part);
	}
	const isSeen = (x: number, y: number, reach: number) =>
		meets({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }, rect);
	return {
		...layout,
		parts,
		boxes,
		frames,
		joins: layout.joins.filter(({ x, y, radius }) => isSeen(x, y, radius)),
		splits: layout.splits.filter(({ x, y }) => isSeen(x, y, 0)),
		edges: layout.edges.filter(({ bounds }) => meets(bounds, rect)),
		arcs: layout.arcs.filter(({ bounds }) => meets(bounds, rect))
	};
}

/** Touching edges count, so that a line without width is found. */
function meets(a: Rect, b: Rect): boolean {
	return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}
