import { extent, line, scaleLinear } from 'd3';
import { formatNumber } from '../ui/format';
import { placeLabels, type PlacedLabel } from './labels';
import type { Tick } from './latency-accuracy';
import type { Point, Rect, Segment } from './types';

/** One variant of a network: what it takes and what it reaches. */
export interface Variant {
	readonly id: string;
	readonly label: string;
	/** Milliseconds. */
	readonly ms: number;
	/** Top-1 in percent. */
	readonly percent: number;
	/** The one that the network was built with. */
	readonly isChosen: boolean;
}

/** The variants of one network, in an order that a line may follow. */
export interface VariantGroup {
	readonly id: string;
	readonly title: string;
	readonly variants: readonly Variant[];
}

export interface TradeoffMark extends Point {
	readonly id: string;
	readonly isChosen: boolean;
}

export interface TradeoffPanel {
	readonly id: string;
	readonly title: string;
	/** Baseline and left end of the title. */
	readonly titleAt: Point;
	readonly plot: Rect;
	readonly xTicks: readonly Tick[];
	readonly yTicks: readonly Tick[];
	readonly marks: readonly TradeoffMark[];
	/** SVG path through the marks. */
	readonly path: string;
	readonly labels: readonly PlacedLabel[];
}

export interface TradeoffLayout {
	readonly width: number;
	readonly height: number;
	readonly panels: readonly TradeoffPanel[];
}

export const TRADEOFF_MARK_RADIUS = 5;
export const TRADEOFF_FONT_SIZE = 13;
const STACK_UNDER = 560;
const PANEL_GAP = 32;
const PLOT_HEIGHT = 190;
const TITLE_ROOM = 30;
const LEFT = 44;
const FOOT = 28;
/** Share of the data's span that is left free around it, for the labels. */
const AIR = 0.35;

/**
 * Accuracy over latency for the variants of each network, in panels whose scales have the same span:
 * a slope in one is the same trade as in the next. Side by side, or stacked in a narrow page. Pure.
 */
export function layoutTradeoff(groups: readonly VariantGroup[], width: number): TradeoffLayout {
	const isStacked = width < STACK_UNDER;
	const columns = isStacked ? 1 : Math.max(1, groups.length);
	const panelWidth = Math.max(1, (width - PANEL_GAP * (columns - 1)) / columns);
	const panelHeight = TITLE_ROOM + PLOT_HEIGHT + FOOT;
	const spans = { ms: commonSpan(groups, 'ms'), percent: commonSpan(groups, 'percent') };
	return {
		width,
		height: Math.ceil(groups.length / columns) * panelHeight,
		panels: groups.map((group, index) => {
			const left = (index % columns) * (panelWidth + PANEL_GAP);
			const top = Math.floor(index / columns) * panelHeight;
			const plot: Rect = {
				x: left + LEFT,
				y: top + TITLE_ROOM,
				width: Math.max(1, panelWidth - LEFT),
				height: PLOT_HEIGHT
			};
			return { ...layoutPanel(group, plot, spans), titleAt: { x: left, y: top + 18 } };
		})
	};
}

function layoutPanel(
	{ id, title, variants }: VariantGroup,
	plot: Rect,
	spans: { readonly ms: number; readonly percent: number }
): Omit<TradeoffPanel, 'titleAt'> {
	const right = plot.x + plot.width;
	const floor = plot.y + plot.height;
	const x = scaleLinear(around(variants, 'ms', spans.ms), [plot.x, right]);
	const y = scaleLinear(around(variants, 'percent', spans.percent), [floor, plot.y]);
	const marks = variants.map((variant) => ({
		id: variant.id,
		isChosen: variant.isChosen,
		x: x(variant.ms),
		y: y(variant.percent)
	}));
	const lines: Segment[] = marks.slice(1).map((mark, index) => ({ from: marks[index]!, to: mark }));
	return {
		id,
		title,
		plot,
		xTicks: x
			.ticks(Math.max(2, Math.floor(plot.width / 90)))
			.map((value) => ({ at: x(value), text: formatNumber(value, 2) })),
		yTicks: y.ticks(4).map((value) => ({ at: y(value), text: formatNumber(value, 1) })),
		marks,
		path:
			line<Point>(
				(point) => point.x,
				(point) => point.y
			)(marks) ?? '',
		labels: placeLabels({
			marks: marks.map((mark, index) => ({
				...mark,
				radius: TRADEOFF_MARK_RADIUS,
				text: variants[index]!.label
			})),
			lines,
			bounds: plot,
			fontSizePx: TRADEOFF_FONT_SIZE
		})
	};
}

/** The largest span of any group, with air. */
function commonSpan(groups: readonly VariantGroup[], key: 'ms' | 'percent'): number {
	const spans = groups.map(({ variants }) => {
		const [low = 0, high = 0] = extent(variants, (variant) => variant[key]);
		return high - low;
	});
	return Math.max(...spans, Number.EPSILON) * (1 + 2 * AIR);
}

/** A domain of the given span with a group's values in its middle. */
function around(
	variants: readonly Variant[],
	key: 'ms' | 'percent',
	span: number
): [number, number] {
	const [low = 0, high = 0] = extent(variants, (variant) => variant[key]);
	const middle = (low + high) / 2;
	return [middle - span / 2, middle + span / 2];
}
