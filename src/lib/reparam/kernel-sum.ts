import { isDepthwise, type ConvOp } from '../arch/op';
import type { AffineOp, FoldedNorm, Term } from '../arch/reparameterize/recipe';
import { foldedWeights, foldTerm } from '../weights/fold';
import type { WeightSource } from '../weights/source';
import { isWithin } from '../arch/reparameterize/paths';

/** Recipes and weights of a network: what its fused kernels are made of. */
export interface FoldableWeights {
	/** By path in the deploy tree: see `reparameterize`. */
	readonly terms: ReadonlyMap<string, Term>;
	/** Weights of the training tree. */
	readonly source: WeightSource;
}

/** What a summand was in training. */
export type SummandKind =
	/** A convolution, its BatchNorm folded in where it has one. */
	| { readonly code: 'conv'; readonly kernel: number; readonly hasNorm: boolean }
	/** The input itself. */
	| { readonly code: 'identity' }
	/** A BatchNorm by itself. */
	| { readonly code: 'norm' };

/** Of one channel: its kernel, row by row, and its bias. */
export interface ChannelKernel {
	readonly values: readonly number[];
	readonly bias: number;
}

/** How one channel's fused kernel comes about. All in double precision but `fused`. */
export interface KernelSum {
	/** Side of the fused kernel. */
	readonly side: number;
	/** Padded to the fused kernel's size. */
	readonly summands: readonly (ChannelKernel & { readonly kind: SummandKind })[];
	readonly sum: ChannelKernel;
	/** What the BatchNorm behind the sum does: x -> scale x + shift; null where there is none. */
	readonly norm: { readonly scale: number; readonly shift: number } | null;
	/** The kernel as the deploy form has it, in single precision. */
	readonly fused: ChannelKernel;
	/** The largest amount by which a value of `fused` differs from what the parts add up to. */
	readonly largestDifference: number;
}

/** The parts of a re-parameterised depthwise convolution, made for all channels. */
export interface FoldedBranches {
	readonly channels: number;
	sumOf(channel: number): KernelSum;
}

/** A sum of branches, and the norm behind it. */
interface BranchSum {
	readonly op: ConvOp;
	readonly summands: readonly Term[];
	readonly norm: FoldedNorm | null;
}

/** The first depthwise convolution below `path` in the deploy tree that parallel branches made. */
export function findBranchSum(
	terms: FoldableWeights['terms'],
	path: string
): { readonly path: string; readonly term: Term } | null {
	for (const [at, term] of terms) {
		if (isWithin(at, path) && branchSumOf(term) !== null) return { path: at, term };
	}
	return null;
}

/** The branches of that convolution and what they add up to; null where there is none. */
export function foldBranches(
	{ terms, source }: FoldableWeights,
	path: string
): FoldedBranches | null {
	const found = findBranchSum(terms, path);
	const sum = found && branchSumOf(found.term);
	if (!found || !sum) return null;
	const { op, summands, norm } = sum;
	const side = op.kernel[0];
	const parts = summands.map((term) => ({
		kind: kindOf(term),
		...foldTerm(term, source, op)
	}));
	const map = norm && foldTerm(normTerm(norm, op), source);
	const weights = foldedWeights({ terms, keptNorms: new Map() }, source);
	const fused = {
		weight: new Float32Array(op.outChannels * side * side),
		bias: new Float32Array(op.outChannels)
	};
	const shape = [op.outChannels, 1, side, side];
	weights({ path: found.path, name: 'weight', shape }, fused.weight);
	weights({ path: found.path, name: 'bias', shape: [op.outChannels] }, fused.bias);

	const channelOf = (
		{ weight, bias }: { weight: ArrayLike<number>; bias: ArrayLike<number> },
		channel: number
	): ChannelKernel => ({
		values: Array.from({ length: side * side }, (_, tap) => weight[channel * side * side + tap]!),
		bias: bias[channel]!
	});
	return {
		channels: op.outChannels,
		sumOf(channel) {
			const shown = parts.map((part) => ({ kind: part.kind, ...channelOf(part, channel) }));
			const sum = shown.reduce<ChannelKernel>(added, {
				values: new Array<number>(side * side).fill(0),
				bias: 0
			});
			const norm = map && { scale: map.weight[channel]!, shift: map.bias[channel]! };
			const whole = channelOf(fused, channel);
			const largestDifference = distance(whole, norm ? normalised(sum, norm) : sum);
			return { side, summands: shown, sum, norm, fused: whole, largestDifference };
		}
	};
}

function branchSumOf({ op, recipe }: Term): BranchSum | null {
	if (recipe.kind === 'sum') {
		const isSquare = op.type === 'conv' && op.kernel[0] === op.kernel[1];
		return isSquare && isDepthwise(op)
			? { op, summands: flatTerms(recipe.terms), norm: null }
			: null;
	}
	if (recipe.kind !== 'norm-after') return null;
	const inner = branchSumOf(recipe.of);
	return inner && inner.norm === null ? { ...inner, norm: recipe.norm } : null;
}

/** Summands of sums within the sum are its own: it was made pair by pair. */
function flatTerms(terms: readonly Term[]): readonly Term[] {
	return terms.flatMap((term) =>
		term.recipe.kind === 'sum' ? flatTerms(term.recipe.terms) : term
	);
}

function kindOf({ op, recipe }: Term): SummandKind {
	switch (recipe.kind) {
		case 'identity':
			return { code: 'identity' };
		case 'norm':
			return { code: 'norm' };
		default:
			return { code: 'conv', kernel: sideOf(op), hasNorm: recipe.kind !== 'stored' };
	}
}

function sideOf(op: AffineOp): number {
	return op.type === 'conv' ? op.kernel[0] : 1;
}

/** A norm by itself, as a 1x1 convolution. */
function normTerm(norm: FoldedNorm, { outChannels }: ConvOp): Term {
	const op: ConvOp = {
		type: 'conv',
		inChannels: outChannels,
		outChannels,
		kernel: [1, 1],
		stride: [1, 1],
		padding: [0, 0],
		groups: outChannels,
		bias: true
	};
	return { op, recipe: { kind: 'norm', norm } };
}

function added(a: ChannelKernel, b: ChannelKernel): ChannelKernel {
	return { values: a.values.map((value, tap) => value + b.values[tap]!), bias: a.bias + b.bias };
}

function normalised(
	{ values, bias }: ChannelKernel,
	{ scale, shift }: { readonly scale: number; readonly shift: number }
): ChannelKernel {
	return { values: values.map((value) => scale * value), bias: scale * bias + shift };
}

function distance(a: ChannelKernel, b: ChannelKernel): number {
	return Math.max(
		Math.abs(a.bias - b.bias),
		...a.values.map((value, tap) => Math.abs(value - b.values[tap]!))
	);
}
