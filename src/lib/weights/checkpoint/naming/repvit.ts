import type { BlockPlan, NetworkPlan, StagePlan, TrainingBranches } from '../../../arch/plan';
import type { SizeOf } from '../sizes';
import { convNames, convNormNames, normNames, shareOf } from './lists';

/** A RepViT but for its sizes. */
export interface RepViTOutline {
	readonly stages: readonly StageOutline[];
	readonly heads: 1 | 2;
}

export interface StageOutline {
	readonly downsampling: DownsamplingOutline | null;
	readonly blocks: readonly BlockOutline[];
}

interface DownsamplingOutline {
	readonly preBlock: BlockOutline;
	readonly hasSqueezeExcite: boolean;
}

export interface BlockOutline {
	readonly hasSqueezeExcite: boolean;
	readonly branches: TrainingBranches;
}

/** What a naming calls the parts of a block that not every block has. */
export interface BlockParts {
	readonly squeezeExcite: string;
	/** The 1x1 convolution beside the depthwise one. */
	readonly pointwise: string;
	/** The BatchNorm behind their sum. */
	readonly norm: string;
}

/** @param names of one block, without what they all begin with */
export function readBlock(names: readonly string[], parts: BlockParts): BlockOutline {
	const firstRelease = shareOf(convNormNames(parts.pointwise), names);
	const current = shareOf([...convNames(parts.pointwise), ...normNames(parts.norm)], names);
	return {
		hasSqueezeExcite: hasSqueezeExcite(names, parts.squeezeExcite),
		// A fused block has neither, and a plan for it says what a design says by default.
		branches: firstRelease > current ? 'first-release' : 'current'
	};
}

export function hasSqueezeExcite(names: readonly string[], path: string): boolean {
	return shareOf([...convNames(`${path}.fc1`), ...convNames(`${path}.fc2`)], names) >= 0.5;
}

/** The plan of a RepViT. Its activation leaves no trace in a file: RepViT's is GELU everywhere. */
export function repViTPlan({ stages, heads }: RepViTOutline, sizeOf: SizeOf): NetworkPlan {
	const activation = 'gelu';
	const widthOf = (stage: number) => sizeOf(`stages.${stage}`, 'width');
	return {
		stem: {
			kind: 'early-conv',
			hiddenChannels: sizeOf('stem', 'hidden'),
			outChannels: widthOf(0),
			activation
		},
		stages: stages.map(({ downsampling, blocks }, stage): StagePlan => {
			const path = `stages.${stage}.downsample`;
			return {
				downsampling: downsampling && {
					kind: 'deeper',
					preBlock: blockPlan({
						path: `${path}.pre_block`,
						channels: widthOf(stage - 1),
						outline: downsampling.preBlock,
						sizeOf
					}),
					kernel: sizeOf(path, 'kernel'),
					squeezeChannels: downsampling.hasSqueezeExcite ? sizeOf(path, 'squeeze') : null,
					outChannels: widthOf(stage),
					ffnHiddenChannels: sizeOf(path, 'hidden'),
					activation
				},
				blocks: blocks.map((outline, index) =>
					blockPlan({
						path: `stages.${stage}.blocks.${index}`,
						channels: widthOf(stage),
						outline,
						sizeOf
					})
				)
			};
		}),
		classifier: {
			kind: 'simple',
			inChannels: widthOf(stages.length - 1),
			classes: sizeOf('head', 'classes'),
			heads
		}
	};
}

function blockPlan({
	path,
	channels,
	outline,
	sizeOf
}: {
	readonly path: string;
	readonly channels: number;
	readonly outline: BlockOutline;
	readonly sizeOf: SizeOf;
}): BlockPlan {
	return {
		mixing: 'separated',
		inChannels: channels,
		outChannels: channels,
		hiddenChannels: sizeOf(path, 'hidden'),
		kernel: sizeOf(path, 'kernel'),
		stride: 1,
		squeezeChannels: outline.hasSqueezeExcite ? sizeOf(path, 'squeeze') : null,
		branches: outline.branches,
		activation: 'gelu'
	};
}
