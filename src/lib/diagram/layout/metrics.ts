import type { Shape } from '../../arch/shapes';
import type { Direction } from './types';

/**
 * Sizes in pixels, as if data flowed down: widths are across the flow, heights along it. One set for
 * reading in each direction, one for glyphs; the geometry is the same.
 */
export interface Metrics {
	/** Width of a box over a 7x7 map, what each doubling of the side adds, and the bounds. */
	readonly widthAt7: number;
	readonly widthPerOctave: number;
	readonly minWidth: number;
	readonly maxWidth: number;
	/** Width of what is behind the pool, where there are no positions left. */
	readonly vectorWidth: number;
	/** Width of all boxes on the spine where they encode nothing. */
	readonly plainWidth: number;
	/** Width of ops and of the closed part in a side loop. */
	readonly sideWidth: number;
	readonly opHeight: number;
	readonly barHeight: number;
	readonly barWidth: number;
	/** Room that a bar's name beside it takes, for each character. */
	readonly labelPerCharacter: number;
	/** Height of that name where it stands below the bar. */
	readonly barLabelHeight: number;
	/** What a BatchNorm adds to the box of the op that it is drawn with. */
	readonly normHeight: number;
	/** Closed modules: with text alone, and for stages with a second quiet line. */
	readonly groupHeight: number;
	readonly stageHeight: number;
	/** Height that each doubling of the channels above `thinChannels` adds, and the most of it. */
	readonly thicknessPerOctave: number;
	readonly thinChannels: number;
	readonly maxThickness: number;
	/** The same for closed stages, stem and classifier, which have the room to tell it louder. */
	readonly stageThicknessPerOctave: number;
	readonly maxStageThickness: number;
	/** Height of a stage's shoulders, over which the resolution falls. */
	readonly shoulder: number;
	readonly gap: number;
	readonly barGap: number;
	readonly joinRadius: number;
	/** From the body's edge to the skip connection. */
	readonly lane: number;
	/** Vertical room for the split above branches and for the turn below them. */
	readonly lead: number;
	readonly branchGap: number;
	readonly headerHeight: number;
	readonly framePadding: number;
	readonly frameMinWidth: number;
	/** Side of a cell: fixed part, and what each pixel of its kernel adds. */
	readonly cellBase: number;
	readonly cellPerKernel: number;
	readonly cellGap: number;
	readonly cellInset: number;
	/** Room to the right of a closed block's cells. */
	readonly mixerInset: number;
	/** From a closed block's middle up to that of its cells. */
	readonly mixerRise: number;
	/** How far the skip of a closed residual bulges out. */
	readonly skipReach: number;
	/** How far the stacked edge of a folded run stands out, down and to the right. */
	readonly stackReach: number;
	readonly terminalHeight: number;
	/** From the axis down to a terminal's baseline, where it stands beside the drawing. */
	readonly terminalBaseline: number;
	readonly margin: number;
	readonly cornerRadius: number;
	/** How wide each line of text is taken to be where that is not measured. */
	readonly textRoom: number;
	/** What a box has beside its texts, from flank to edge; boxes with text grow by steps of this. */
	readonly textInset: number;
	readonly textStep: number;
}

/** For reading: every text fits at 11 px and more. */
export const TEXT_METRICS: Metrics = {
	widthAt7: 158,
	widthPerOctave: 36,
	minWidth: 158,
	maxWidth: 340,
	vectorWidth: 136,
	plainWidth: 208,
	sideWidth: 128,
	opHeight: 38,
	barHeight: 5,
	barWidth: 48,
	labelPerCharacter: 6.6,
	barLabelHeight: 17,
	normHeight: 7,
	groupHeight: 44,
	stageHeight: 62,
	thicknessPerOctave: 4,
	thinChannels: 16,
	maxThickness: 24,
	stageThicknessPerOctave: 9,
	maxStageThickness: 54,
	shoulder: 10,
	gap: 16,
	barGap: 10,
	joinRadius: 8,
	lane: 14,
	lead: 18,
	branchGap: 14,
	headerHeight: 26,
	framePadding: 10,
	frameMinWidth: 132,
	cellBase: 2,
	cellPerKernel: 2.5,
	cellGap: 2,
	cellInset: 13,
	mixerInset: 22,
	mixerRise: 7.5,
	skipReach: 9,
	stackReach: 6,
	terminalHeight: 20,
	terminalBaseline: 4,
	margin: 9,
	cornerRadius: 6,
	textRoom: 150,
	textInset: 24,
	textStep: 16
};

