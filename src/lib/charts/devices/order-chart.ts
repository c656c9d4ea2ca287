import { line, curveBumpX } from 'd3';
import { textWidthPx } from '../labels';
import type { DeviceRow } from './types';

/** The places of one network on all devices. */
export interface OrderLine {
	readonly design: string;
	readonly label: string;
	/** From the first device to the last. */
	readonly path: string;
	readonly marks: readonly { readonly x: number; readonly y: number; readonly isOpen: boolean }[];
	/** Whether it changes places anywhere. */
	readonly moves: boolean;
}

export interface OrderChartLayout {
	readonly width: number;
	readonly height: number;
	readonly columns: readonly { readonly x: number }[];
	readonly lines: readonly OrderLine[];
	readonly labelX: { readonly left: number; readonly right: number };
}

const ROW_HEIGHT = 30;
const TOP = 12;
const LABEL_GAP = 12;
const FONT_SIZE = 13;
/** Lines need this much to be followed from one device to the next. */
const MIN_COLUMN_WIDTH = 140;

/**
 * The order of the networks on each device, as lines from place to place. Only networks with a place
 * on every device have one.
 *
 * @param width what there is; the drawing is wider where the devices need it
 */
export function layoutOrder(
	rows: readonly DeviceRow[],
	{ devices, width }: { readonly devices: number; readonly width: number }
): OrderChartLayout {
	const placed = rows.flatMap(({ design, label, cells }) => {
		const places = cells.flatMap((cell) => cell?.place ?? []);
		return places.length === devices ? [{ design, label, places }] : [];
	});
	const labelWidth =
		LABEL_GAP + Math.max(0, ...placed.map(({ label }) => textWidthPx(label, FONT_SIZE)));
	const needed = 2 * labelWidth + MIN_COLUMN_WIDTH * Math.max(1, devices - 1);
	const total = Math.max(width, needed);
	const left = labelWidth;
	const right = total - labelWidth;
	const columns = Array.from({ length: devices }, (_, index) => ({
		x: devices === 1 ? left : left + ((right - left) * index) / (devices - 1)
	}));
	const curve = line<{ x: number; y: number }>(
		({ x }) => x,
		({ y }) => y
	).curve(curveBumpX);
	// Equal ones share a place in words; drawn they stand below each other, in the paper's order.
	const rowsOf = columns.map((_, index) => {
		const order = placed.map((_each, i) => i);
		order.sort((a, b) => placed[a]!.places[index]!.rank - placed[b]!.places[index]!.rank || a - b);
		return placed.map((_each, i) => order.indexOf(i));
	});
	const lines = placed.map(({ design, label, places }, i) => {
		const marks = places.map(({ isOpen }, index) => ({
			x: columns[index]!.x,
			y: TOP + (rowsOf[index]![i]! + 0.5) * ROW_HEIGHT,
			isOpen
		}));
		const moves = marks.some(({ y }) => y !== marks[0]!.y);
		return { design, label, marks, moves, path: curve(marks) ?? '' };
	});
	return {
		width: total,
		height: TOP * 2 + placed.length * ROW_HEIGHT,
		columns,
		lines,
		labelX: { left: left - LABEL_GAP, right: right + LABEL_GAP }
	};
}
