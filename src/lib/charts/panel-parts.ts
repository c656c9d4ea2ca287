import { distance, inflate } from './geometry';
import { placeLabels, type PlacedLabel } from './labels';
import { laneLabel, placeInLane, rowCount } from './lane';
import type { Point, Rect, Segment } from './types';

export interface PanelMark extends Point {
	readonly id: string;
	/** Ends of the latency's interval in pixels; null where the source gives none. */
	readonly whisker: { readonly low: number; readonly high: number } | null;
	/** Index of the training regime: each has its own mark. */
	readonly regime: number;
	/** Below the axis, for want of a reported accuracy. */
	readonly inLane: boolean;
}

export const MARK_RADIUS = 5;
/** Height of the lane's own title, which nothing may cover. */
export const LANE_TITLE_HEIGHT = 24;
const LANE_ROW_HEIGHT = 22;
/** Pixels; beyond it the panel falls back to step numbers. */
const LONGEST_LEADER = 22;

/** A name at the end of a long leader is harder to find than a number at the mark. */
export function isFar({ leader }: PlacedLabel): boolean {
	return leader !== null && distance(leader.from, leader.to) > LONGEST_LEADER;
}

/** Names beside the marks of the part with accuracies. */
export function labelMarks(
	marks: readonly PanelMark[],
	texts: ReadonlyMap<string, string>,
	lines: readonly Segment[],
	bounds: Rect,
	fontSizePx: number
): PlacedLabel[] {
	return placeLabels({
		marks: marks.map(({ id, x, y, whisker }) => ({
			id,
			x,
			y,
			radius: MARK_RADIUS,
			reachX: Math.max(MARK_RADIUS, whisker ? Math.max(x - whisker.low, whisker.high - x) : 0),
			text: texts.get(id) ?? ''
		})),
		obstacles: marks.flatMap(whiskerBox),
		lines,
		bounds,
		fontSizePx
	});
}

function whiskerBox({ whisker, y }: PanelMark): Rect[] {
	if (!whisker) return [];
	return [inflate({ x: whisker.low, y: y - 4, width: whisker.high - whisker.low, height: 8 }, 2)];
}

/** The lane below the axis: rows in which no mark or name touches another. */
export function layoutLane(
	marks: readonly PanelMark[],
	texts: ReadonlyMap<string, string>,
	plot: Rect,
	fontSizePx: number
): {
	readonly rect: Rect | null;
	readonly marks: ReadonlyMap<string, PanelMark>;
	readonly labels: readonly PlacedLabel[];
} {
	const items = marks
		.filter(({ inLane }) => inLane)
		.map(({ id, x, whisker }) => ({
			id,
			x,
			left: Math.min(x - MARK_RADIUS, whisker?.low ?? x),
			right: Math.max(x + MARK_RADIUS, whisker?.high ?? x),
			text: texts.get(id) ?? ''
		}));
	if (items.length === 0) return { rect: null, marks: new Map(), labels: [] };
	const bounds = { left: plot.x, right: plot.x + plot.width };
	const placements = placeInLane(items, bounds, fontSizePx);
	const top = plot.y + plot.height;
	const rowY = (row: number) => top + LANE_TITLE_HEIGHT + (row + 0.5) * LANE_ROW_HEIGHT;
	const rowOf = new Map(placements.map(({ id, row }) => [id, row]));
	return {
		rect: {
			...plot,
			y: top,
			height: LANE_TITLE_HEIGHT + rowCount(placements) * LANE_ROW_HEIGHT + 6
		},
		marks: new Map(
			marks
				.filter(({ inLane }) => inLane)
				.map((mark) => [mark.id, { ...mark, y: rowY(rowOf.get(mark.id) ?? 0) }])
		),
		labels: placements.map((placement, index) => {
			const mark = { x: items[index]!.x, y: rowY(placement.row), radius: MARK_RADIUS };
			return laneLabel(placement, texts.get(placement.id) ?? '', mark, fontSizePx);
		})
	};
}
