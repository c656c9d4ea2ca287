import { BASELINE, sameDesign, type Design, type DesignKey } from './design';

/** Where a choice that the paper leaves open comes from; the page shows the text of each code. */
export type InferenceCode =
	| 'layer-table'
	| 'activation-everywhere'
	| 'depths'
	| 'kernel-positions'
	| 'se-positions'
	| 'se-at-block-width'
	| 'stem-stays-coupled'
	| 'stem-meets-width'
	| 'strided-block-separated'
	| 'width-change-in-stage-3'
	| 'expansion-of-input'
	| 'classifier-sizes'
	| 'pre-block-kernel'
	| 'no-se-in-downsampling'
	| 'kernel-positions-stretched'
	| 'se-positions-stretched';

/** One part of a step's layer table that the paper does not give, and on what our choice rests. */
export interface Inference {
	readonly status: 'inferred';
	readonly code: InferenceCode;
	/** What it concerns, so that a diagram can mark it. */
	readonly concerns: DesignKey;
	readonly basis: 'torchvision' | 'paper-figure-4' | 'official-code' | 'simplest-reading';
}

export type StepNumber = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export type StepId =
	| 'baseline'
	| 'separate-mixers'
	| 'expansion-width'
	| 'early-conv-stem'
	| 'deeper-downsampling'
	| 'simple-classifier'
	| 'stage-ratio'
	| 'kernel-3x3'
	| 'se-cross-block';

export interface RoadmapStep {
	readonly step: StepNumber;
	readonly id: StepId;
	/** Section of the paper. */
	readonly section: string;
	/** The choices as they stand after this step. */
	readonly design: Design;
	/** The choices this step changes. */
	readonly changes: readonly DesignKey[];
	readonly inferred: readonly Inference[];
}

/** A design the paper tries beside the path. */
export interface SidePoint {
	readonly id: 'expansion-only' | 'mobilenetv3-block-control';
	readonly name: 'step2-expansion' | 'step2-control';
	readonly step: StepNumber;
	readonly design: Design;
	readonly inferred: readonly Inference[];
}

const inferred = (
	code: InferenceCode,
	concerns: DesignKey,
	basis: Inference['basis']
): Inference => ({ status: 'inferred', code, concerns, basis });

const LAYER_TABLE = inferred('layer-table', 'widths', 'torchvision');
const ACTIVATION = inferred('activation-everywhere', 'activation', 'simplest-reading');
const DEPTHS = inferred('depths', 'depths', 'torchvision');
const KERNELS = inferred('kernel-positions', 'kernel', 'torchvision');
const SE = inferred('se-positions', 'se', 'torchvision');
const SE_WIDTH = inferred('se-at-block-width', 'se', 'official-code');
const STEM_COUPLED = inferred('stem-stays-coupled', 'stem', 'paper-figure-4');
const STEM_WIDTH = inferred('stem-meets-width', 'stem', 'simplest-reading');
const STRIDED_BLOCK = inferred('strided-block-separated', 'downsampling', 'simplest-reading');
const WIDTH_CHANGE = inferred('width-change-in-stage-3', 'widths', 'torchvision');
const EXPANSION = inferred('expansion-of-input', 'expansion', 'torchvision');
const CLASSIFIER = inferred('classifier-sizes', 'classifier', 'paper-figure-4');
const PRE_BLOCK = inferred('pre-block-kernel', 'kernel', 'simplest-reading');
const NO_SE = inferred('no-se-in-downsampling', 'se', 'official-code');
const KERNELS_STRETCHED = inferred('kernel-positions-stretched', 'kernel', 'simplest-reading');
const SE_STRETCHED = inferred('se-positions-stretched', 'se', 'simplest-reading');

const step1: Design = { ...BASELINE, mixing: 'separated' };
const step2: Design = { ...step1, expansion: 2, widths: [48, 96, 192, 384] };
const step3: Design = { ...step2, stem: 'early-conv' };
const step4: Design = { ...step3, downsampling: 'deeper' };
const step5: Design = { ...step4, classifier: 'simple' };
const step6: Design = { ...step5, depths: [2, 2, 14, 2] };
const step7: Design = { ...step6, kernel: 3 };
const step8: Design = { ...step7, se: 'alternate' };

