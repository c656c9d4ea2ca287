import { extent, scaleLinear } from 'd3';
import { formatChange, formatChangeInterval } from '../ui/format';
import type { Tick } from './latency-accuracy';
import { textWidthPx } from './labels';
import type { Point, Rect, StepChange } from './types';

/** The figure beside a mark, on the side that looks away from zero. */
export interface ValueLabel extends Point {
	readonly text: string;
	readonly anchor: 'start' | 'end';
}

export interface StepRow {
	readonly id: string;
	readonly top: number;
	/** Baseline of the step's name. */
	readonly labelY: number;
	readonly reported: (Point & { readonly value: ValueLabel }) | null;
	readonly measured:
		| (Point & {
				readonly low: number;
				readonly high: number;
				readonly canTell: boolean;
				readonly value: ValueLabel;
		  })
		| null;
}

export interface StepChartLayout {
	readonly width: number;
	readonly height: number;
	readonly plot: Rect;
	/** Where no change is. */
	readonly zero: number;
	/** Where a change is too small for a verdict. */
	readonly horizon: { readonly low: number; readonly high: number };
	readonly ticks: readonly Tick[];
	readonly rows: readonly StepRow[];
	readonly rowHeight: number;
	/** Names above their row instead of beside it. */
	readonly stacked: boolean;
}

/** Under +-1 % nobody may claim a difference: two sessions of the same bytes can differ by that. */
export const HORIZON = 0.01;
const LABEL_WIDTH = 210;
const STACK_UNDER = 560;
const TOP = 30;
const BOTTOM = 26;
const FONT_SIZE = 12;
const VALUE_GAP = 9;
/** Half a tick's number, which is centred on an end of the axis at worst. */
const TICK_ROOM = 18;
/** "faster" and "slower" stand on either side of zero, whatever the changes. */
const HEAD_ROOM = 66;

/** Positions of every mark and figure, in pixels. Pure. */
export function layoutStepChart(changes: readonly StepChange[], width: number): StepChartLayout {
	const stacked = width < STACK_UNDER;
	const rowHeight = stacked ? 62 : 44;
	const left = stacked ? 0 : LABEL_WIDTH;
	const plot: Rect = {
		x: left,
		y: TOP,
		width: Math.max(1, width - left),
		height: changes.length * rowHeight
	};
	const domain = changeDomain(changes);
	const room = valueRoom(changes);
	const right = plot.x + plot.width;
	const x = scaleLinear(domain, [plot.x + room.left, right - room.right]);
	room.left += Math.max(0, HEAD_ROOM - (x(0) - plot.x));
	room.right += Math.max(0, HEAD_ROOM - (right - x(0)));
	x.range([plot.x + room.left, right - room.right]);
	const values = x.ticks(Math.max(2, Math.floor((plot.width - room.left - room.right) / 72)));
	const fine = Math.abs((values[1] ?? 1) - (values[0] ?? 0)) < HORIZON - 1e-12;
	return {
		width,
		height: TOP + plot.height + BOTTOM,
		plot,
		zero: x(0),
		horizon: { low: x(-HORIZON), high: x(HORIZON) },
		ticks: values.map((value) => ({ at: x(value), text: formatChange(value, fine ? 1 : 0) })),
		rows: changes.map((change, index) => layoutRow(change, plot.y + index * rowHeight)),
		rowHeight,
		stacked
	};

	function layoutRow(change: StepChange, top: number): StepRow {
		const head = stacked ? 22 : 0;
		const band = rowHeight - head;
		const reportedY = top + head + band * 0.3;
		const measuredY = top + head + band * 0.7;
		const { id, reported, measured, verdict } = change;
		return {
			id,
			top,
			labelY: stacked ? top + 16 : top + rowHeight / 2 - 2,
			reported:
				reported === null
					? null
					: {
							x: x(reported),
							y: reportedY,
							value: label(formatChange(reported), reported, [x(reported), x(reported)], reportedY)
						},
			measured: measured && {
				x: x(measured.value),
				y: measuredY,
				low: x(measured.low),
				high: x(measured.high),
				canTell: verdict !== null && verdict !== 'cannot-tell',
				value: label(
					formatChangeInterval(measured),
					measured.value,
					[x(measured.low), x(measured.high)],
					measuredY
				)
			}
		};
	}

	/** Beyond the interval and never over the zero line. */
	function label(
		text: string,
		value: number,
		[low, high]: readonly [number, number],
		y: number
	): ValueLabel {
		return value < 0
			? { text, anchor: 'end', x: Math.min(low, x(0)) - VALUE_GAP, y }
			: { text, anchor: 'start', x: Math.max(high, x(0)) + VALUE_GAP, y };
	}
}

/** Pixels that the figures need left and right of the outermost marks. */
function valueRoom(changes: readonly StepChange[]): { left: number; right: number } {
	const room = { left: TICK_ROOM, right: TICK_ROOM };
	const claim = (value: number, text: string) => {
		const side = value < 0 ? 'left' : 'right';
		room[side] = Math.max(room[side], textWidthPx(text, FONT_SIZE) + VALUE_GAP + 4);
	};
	for (const { reported, measured } of changes) {
		if (reported !== null) claim(reported, formatChange(reported));
		if (measured) claim(measured.value, formatChangeInterval(measured));
	}
	return room;
}

function changeDomain(changes: readonly StepChange[]): [number, number] {
	const values = changes.flatMap(({ reported, measured }) => [
		...(reported === null ? [] : [reported]),
		...(measured ? [measured.low, measured.high] : [])
	]);
	const [low = 0, high = 0] = extent([0, ...values]);
	const air = 2 * HORIZON;
	return [low - air, high + air];
}
