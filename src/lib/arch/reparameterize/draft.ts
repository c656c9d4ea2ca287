import { childPath, op, type BranchesNode, type ModuleNode, type SequentialNode } from '../module';
import type { AffineOp, Recipe } from './recipe';
import type { Op } from '../op';

/** A module tree under rewriting: each leaf knows where its weights come from. */
export type Draft = DraftOp | DraftSequential | DraftBranches;

export interface DraftOp {
	readonly kind: 'op';
	readonly name: string;
	readonly role?: ModuleNode['role'];
	readonly op: Op;
	/** For ops with weights, how to make them. A norm that nothing has folded yet is its own. */
	readonly source: Recipe | { readonly kind: 'own'; readonly path: string };
}

export interface DraftSequential extends Omit<SequentialNode, 'children'> {
	readonly children: readonly Draft[];
}

export interface DraftBranches extends Omit<BranchesNode, 'children'> {
	readonly children: readonly Draft[];
}

/** A draft of a tree as it stands. */
export function draftOf(node: ModuleNode, path = ''): Draft {
	if (node.kind === 'op') {
		const source = isAffine(node.op)
			? { kind: 'stored' as const, path }
			: { kind: 'own' as const, path };
		return { ...node, source };
	}
	return {
		...node,
		children: node.children.map((child) => draftOf(child, childPath(path, child.name)))
	};
}

/** The tree of a draft. `onLeaf` is told of each leaf with its path in it. */
export function treeOf(
	draft: Draft,
	onLeaf: (path: string, leaf: DraftOp) => void,
	path = ''
): ModuleNode {
	if (draft.kind === 'op') {
		onLeaf(path, draft);
		return op(draft.name, draft.op, draft.role);
	}
	return {
		...draft,
		children: draft.children.map((child) => treeOf(child, onLeaf, childPath(path, child.name)))
	};
}

/** Whether an op has a weight and a bias that a fold can make. */
export function isAffine(op: Op): op is AffineOp {
	return op.type === 'conv' || op.type === 'linear';
}
