import { scaleLinear } from 'd3';
import { formatNumber } from '../ui/format';
import { textWidthPx } from './labels';
import type { Tick } from './latency-accuracy';
import type { Point, Rect } from './types';

/** What a part brings to one network: the difference of two accuracies, in points. */
export interface Gain {
	readonly id: string;
	readonly label: string;
	readonly points: number;
}

export interface GainRow extends Point {
	readonly id: string;
	readonly label: string;
	/** The figure beside the mark; it starts at `valueX`. */
	readonly value: string;
	readonly valueX: number;
}

export interface GainLayout {
	readonly width: number;
	readonly height: number;
	readonly plot: Rect;
	/** Where no gain is. */
	readonly zero: number;
	readonly ticks: readonly Tick[];
	readonly rows: readonly GainRow[];
}

const FONT_SIZE = 14;
const ROW_HEIGHT = 34;
const TOP = 6;
const BOTTOM = 26;
const LABEL_GAP = 16;
const VALUE_GAP = 10;
/** Half a tick's number. */
const TICK_ROOM = 14;

/** Gains from a common zero, largest scale that leaves room for the figures. Pure. */
export function layoutGains(gains: readonly Gain[], width: number): GainLayout {
	const values = gains.map(({ points }) => formatNumber(points, 2, true));
	const left = widest(gains.map(({ label }) => label)) + LABEL_GAP;
	const plot: Rect = {
		x: left,
		y: TOP,
		width: Math.max(1, width - left),
		height: gains.length * ROW_HEIGHT
	};
	const right = plot.x + plot.width - Math.max(TICK_ROOM, widest(values) + VALUE_GAP + 4);
	const points = gains.map((gain) => gain.points);
	const x = scaleLinear(
		[Math.min(0, ...points), Math.max(0, ...points)],
		[plot.x + TICK_ROOM, Math.max(plot.x + TICK_ROOM + 1, right)]
	);
	const count = Math.max(2, Math.floor((right - plot.x) / 64));
	return {
		width,
		height: TOP + plot.height + BOTTOM,
		plot,
		zero: x(0),
		ticks: x.ticks(count).map((value) => ({ at: x(value), text: formatNumber(value, 2) })),
		rows: gains.map(({ id, label, points: gained }, index) => ({
			id,
			label,
			x: x(gained),
			y: plot.y + (index + 0.5) * ROW_HEIGHT,
			value: values[index]!,
			valueX: Math.max(x(gained), x(0)) + VALUE_GAP
		}))
	};
}

function widest(texts: readonly string[]): number {
	return Math.max(0, ...texts.map((text) => textWidthPx(text, FONT_SIZE)));
}
