import { LEADER_FROM, textWidthPx, type PlacedLabel } from './labels';
import type { Point } from './types';

/** A mark without a reported accuracy: only its latency has a place. */
export interface LaneItem {
	readonly id: string;
	readonly x: number;
	/** Left and right end of mark and whisker. */
	readonly left: number;
	readonly right: number;
	readonly text: string;
}

export interface LanePlacement {
	readonly id: string;
	/** Counts from 0, downwards. */
	readonly row: number;
	/** Where the text starts or ends. */
	readonly textX: number;
	readonly anchor: 'start' | 'end';
	readonly left: number;
	readonly right: number;
}

const GAP = 5;

/**
 * Gives each design in the lane a row in which neither its mark nor its label touches another:
 * the first row with room, from left to right. The label stands right of the mark, or left of it
 * where the lane ends.
 */
export function placeInLane(
	items: readonly LaneItem[],
	bounds: { readonly left: number; readonly right: number },
	fontSizePx: number
): LanePlacement[] {
	const rowEnds: number[] = [];
	const placed = new Map<string, LanePlacement>();
	for (const item of items.map((entry) => extent(entry, bounds, fontSizePx)).sort(byLeft)) {
		const free = rowEnds.findIndex((end) => end + GAP <= item.left);
		const row = free === -1 ? rowEnds.length : free;
		rowEnds[row] = item.right;
		placed.set(item.id, { ...item, row });
	}
	return items.map(({ id }) => placed.get(id)!);
}

export function rowCount(placements: readonly LanePlacement[]): number {
	return placements.reduce((rows, { row }) => Math.max(rows, row + 1), 0);
}

function byLeft(a: Omit<LanePlacement, 'row'>, b: Omit<LanePlacement, 'row'>): number {
	return a.left - b.left || a.right - b.right || (a.id < b.id ? -1 : 1);
}

function extent(
	{ id, left, right, text }: LaneItem,
	bounds: { readonly left: number; readonly right: number },
	fontSizePx: number
): Omit<LanePlacement, 'row'> {
	const width = textWidthPx(text, fontSizePx);
	const fitsRight = right + GAP + width <= bounds.right;
	return fitsRight
		? { id, textX: right + GAP, anchor: 'start', left, right: right + GAP + width }
		: { id, textX: left - GAP, anchor: 'end', left: left - GAP - width, right };
}

/** The lane's labels in the shape of the plot's others. */
export function laneLabel(
	{ id, textX, anchor, left, right }: LanePlacement,
	text: string,
	mark: Point & { readonly radius: number },
	fontSizePx: number
): PlacedLabel {
	const side = anchor === 'start' ? 1 : -1;
	const from = { x: mark.x + side * (mark.radius + 1), y: mark.y };
	const to = { x: textX - side * 2, y: mark.y };
	const height = fontSizePx * 1.2;
	const width = anchor === 'start' ? right - textX : textX - left;
	return {
		id,
		text,
		x: textX,
		baseline: mark.y - height / 2 + height * 0.78,
		anchor,
		box: { x: anchor === 'start' ? textX : left, y: mark.y - height / 2, width, height },
		leader: Math.abs(textX - from.x) > LEADER_FROM ? { from, to } : null
	};
}
