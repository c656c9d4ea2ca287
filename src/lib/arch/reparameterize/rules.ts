import type { BatchNormOp, ConvOp } from '../op';
import {
	isAffine,
	type Draft,
	type DraftBranches,
	type DraftOp,
	type DraftSequential
} from './draft';
import {
	inputsOf,
	outputsOf,
	type AffineOp,
	type FoldedNorm,
	type Recipe,
	type Term
} from './recipe';

/**
 * A local rewrite that leaves what a tree computes as it is. It looks at one node whose children are
 * rewritten already, and gives the node that takes its place, or null where it does not apply.
 */
export type Rule = (node: DraftSequential | DraftBranches) => Draft | null;

/**
 * norm(W x + b) = diag(s) W x + (s b + t), with s = γ / √(σ² + ε) and t = β - μ s: a convolution or a
 * linear layer takes in the BatchNorm right behind it. Stride, groups and padding do not matter, as
 * it works on what comes out. A row takes it in by its last layer. A sum that did not merge into one
 * does by all of its summands: norm(Σ fᵢ) = (s f₁ + t) + Σ s fᵢ.
 */
export const foldNormBehind: Rule = (node) =>
	replacePair(node, (first, second) => {
		const norm = asNorm(second);
		return norm && takeNormIn(first, norm, 'norm-after');
	});

function takeNormIn(node: Draft, norm: FoldedNorm, kind: 'norm-after' | 'scaled'): Draft | null {
	switch (node.kind) {
		case 'op': {
			const term = asTerm(node);
			if (!term || norm.op.channels !== outputsOf(term.op)) return null;
			const op = kind === 'scaled' ? term.op : biased(term.op);
			return fused(node, op, { kind, of: term, norm });
		}
		case 'sequential': {
			const last = node.children.at(-1);
			const taken = last && takeNormIn(last, norm, kind);
			return taken ? { ...node, children: [...node.children.slice(0, -1), taken] } : null;
		}
		case 'branches': {
			if (node.join !== 'add') return null;
			const taken = node.children.map((child, index) =>
				takeNormIn(child, norm, index === 0 ? kind : 'scaled')
			);
			return taken.every((child) => child !== null) ? { ...node, children: taken } : null;
		}
	}
}

/**
 * W norm(x) + b = W diag(s) x + (b + W t): a linear layer, or a convolution that pads nothing, takes in
 * the BatchNorm right before it. Padding forbids it: the zeros around the edge stand behind the norm,
 * so that the shift W t would be too much there.
 */
export const foldNormBefore: Rule = (node) =>
	replacePair(node, (first, second) => {
		const norm = asNorm(first);
		const term = asTerm(second);
		if (!norm || !term || norm.op.channels !== inputsOf(term.op) || isPadded(term.op)) return null;
		return fused(second, biased(term.op), { kind: 'norm-before', of: term, norm });
	});

/**
 * Σ (Wᵢ x + bᵢ) = (Σ Wᵢ) x + Σ bᵢ: convolutions of one input that are added merge into one, the smaller
 * kernels padded with zeros to the largest. They need the same channels, groups and stride, and
 * kernels that are centred on each other. The input itself is the 1x1 convolution I, a BatchNorm
 * alone the 1x1 convolution diag(s) with bias t; both want a stride of 1 and as many channels out as
 * in. What does not merge stays beside.
 */
export const mergeParallelConvs: Rule = (node) => {
	if (node.kind !== 'branches' || node.join !== 'add') return null;
	for (const child of node.children) {
		const covering = asTerm(child);
		if (covering?.op.type !== 'conv') continue;
		const { op } = covering;
		const covered = node.children.map((other) => coveredBy(op, other));
		const terms = covered.filter((term) => term !== null);
		if (terms.length < 2) continue;
		const merged = fused(child, biased(op), { kind: 'sum', terms });
		return withChildren(
			node,
			node.children.flatMap((other, index) =>
				other === child ? merged : covered[index] === null ? other : []
			)
		);
	}
	return null;
};

