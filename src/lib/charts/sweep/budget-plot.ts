import { extent, line, curveStepAfter, scaleLinear, scaleLog } from 'd3';
import { formatNumber, formatSignificant } from '../../ui/format';
import type { Tick } from '../latency-accuracy';
import { tickDecimals } from '../tick-decimals';
import type { Point, Rect } from '../types';
import { fits } from '../../measure/sweep/budget';
import type { DesignOffer } from './offers';

export interface BudgetMark extends Point {
	readonly id: string;
	readonly low: number;
	readonly high: number;
	readonly predicted: boolean;
	readonly fits: boolean;
	readonly inLane: boolean;
}

export interface BudgetPlotLayout {
	readonly width: number;
	readonly height: number;
	readonly plot: Rect;
	/** Where designs without a reported accuracy are. */
	readonly lane: Rect;
	readonly xTicks: readonly Tick[];
	readonly yTicks: readonly Tick[];
	readonly budget: number;
	readonly marks: readonly BudgetMark[];
	/** The Pareto set's staircase. */
	readonly front: string;
}

const MARGIN = { top: 28, right: 16, bottom: 42, left: 44 } as const;
const HEIGHT = 240;
const LANE = 56;
/** The lane's name is above what is in it. */
const LANE_TITLE = 18;
const GAP = 10;

/** Time against accuracy with a lane for designs without one. Pure. */
export function layoutBudgetPlot({
	offers,
	pareto,
	budgetMs,
	width
}: {
	readonly offers: readonly DesignOffer[];
	readonly pareto: ReadonlySet<string>;
	readonly budgetMs: number;
	readonly width: number;
}): BudgetPlotLayout {
	const plot: Rect = {
		x: MARGIN.left,
		y: MARGIN.top,
		width: Math.max(1, width - MARGIN.left - MARGIN.right),
		height: HEIGHT
	};
	const lane: Rect = { ...plot, y: plot.y + plot.height + GAP, height: LANE };
	const ends = offers.flatMap(intervalOf);
	const [low = 0, high = 1] = extent([...ends, budgetMs]);
	// Logarithmic, as the slider is: from the smallest to the largest network it is a factor of ten.
	const x = scaleLog([Math.max(low, 1e-3) / 1.05, high * 1.05], [plot.x, plot.x + plot.width]);
	const accuracies = offers.flatMap(({ top1 }) => (top1 === null ? [] : [top1]));
	const [least = 70, most = 80] = extent(accuracies);
	const y = scaleLinear([least - 0.8, most + 0.8], [plot.y + plot.height, plot.y]);
	const accuracyTicks = y.ticks(5);
	const marks = offers.map((offer, index): BudgetMark => {
		const [from, to] = intervalOf(offer);
		const inLane = offer.top1 === null;
		return {
			id: offer.id,
			x: x(offer.ms),
			y: inLane ? laneY(lane, index) : y(offer.top1),
			low: x(from),
			high: x(to),
			predicted: offer.guess.truth === 'predicted',
			fits: fits(offer, budgetMs),
			inLane
		};
	});
	const corners = marks.filter(({ id }) => pareto.has(id)).sort((a, b) => a.x - b.x);
	const path = line<Point>(
		(point) => point.x,
		(point) => point.y
	).curve(curveStepAfter);
	return {
		width,
		height: lane.y + lane.height + MARGIN.bottom,
		plot,
		lane,
		xTicks: logTicks(x.domain(), plot.width > 500).map((value) => ({
			at: x(value),
			text: formatSignificant(value, 1)
		})),
		yTicks: accuracyTicks.map((value) => ({
			at: y(value),
			text: formatNumber(value, tickDecimals(accuracyTicks))
		})),
		budget: x(budgetMs),
		marks,
		front: corners.length > 1 ? (path(corners) ?? '') : ''
	};
}

/** 10, 20, 50, 100: what people expect on a logarithmic axis. */
function logTicks([low = 1, high = 10]: readonly number[], isWide: boolean): number[] {
	const ticks: number[] = [];
	for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
		for (const head of isWide && high / low < 30 ? [1, 2, 3, 5, 7] : [1, 2, 5]) {
			const value = head * 10 ** power;
			if (value >= low && value <= high) ticks.push(value);
		}
	}
	return ticks;
}

function intervalOf({ guess, ms, error }: DesignOffer): readonly [number, number] {
	return guess.truth === 'measured'
		? [Math.max(guess.known.medianMs.low, ms / 10), guess.known.medianMs.high]
		: [ms * (1 - error), ms * (1 + error)];
}

/** Many share a lane, below its name: the golden ratio spreads neighbours apart. */
function laneY(lane: Rect, index: number): number {
	return lane.y + LANE_TITLE + 4 + (lane.height - LANE_TITLE - 10) * ((index * 0.618) % 1);
}
