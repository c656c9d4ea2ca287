import { extent, scaleLinear } from 'd3';
import type { ModelErrors } from '../../measure/sweep/latency-model';
import { formatNumber } from '../../ui/format';
import type { Tick } from '../latency-accuracy';
import { tickDecimals } from '../tick-decimals';
import type { Point, Rect, Segment } from '../types';

export interface ErrorPlotLayout {
	readonly width: number;
	readonly height: number;
	readonly plot: Rect;
	readonly xTicks: readonly Tick[];
	readonly yTicks: readonly Tick[];
	/** Where predicted equals measured. */
	readonly equal: Segment;
	readonly marks: readonly (Point & { readonly id: string })[];
}

const MARGIN = { top: 12, right: 16, bottom: 44, left: 48 } as const;
const MAX_SIDE = 420;

/** A square with the same scale on both sides, so that distance from the diagonal is error. Pure. */
export function layoutErrorPlot(leftOut: ModelErrors['leftOut'], width: number): ErrorPlotLayout {
	const side = Math.max(80, Math.min(width - MARGIN.left - MARGIN.right, MAX_SIDE));
	const plot: Rect = { x: MARGIN.left, y: MARGIN.top, width: side, height: side };
	const [low = 0, high = 1] = extent(
		leftOut.flatMap(({ measuredMs, predictedMs }) => [measuredMs, predictedMs])
	);
	const air = (high - low) * 0.06 || high * 0.06;
	const domain = [Math.max(0, low - air), high + air];
	const x = scaleLinear(domain, [plot.x, plot.x + side]);
	const y = scaleLinear(domain, [plot.y + side, plot.y]);
	const ticks = (scale: typeof x): Tick[] => {
		const values = scale.ticks(5);
		const decimals = tickDecimals(values);
		return values.map((value) => ({ at: scale(value), text: formatNumber(value, decimals) }));
	};
	return {
		width: MARGIN.left + side + MARGIN.right,
		height: MARGIN.top + side + MARGIN.bottom,
		plot,
		xTicks: ticks(x),
		yTicks: ticks(y),
		equal: {
			from: { x: plot.x, y: plot.y + side },
			to: { x: plot.x + side, y: plot.y }
		},
		marks: leftOut.map(({ id, measuredMs, predictedMs }) => ({
			id,
			x: x(measuredMs),
			y: y(predictedMs)
		}))
	};
}
