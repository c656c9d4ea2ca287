/** A height and a width, in this order: kernels, strides, paddings and spatial sizes. */
export type Pair = readonly [height: number, width: number];

/**
 * 2-D convolution over (N, inChannels, H, W). `groups === inChannels === outChannels` makes it
 * depthwise: each channel alone, so it mixes tokens (positions) only; a 1x1 one mixes channels only.
 */
export interface ConvOp {
	readonly type: 'conv';
	readonly inChannels: number;
	readonly outChannels: number;
	readonly kernel: Pair;
	readonly stride: Pair;
	readonly padding: Pair;
	readonly groups: number;
	readonly bias: boolean;
}

/** Per-channel normalisation with stored statistics, over (N, channels, ...). Training form only. */
export interface BatchNormOp {
	readonly type: 'batchNorm';
	readonly channels: number;
	/** Added to the variance: 1e-5 in RepViT, 1e-3 in torchvision's MobileNetV3. */
	readonly epsilon: number;
}

/** Fully connected layer over (N, inFeatures). */
export interface LinearOp {
	readonly type: 'linear';
	readonly inFeatures: number;
	readonly outFeatures: number;
	readonly bias: boolean;
}

/** Element-wise non-linearities. GELU is the exact (erf) form, as everywhere in RepViT. */
export type ActivationType = 'gelu' | 'hardSwish' | 'relu' | 'sigmoid' | 'hardSigmoid';

export interface ActivationOp {
	readonly type: ActivationType;
}

/** (N, C, H, W) -> (N, C, 1, 1): the mean over all positions. */
export interface GlobalAvgPoolOp {
	readonly type: 'globalAvgPool';
}

/** (N, C, 1, 1) -> (N, C). */
export interface FlattenOp {
	readonly type: 'flatten';
}

/** Passes its input on: a skip connection's bare line. Emits no operator. */
export interface IdentityOp {
	readonly type: 'identity';
}

/** One tensor operation with its attributes: the leaf of every module tree. */
export type Op =
	ConvOp | BatchNormOp | LinearOp | ActivationOp | GlobalAvgPoolOp | FlattenOp | IdentityOp;

const ACTIVATIONS: ReadonlySet<string> = new Set([
	'gelu',
	'hardSwish',
	'relu',
	'sigmoid',
	'hardSigmoid'
]);

export function isActivation(op: Op): op is ActivationOp {
	return ACTIVATIONS.has(op.type);
}

export function isDepthwise(op: Op): op is ConvOp {
	return op.type === 'conv' && op.groups > 1 && op.groups === op.inChannels;
}

export function isPointwise(op: Op): op is ConvOp {
	return op.type === 'conv' && op.kernel[0] === 1 && op.kernel[1] === 1 && op.groups === 1;
}