/** The nine designs from MobileNetV3-L to RepViT-M0.9, in the paper's order (sections 3.1 to 3.4). */
export const ROADMAP: readonly RoadmapStep[] = [
	{
		step: 0,
		id: 'baseline',
		section: '3.1',
		design: BASELINE,
		changes: [],
		inferred: [LAYER_TABLE, ACTIVATION]
	},
	{
		step: 1,
		id: 'separate-mixers',
		section: '3.2',
		design: step1,
		changes: ['mixing'],
		inferred: [DEPTHS, KERNELS, SE, SE_WIDTH, STEM_COUPLED, STRIDED_BLOCK, WIDTH_CHANGE]
	},
	{
		step: 2,
		id: 'expansion-width',
		section: '3.2',
		design: step2,
		changes: ['expansion', 'widths'],
		inferred: [
			DEPTHS,
			KERNELS,
			SE,
			SE_WIDTH,
			STEM_COUPLED,
			STEM_WIDTH,
			STRIDED_BLOCK,
			EXPANSION,
			CLASSIFIER
		]
	},
	{
		step: 3,
		id: 'early-conv-stem',
		section: '3.3',
		design: step3,
		changes: ['stem'],
		inferred: [DEPTHS, KERNELS, SE, SE_WIDTH, STRIDED_BLOCK, EXPANSION, CLASSIFIER]
	},
	{
		step: 4,
		id: 'deeper-downsampling',
		section: '3.3',
		design: step4,
		changes: ['downsampling'],
		inferred: [DEPTHS, KERNELS, PRE_BLOCK, SE, SE_WIDTH, NO_SE, CLASSIFIER]
	},
	{
		step: 5,
		id: 'simple-classifier',
		section: '3.3',
		design: step5,
		changes: ['classifier'],
		inferred: [DEPTHS, KERNELS, PRE_BLOCK, SE, SE_WIDTH, NO_SE]
	},
	{
		step: 6,
		id: 'stage-ratio',
		section: '3.3',
		design: step6,
		changes: ['depths'],
		inferred: [KERNELS_STRETCHED, PRE_BLOCK, SE_STRETCHED, SE_WIDTH, NO_SE]
	},
	{
		step: 7,
		id: 'kernel-3x3',
		section: '3.4',
		design: step7,
		changes: ['kernel'],
		inferred: [SE_STRETCHED, SE_WIDTH, NO_SE]
	},
	{
		step: 8,
		id: 'se-cross-block',
		section: '3.4',
		design: step8,
		changes: ['se'],
		// Settled by the paper and the official code: it is RepViT-M0.9, node for node.
		inferred: []
	}
];

/** Tried on the way to step 2: expansion 2 alone, and step 2's sizes on MobileNetV3's own block. */
export const SIDE_POINTS: readonly SidePoint[] = [
	{
		id: 'expansion-only',
		name: 'step2-expansion',
		step: 2,
		design: { ...step1, expansion: 2 },
		inferred: [DEPTHS, KERNELS, SE, SE_WIDTH, STEM_COUPLED, STRIDED_BLOCK, WIDTH_CHANGE, EXPANSION]
	},
	{
		id: 'mobilenetv3-block-control',
		name: 'step2-control',
		step: 2,
		design: { ...step2, mixing: 'coupled' },
		inferred: [DEPTHS, KERNELS, SE, STEM_WIDTH, EXPANSION, CLASSIFIER]
	}
];

/** The step's name in addresses and on the command line. */
export function stepName(step: StepNumber): `step${StepNumber}` {
	return `step${step}`;
}

/** What is inferred of a design that the paper tried; empty for any other, which is the visitor's own. */
export function inferencesOf(design: Design): readonly Inference[] {
	const found = [...ROADMAP, ...SIDE_POINTS].find((known) => sameDesign(known.design, design));
	return found?.inferred ?? [];
}
