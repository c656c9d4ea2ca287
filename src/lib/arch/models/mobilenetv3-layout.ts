import { makeDivisible } from '../blocks/layers';
import type { StageIndex } from '../plan';

/** What MobileNetV3-L does at one place: width out, depthwise kernel, expansion ratio, SE or not. */
export interface LayoutEntry {
	readonly width: number;
	readonly kernel: 3 | 5;
	/** Hidden channels over the layer's own input channels. */
	readonly expansion: number;
	readonly squeezeExcite: boolean;
}

interface StageLayout {
	readonly downsampling: LayoutEntry | null;
	readonly blocks: readonly LayoutEntry[];
}

const entry = (
	width: number,
	kernel: 3 | 5,
	expansion: number,
	squeezeExcite: boolean
): LayoutEntry => ({ width, kernel, expansion, squeezeExcite });

/**
 * MobileNetV3-L's layer table (torchvision) behind its stem, cut where the stride-2 blocks are:
 * 1:3:6:3 blocks with them, 1:2:5:2 beside them.
 */
const LAYOUT: readonly [StageLayout, StageLayout, StageLayout, StageLayout] = [
	{ downsampling: null, blocks: [entry(24, 3, 3, false)] },
	{
		downsampling: entry(40, 5, 3, true),
		blocks: [entry(40, 5, 3, true), entry(40, 5, 3, true)]
	},
	{
		downsampling: entry(80, 3, 6, false),
		blocks: [
			entry(80, 3, 2.5, false),
			entry(80, 3, 2.3, false),
			entry(80, 3, 2.3, false),
			entry(112, 3, 6, true),
			entry(112, 3, 6, true)
		]
	},
	{
		downsampling: entry(160, 5, 6, true),
		blocks: [entry(160, 5, 6, true), entry(160, 5, 6, true)]
	}
];

/** The stem's sizes: a convolution to 16 channels, a block at 16, a strided block by way of 64. */
export const STEM_LAYOUT = { convChannels: 16, hiddenChannels: 64 } as const;

/** The classifier's sizes: 1x1 convolution to 960 channels, linear layer to 1280 features. */
export const CLASSIFIER_LAYOUT = { convChannels: 960, hiddenFeatures: 1280 } as const;

/**
 * MobileNetV3-L's entry for block `index` of `depth` in a stage. At its own depth that is its own
 * table; at any other the table is stretched evenly, held at the stage's end.
 */
export function blockEntry(stage: StageIndex, index: number, depth: number): LayoutEntry {
	const entries = LAYOUT[stage].blocks;
	const fromEnd = Math.floor(((depth - 1 - index) * entries.length) / depth);
	return entries[entries.length - 1 - fromEnd]!;
}

/** MobileNetV3-L's entry for the stride-2 block that opens a stage; the first stage has none. */
export function downsamplingEntry(stage: StageIndex): LayoutEntry | null {
	return LAYOUT[stage].downsampling;
}

/** Hidden channels for an expansion ratio, a multiple of 8 (80 x 2.3 -> 184). */
export function hiddenChannels(inChannels: number, expansion: number): number {
	return makeDivisible(inChannels * expansion);
}
