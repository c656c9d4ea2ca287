import { extent, scaleLinear } from 'd3';
import { formatNumber } from '../ui/format';
import type { PlacedLabel } from './labels';
import { isFar, labelMarks, layoutLane, type PanelMark } from './panel-parts';
import { joinSteps, type PathPiece } from './roadmap-path';
import type { PlotPoint, Rect, Truth } from './types';

export interface Tick {
	readonly at: number;
	readonly text: string;
}

export interface PanelLayout {
	readonly truth: Truth;
	readonly width: number;
	readonly height: number;
	/** Where accuracies are drawn; without height when no design has one. */
	readonly plot: Rect;
	/** The "not reported" lane, its title in the first line; null when all have a figure. */
	readonly lane: Rect | null;
	readonly xTicks: readonly Tick[];
	readonly yTicks: readonly Tick[];
	readonly marks: readonly PanelMark[];
	readonly path: readonly PathPiece[];
	readonly labels: readonly PlacedLabel[];
	/** Steps are named by their number: names would not fit. */
	readonly numbersOnly: boolean;
}

export interface PanelInput {
	readonly points: readonly PlotPoint[];
	readonly truth: Truth;
	readonly width: number;
	/** Of the part with accuracies, axis and title included; the lane comes on top of it. */
	readonly height: number;
	/** Top-1 in per cent, shared by panels that stand side by side; null when none is reported. */
	readonly accuracyDomain: readonly [number, number] | null;
	readonly regimes: readonly string[];
	/** Step numbers instead of names; also taken where names would have to stand too far away. */
	readonly numbersOnly: boolean;
	readonly fontSizePx?: number;
}

/** The tick numbers and the title of an axis. */
const AXIS_HEIGHT = 42;
const MARGIN = { top: 28, right: 14, left: 40 } as const;

/** The latency that a panel's clock gives for a design, with its interval if there is one. */
export function latencyOf(
	point: PlotPoint,
	truth: Truth
): { readonly value: number; readonly low: number | null; readonly high: number | null } | null {
	if (truth === 'measured') return point.measured?.medianMs ?? null;
	const value = point.reported?.latencyMs ?? null;
	return value === null ? null : { value, low: null, high: null };
}

/** The training regimes among the reported accuracies, in order of appearance. */
export function regimesOf(points: readonly PlotPoint[]): string[] {
	const regimes = points.flatMap(({ reported }) =>
		reported && reported.top1 !== null ? [reported.regime] : []
	);
	return [...new Set(regimes)];
}

/** A domain in per cent that holds every reported accuracy with some air; null when there is none. */
export function accuracyDomain(points: readonly PlotPoint[]): [number, number] | null {
	const [low, high] = extent(points, ({ reported }) => reported?.top1 ?? undefined);
	if (low === undefined || high === undefined) return null;
	const air = Math.max(0.5, (high - low) * 0.1);
	return [low - air, Math.min(100, high + air)];
}

/** Everything that one panel of the latency-accuracy plot draws, in pixels. Pure. */
export function layoutPanel(input: PanelInput): PanelLayout {
	const { points, truth, width, accuracyDomain: domain, regimes } = input;
	const fontSizePx = input.fontSizePx ?? 13;
	const shown = points.filter((point) => latencyOf(point, truth) !== null);
	const plot: Rect = {
		x: MARGIN.left,
		y: MARGIN.top,
		width: Math.max(1, width - MARGIN.left - MARGIN.right),
		height: domain ? Math.max(1, input.height - MARGIN.top - AXIS_HEIGHT) : 0
	};
	const floor = plot.y + plot.height;
	const x = scaleLinear(latencyDomain(shown, truth), [plot.x, plot.x + plot.width]);
	const y = scaleLinear(domain ?? [0, 100], [floor, plot.y]);

	const placed = shown.map((point): PanelMark => {
		const { value, low, high } = latencyOf(point, truth)!;
		const top1 = point.reported?.top1 ?? null;
		return {
			id: point.id,
			x: x(value),
			y: top1 === null ? floor : y(top1),
			whisker: low === null || high === null ? null : { low: x(low), high: x(high) },
			regime: top1 === null ? 0 : Math.max(0, regimes.indexOf(point.reported?.regime ?? '')),
			inLane: top1 === null
		};
	});

	const stepOf = new Map(shown.map(({ id, step }) => [id, step]));
	const inPlot = placed.filter(({ inLane }) => !inLane);
	const path = joinSteps(inPlot.map((mark) => ({ mark, step: stepOf.get(mark.id) ?? null })));
	const write = (numbersOnly: boolean) => {
		const texts = new Map(shown.map((point) => [point.id, labelText(point, numbersOnly)]));
		return { numbersOnly, texts, labels: labelMarks(inPlot, texts, path, plot, fontSizePx) };
	};
	const names = write(input.numbersOnly);
	const hasSteps = shown.some(({ step }) => step !== null);
	const crowded = hasSteps && (names.labels.length < inPlot.length || names.labels.some(isFar));
	const { numbersOnly, texts, labels } = crowded ? write(true) : names;
	const lane = layoutLane(placed, texts, plot, fontSizePx);
	const marks = placed.map((mark) => lane.marks.get(mark.id) ?? mark);
	return {
		truth,
		width,
		height: floor + (lane.rect?.height ?? 0) + AXIS_HEIGHT,
		plot,
		lane: lane.rect,
		xTicks: ticks(x, Math.max(2, Math.floor(plot.width / 80))),
		yTicks: domain ? ticks(y, Math.max(4, Math.floor(plot.height / 50))) : [],
		marks,
		path,
		labels: [...labels, ...lane.labels],
		numbersOnly: numbersOnly && hasSteps
	};
}

function labelText({ step, shortLabel }: PlotPoint, numbersOnly: boolean): string {
	return numbersOnly && step !== null ? String(step) : shortLabel;
}

function latencyDomain(points: readonly PlotPoint[], truth: Truth): [number, number] {
	const values = points.flatMap((point) => {
		const { value, low, high } = latencyOf(point, truth)!;
		return [low ?? value, high ?? value];
	});
	const [low, high] = extent(values);
	if (low === undefined || high === undefined) return [0, 1];
	const air = high > low ? (high - low) * 0.1 : high * 0.1 || 1;
	return [Math.max(0, low - air), high + air];
}

function ticks(scale: ReturnType<typeof scaleLinear<number, number>>, count: number): Tick[] {
	const values = scale.ticks(count);
	const step = (values[1] ?? 1) - (values[0] ?? 0);
	const decimals = Math.max(0, -Math.floor(Math.log10(Math.abs(step) || 1) + 1e-9));
	return values.map((value) => ({ at: scale(value), text: formatNumber(value, decimals) }));
}
