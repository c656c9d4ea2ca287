import { extent, scaleLog } from 'd3';
import type { Peaks } from '../../measure/profile/calibration';
import { roofAt } from '../../measure/profile/roofline';
import { formatCount, formatSignificant } from '../../ui/format';
import type { Tick } from '../latency-accuracy';
import type { Point, Rect } from '../types';
import type { ProfileRow } from './profile-rows';

export interface RooflineLayout {
	readonly width: number;
	readonly height: number;
	readonly plot: Rect;
	readonly xTicks: readonly Tick[];
	readonly yTicks: readonly Tick[];
	/** From the left along the memory roof, over the ridge, along the arithmetic roof. */
	readonly roof: readonly Point[];
	readonly marks: readonly (Point & { readonly row: ProfileRow })[];
}

const MARGIN = { top: 18, right: 16, bottom: 42, left: 56 } as const;
const HEIGHT = 300;

/** Both axes logarithmic: a roof is a straight line, and half of it is the same step everywhere. Pure. */
export function layoutRoofline(
	rows: readonly ProfileRow[],
	peaks: Peaks,
	width: number
): RooflineLayout {
	const plot: Rect = {
		x: MARGIN.left,
		y: MARGIN.top,
		width: Math.max(1, width - MARGIN.left - MARGIN.right),
		height: HEIGHT
	};
	const placed = rows.flatMap((row) => (row.place ? [{ row, place: row.place }] : []));
	const ridge = peaks.macsPerSecond / peaks.bytesPerSecond;
	const xDomain = padded([ridge, ...placed.map(({ place }) => place.intensity)]);
	const yDomain = padded([
		peaks.macsPerSecond,
		roofAt(xDomain[0], peaks),
		...placed.map(({ place }) => place.macsPerSecond)
	]);
	const x = scaleLog(xDomain, [plot.x, plot.x + plot.width]);
	const y = scaleLog(yDomain, [plot.y + plot.height, plot.y]);
	const corners = [xDomain[0], ridge, xDomain[1]];
	return {
		width,
		height: plot.y + plot.height + MARGIN.bottom,
		plot,
		xTicks: decades(xDomain).map((value) => ({ at: x(value), text: formatSignificant(value, 1) })),
		yTicks: decades(yDomain).map((value) => ({ at: y(value), text: formatCount(value) })),
		roof: corners.map((intensity) => ({ x: x(intensity), y: y(roofAt(intensity, peaks)) })),
		marks: placed.map(({ row, place }) => ({
			row,
			x: x(place.intensity),
			y: y(place.macsPerSecond)
		}))
	};
}

function padded(values: readonly number[]): [number, number] {
	const [low = 1, high = 10] = extent(values);
	return [low / 1.6, high * 1.6];
}

/** 1, 3, 10, 30, ... where one decade or two are shown, only powers of ten where there are more. */
function decades([low, high]: readonly [number, number]): number[] {
	const fine = high / low < 1000;
	const ticks: number[] = [];
	for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
		for (const head of fine ? [1, 3] : [1]) {
			const value = head * 10 ** power;
			if (value >= low && value <= high) ticks.push(value);
		}
	}
	return ticks;
}
