import type { PerStage } from './design';
import type { ActivationType } from './op';

/**
 * A network spelt out layer by layer: every width, kernel and squeeze-and-excitation decided, nothing
 * left to a rule. A {@link Design} resolves to a plan; so does a checkpoint's list of tensors.
 */
export interface NetworkPlan {
	readonly stem: StemPlan;
	readonly stages: readonly StagePlan[];
	readonly classifier: ClassifierPlan;
}

export interface BlockPlan {
	readonly mixing: 'coupled' | 'separated';
	readonly inChannels: number;
	readonly outChannels: number;
	/** Channels between the channel mixer's two 1x1 convolutions. */
	readonly hiddenChannels: number;
	/** Side of the depthwise kernel. */
	readonly kernel: number;
	readonly stride: 1 | 2;
	/** Bottleneck width of squeeze-and-excitation; null for a block without. */
	readonly squeezeChannels: number | null;
	/** What stands beside the depthwise kernel while a separated block trains. */
	readonly branches: TrainingBranches;
	readonly activation: ActivationType;
}

/**
 * How RepViT's depthwise kernel is re-parameterised. `current`: BN(DW + BN(x) + 1x1 DW(x) + x), as in
 * today's official code. `first-release`: DW + BN(x) + 1x1 DW + BN(x) + x, nothing behind the sum.
 */
export type TrainingBranches = 'current' | 'first-release';

export type StemPlan =
	| {
			readonly kind: 'mobilenetv3';
			readonly conv: StemConvPlan;
			readonly blocks: readonly BlockPlan[];
	  }
	| {
			readonly kind: 'early-conv';
			readonly hiddenChannels: number;
			readonly outChannels: number;
			readonly activation: ActivationType;
	  }
	| { readonly kind: 'patchify'; readonly outChannels: number };

export interface StemConvPlan {
	readonly outChannels: number;
	readonly activation: ActivationType;
}

export interface DeeperDownsamplingPlan {
	readonly kind: 'deeper';
	/** A block at the old width and resolution (paper section 3.3). */
	readonly preBlock: BlockPlan;
	/** Side of the strided depthwise kernel. */
	readonly kernel: number;
	/** Bottleneck width of squeeze-and-excitation behind it; null without, as in all published ones. */
	readonly squeezeChannels: number | null;
	readonly outChannels: number;
	readonly ffnHiddenChannels: number;
	readonly activation: ActivationType;
}

export type DownsamplingPlan =
	{ readonly kind: 'strided-block'; readonly block: BlockPlan } | DeeperDownsamplingPlan;

export interface StagePlan {
	/** Null for the first stage, which the stem has brought to a quarter of the resolution. */
	readonly downsampling: DownsamplingPlan | null;
	readonly blocks: readonly BlockPlan[];
}

export type ClassifierPlan =
	| {
			readonly kind: 'simple';
			readonly inChannels: number;
			readonly classes: number;
			/** Two where a second one learns from a teacher (distillation); their logits are averaged. */
			readonly heads: 1 | 2;
	  }
	| {
			readonly kind: 'mobilenetv3';
			readonly inChannels: number;
			readonly convChannels: number;
			readonly hiddenFeatures: number;
			readonly classes: number;
			readonly activation: ActivationType;
	  };

export type StageIndex = 0 | 1 | 2 | 3;
export const STAGE_INDICES = [0, 1, 2, 3] as const satisfies readonly StageIndex[];

/** One value a stage, from a function of the stage's index. */
export function perStage(value: (stage: StageIndex) => number): PerStage {
	return [value(0), value(1), value(2), value(3)];
}