/** For reading from left to right: boxes are as long as their texts, and as high as the resolution. */
const TEXT_METRICS_RIGHT: Metrics = {
	...TEXT_METRICS,
	widthAt7: 74,
	widthPerOctave: 34,
	minWidth: 74,
	maxWidth: 250,
	vectorWidth: 46,
	plainWidth: 74,
	sideWidth: 42,
	stageHeight: 44,
	lane: 12,
	frameMinWidth: 0,
	terminalHeight: 122
};

/** For pictures of a thumb's size: no text, and channels told by height more loudly. */
export const GLYPH_METRICS: Metrics = {
	widthAt7: 30,
	widthPerOctave: 6,
	minWidth: 28,
	maxWidth: 60,
	vectorWidth: 20,
	plainWidth: 40,
	sideWidth: 14,
	opHeight: 4,
	barHeight: 1.5,
	barWidth: 12,
	labelPerCharacter: 0,
	barLabelHeight: 0,
	normHeight: 0,
	groupHeight: 5,
	stageHeight: 2.5,
	thicknessPerOctave: 3,
	thinChannels: 48,
	maxThickness: 11,
	stageThicknessPerOctave: 3,
	maxStageThickness: 11,
	shoulder: 2.5,
	gap: 3,
	barGap: 1.5,
	joinRadius: 2.5,
	lane: 4,
	lead: 3,
	branchGap: 4,
	headerHeight: 0,
	framePadding: 0,
	frameMinWidth: 0,
	cellBase: 0.8,
	cellPerKernel: 1.2,
	cellGap: 0.8,
	cellInset: 2,
	mixerInset: 2,
	mixerRise: 0,
	skipReach: 3,
	stackReach: 1.5,
	terminalHeight: 0,
	terminalBaseline: 0,
	margin: 1,
	cornerRadius: 1.5,
	textRoom: 0,
	textInset: 0,
	textStep: 1
};

/** The set for reading where data flows this way. */
export function textMetrics(direction: Direction): Metrics {
	return direction === 'down' ? TEXT_METRICS : TEXT_METRICS_RIGHT;
}

/** Side of the map in pixels; 1 for vectors. NCHW or (N, features). */
export function sideOf(shape: Shape): number {
	return Math.max(shape[2] ?? 1, shape[3] ?? 1);
}

/** Channels or features. */
export function channelsOf(shape: Shape): number {
	return shape[1] ?? 1;
}

/** Width of a box over a tensor: each halving of the resolution takes the same step off. */
export function widthOver(shape: Shape, metrics: Metrics): number {
	const side = sideOf(shape);
	if (side <= 1) return metrics.vectorWidth;
	const width = metrics.widthAt7 + metrics.widthPerOctave * Math.log2(side / 7);
	return Math.round(Math.min(metrics.maxWidth, Math.max(metrics.minWidth, width)));
}

/** Extra height of a box for its channels: each doubling adds the same. */
export function thicknessOf(
	channels: number,
	metrics: Metrics,
	kind: 'stage' | 'part' = 'part'
): number {
	const [perOctave, most] =
		kind === 'stage'
			? [metrics.stageThicknessPerOctave, metrics.maxStageThickness]
			: [metrics.thicknessPerOctave, metrics.maxThickness];
	const thickness = perOctave * Math.log2(Math.max(channels, 1) / metrics.thinChannels);
	return Math.round(Math.min(most, Math.max(0, thickness)));
}
