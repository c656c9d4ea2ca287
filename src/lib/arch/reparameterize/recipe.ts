import type { BatchNormOp, ConvOp, LinearOp } from '../op';

/** An op whose weights a fold can make: it maps its input linearly and adds a bias per channel. */
export type AffineOp = ConvOp | LinearOp;

/** How many channels or features an op reads. */
export function inputsOf(op: AffineOp): number {
	return op.type === 'conv' ? op.inChannels : op.inFeatures;
}

/** How many it gives. */
export function outputsOf(op: AffineOp): number {
	return op.type === 'conv' ? op.outChannels : op.outFeatures;
}

/** A BatchNorm that was folded away, by its path in the tree before. */
export interface FoldedNorm {
	readonly path: string;
	readonly op: BatchNormOp;
}

/**
 * How the weight W and the bias b of one op follow from those of the tree before. With a norm's
 * s = γ / √(σ² + ε) per channel, and its shift t = β - μ s:
 */
export type Recipe =
	/** W and b as they were at `path`. */
	| { readonly kind: 'stored'; readonly path: string }
	/** A skip connection as a 1x1 convolution: W = I, b = 0. */
	| { readonly kind: 'identity' }
	/** A norm alone on its branch as a 1x1 convolution: W = diag(s), b = t. */
	| { readonly kind: 'norm'; readonly norm: FoldedNorm }
	/** Followed by a norm: diag(s) W, s b + t. */
	| { readonly kind: 'norm-after'; readonly of: Term; readonly norm: FoldedNorm }
	/** One summand of a sum that is followed by a norm, all but the first: diag(s) W, s b. */
	| { readonly kind: 'scaled'; readonly of: Term; readonly norm: FoldedNorm }
	/** Behind a norm: W diag(s), b + W t. */
	| { readonly kind: 'norm-before'; readonly of: Term; readonly norm: FoldedNorm }
	/** Side by side: kernels centred on each other and padded with zeros, Σ W and Σ b, or their mean. */
	| { readonly kind: 'sum' | 'mean'; readonly terms: readonly Term[] };

/** One op to be made, and how. */
export interface Term {
	readonly op: AffineOp;
	readonly recipe: Recipe;
}