/** The same for linear layers side by side; their mean is one as well: (1/n Σ Wᵢ) x + 1/n Σ bᵢ. */
export const mergeParallelLinears: Rule = (node) => {
	if (node.kind !== 'branches' || (node.join !== 'add' && node.join !== 'mean')) return null;
	const terms = node.children.map(asTerm);
	const [first] = terms;
	if (terms.length < 2 || first?.op.type !== 'linear') return null;
	const { inFeatures, outFeatures } = first.op;
	const alike = (term: Term | null): term is Term =>
		term?.op.type === 'linear' &&
		term.op.inFeatures === inFeatures &&
		term.op.outFeatures === outFeatures;
	if (!terms.every(alike)) return null;
	const kind = node.join === 'mean' ? 'mean' : 'sum';
	return withChildren(node, [fused(node.children[0]!, biased(first.op), { kind, terms })]);
};

/** Tries neighbours in a row, from the front, and puts one node in the place of the first pair that fits. */
function replacePair(
	node: DraftSequential | DraftBranches,
	replace: (first: Draft, second: Draft) => Draft | null
): Draft | null {
	if (node.kind !== 'sequential') return null;
	for (let index = 0; index + 1 < node.children.length; index++) {
		const replacement = replace(node.children[index]!, node.children[index + 1]!);
		if (!replacement) continue;
		const children = [...node.children];
		children.splice(index, 2, replacement);
		return withChildren(node, children);
	}
	return null;
}

/** The node with fewer children; a single one that is left takes its place and its name. */
function withChildren(node: DraftSequential | DraftBranches, children: readonly Draft[]): Draft {
	const [only] = children;
	if (children.length !== 1 || !only) return { ...node, children };
	// As everywhere in a tree, the nearest role counts.
	const role = only.role ?? node.role;
	return { ...only, name: node.name, ...(role && { role }) };
}

function asTerm(draft: Draft): Term | null {
	if (draft.kind !== 'op' || !isAffine(draft.op) || draft.source.kind === 'own') return null;
	return { op: draft.op, recipe: draft.source };
}

function asNorm(draft: Draft): FoldedNorm | null {
	if (draft.kind !== 'op' || draft.op.type !== 'batchNorm' || draft.source.kind !== 'own') {
		return null;
	}
	return { path: draft.source.path, op: draft.op };
}

/** What stands beside a convolution, as one whose kernel fits into its; null where it does not. */
function coveredBy(conv: ConvOp, draft: Draft): Term | null {
	if (draft.kind !== 'op') return null;
	const { op } = draft;
	if (op.type === 'conv') return covers(conv, op) ? asTerm(draft) : null;
	const pointwise = passThrough(conv);
	if (!covers(conv, pointwise)) return null;
	if (op.type === 'identity') return { op: pointwise, recipe: { kind: 'identity' } };
	if (op.type === 'batchNorm') return normTerm(pointwise, draft, op);
	return null;
}

function normTerm(pointwise: ConvOp, draft: DraftOp, op: BatchNormOp): Term | null {
	if (draft.source.kind !== 'own' || op.channels !== pointwise.inChannels) return null;
	return { op: biased(pointwise), recipe: { kind: 'norm', norm: { path: draft.source.path, op } } };
}

/** The 1x1 convolution that could pass on a convolution's input, grouped like it. */
function passThrough({ inChannels, groups }: ConvOp): ConvOp {
	return {
		type: 'conv',
		inChannels,
		outChannels: inChannels,
		kernel: [1, 1],
		stride: [1, 1],
		padding: [0, 0],
		groups,
		bias: false
	};
}

/** Whether one convolution's kernel has room for another's of the same input. */
function covers(a: ConvOp, b: ConvOp): boolean {
	return (
		a.inChannels === b.inChannels &&
		a.outChannels === b.outChannels &&
		a.groups === b.groups &&
		AXES.every(
			(axis) =>
				a.stride[axis] === b.stride[axis] &&
				a.kernel[axis] >= b.kernel[axis] &&
				overhang(a, axis) === overhang(b, axis)
		)
	);
}

const AXES = [0, 1] as const;

/** How far the output exceeds the input along an axis: equal for kernels that share a centre. */
function overhang({ kernel, padding }: ConvOp, axis: 0 | 1): number {
	return 2 * padding[axis] - kernel[axis];
}

function isPadded(op: AffineOp): boolean {
	return op.type === 'conv' && op.padding.some((padding) => padding > 0);
}

function biased<T extends AffineOp>(op: T): T {
	return { ...op, bias: true };
}

/** An op made of others, in the place of one of them. */
function fused({ name, role }: Draft, op: AffineOp, recipe: Recipe): DraftOp {
	return { kind: 'op', name, op, source: recipe, ...(role && { role }) };
}
