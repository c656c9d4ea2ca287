import type { Design, PerStage } from '../design';
import { squeezedChannels } from '../blocks/squeeze-excite';
import type { ActivationType } from '../op';
import {
	perStage,
	STAGE_INDICES,
	type BlockPlan,
	type ClassifierPlan,
	type DownsamplingPlan,
	type NetworkPlan,
	type StageIndex,
	type StemPlan
} from '../plan';
import {
	blockEntry,
	CLASSIFIER_LAYOUT,
	downsamplingEntry,
	hiddenChannels,
	STEM_LAYOUT,
	type LayoutEntry
} from './mobilenetv3-layout';

/** Spells a design out layer by layer. Where the paper is silent, the rules are those of roadmap.ts. */
export function resolveDesign(design: Design): NetworkPlan {
	return {
		stem: stemPlan(design),
		stages: STAGE_INDICES.map((stage) => ({
			downsampling: downsamplingPlan(design, stage),
			blocks: blockPlans(design, stage)
		})),
		classifier: classifierPlan(design)
	};
}

function stemPlan(design: Design): StemPlan {
	const outChannels = stageWidth(design, 0);
	switch (design.stem) {
		case 'patchify':
			return { kind: 'patchify', outChannels };
		case 'early-conv':
			return {
				kind: 'early-conv',
				hiddenChannels: outChannels / 2,
				outChannels,
				activation: activationAt(design, 'stem-conv')
			};
		case 'mobilenetv3': {
			// Figure 4a still draws coupled blocks after step 2: the stem is a choice of its own, and
			// neither the mixing nor the kernel of the stages reaches into it.
			const { convChannels, hiddenChannels } = STEM_LAYOUT;
			const shared = {
				mixing: 'coupled',
				inChannels: convChannels,
				kernel: 3,
				squeezeChannels: null,
				branches: design.branches,
				activation: activationAt(design, 0)
			} as const;
			return {
				kind: 'mobilenetv3',
				conv: { outChannels: convChannels, activation: activationAt(design, 'stem-conv') },
				blocks: [
					{ ...shared, hiddenChannels: convChannels, outChannels: convChannels, stride: 1 },
					{ ...shared, hiddenChannels, outChannels, stride: 2 }
				]
			};
		}
	}
}

function blockPlans(design: Design, stage: StageIndex): BlockPlan[] {
	const depth = design.depths[stage];
	let inChannels = enteringWidth(design, stage);
	return Array.from({ length: depth }, (_, index) => {
		const layout = blockEntry(stage, index, depth);
		const outChannels = widthAt(design, stage, layout);
		const hidden = hiddenChannels(inChannels, expansionAt(design, layout));
		const plan: BlockPlan = {
			mixing: design.mixing,
			inChannels,
			outChannels,
			hiddenChannels: hidden,
			kernel: kernelAt(design, layout),
			stride: 1,
			squeezeChannels: hasSqueezeExcite(design, layout, index)
				? squeezeWidth(design, inChannels, hidden)
				: null,
			branches: design.branches,
			activation: activationAt(design, stage)
		};
		inChannels = outChannels;
		return plan;
	});
}

function downsamplingPlan(design: Design, stage: StageIndex): DownsamplingPlan | null {
	const layout = downsamplingEntry(stage);
	if (layout === null) return null;
	const before = (stage - 1) as StageIndex;
	const inChannels = stageWidth(design, before);
	const outChannels = widthAt(design, stage, layout);
	const kernel = kernelAt(design, layout);
	const activation = activationAt(design, stage);
	if (design.downsampling === 'strided-block') {
		const hidden = hiddenChannels(inChannels, expansionAt(design, layout));
		return {
			kind: 'strided-block',
			block: {
				mixing: design.mixing,
				inChannels,
				outChannels,
				hiddenChannels: hidden,
				kernel,
				stride: 2,
				// Downsampling layers have no SE in RepViT; only MobileNetV3's own placement puts it there.
				squeezeChannels:
					design.se === 'mobilenetv3' && layout.squeezeExcite
						? squeezeWidth(design, inChannels, hidden)
						: null,
				branches: design.branches,
				activation
			}
		};
	}
	const last = blockEntry(before, design.depths[before] - 1, design.depths[before]);
	return {
		kind: 'deeper',
		preBlock: {
			mixing: design.mixing,
			inChannels,
			outChannels: inChannels,
			hiddenChannels: hiddenChannels(inChannels, expansionAt(design, last)),
			// A layer that MobileNetV3 does not have: its six 5x5 places stay six.
			kernel: design.kernel === 'mobilenetv3' ? 3 : design.kernel,
			stride: 1,
			squeezeChannels: null,
			branches: design.branches,
			activation: activationAt(design, before)
		},
		kernel,
		squeezeChannels: null,
		outChannels,
		ffnHiddenChannels: hiddenChannels(outChannels, expansionAt(design, layout)),
		activation
	};
}

function classifierPlan(design: Design): ClassifierPlan {
	const inChannels = stageWidth(design, 3);
	return design.classifier === 'simple'
		? { kind: 'simple', inChannels, classes: design.classes, heads: design.heads }
		: {
				kind: 'mobilenetv3',
				inChannels,
				...CLASSIFIER_LAYOUT,
				classes: design.classes,
				activation: activationAt(design, 3)
			};
}

/** The width each stage ends with. */
export function stageWidths(design: Design): PerStage {
	return perStage((stage) => stageWidth(design, stage));
}

/** The width a stage ends with. */
function stageWidth(design: Design, stage: StageIndex): number {
	const depth = design.depths[stage];
	return widthAt(design, stage, blockEntry(stage, depth - 1, depth));
}

/** The width a stage's first block reads. */
function enteringWidth(design: Design, stage: StageIndex): number {
	const layout = downsamplingEntry(stage);
	return layout === null ? stageWidth(design, stage) : widthAt(design, stage, layout);
}

function widthAt(design: Design, stage: StageIndex, layout: LayoutEntry): number {
	return design.widths === 'mobilenetv3' ? layout.width : design.widths[stage];
}

function expansionAt(design: Design, layout: LayoutEntry): number {
	return design.expansion === 'mobilenetv3' ? layout.expansion : design.expansion;
}

function kernelAt(design: Design, layout: LayoutEntry): number {
	return design.kernel === 'mobilenetv3' ? layout.kernel : design.kernel;
}

function hasSqueezeExcite(design: Design, layout: LayoutEntry, index: number): boolean {
	switch (design.se) {
		case 'none':
			return false;
		case 'every':
			return true;
		case 'alternate':
			return index % 2 === 0;
		case 'mobilenetv3':
			return layout.squeezeExcite;
	}
}

/** Squeeze-and-excitation sits at the block's width in RepViT, at the expanded width in MobileNetV3. */
function squeezeWidth(design: Design, inChannels: number, hidden: number): number {
	return design.mixing === 'separated'
		? squeezedChannels(inChannels, 'repvit')
		: squeezedChannels(hidden, 'mobilenetv3');
}

/** MobileNetV3 as published: ReLU up to stage 2, hard-swish from stage 3 on and in the first layer. */
function activationAt(design: Design, place: StageIndex | 'stem-conv'): ActivationType {
	switch (design.activation) {
		case 'gelu':
			return 'gelu';
		case 'hard-swish':
			return 'hardSwish';
		case 'relu':
			return 'relu';
		case 'mobilenetv3':
			return place === 0 || place === 1 ? 'relu' : 'hardSwish';
	}
}
