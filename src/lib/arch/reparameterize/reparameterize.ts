import type { ModuleNode } from '../module';
import { draftOf, treeOf, type Draft } from './draft';
import type { AffineOp, Term } from './recipe';
import {
	foldNormBefore,
	foldNormBehind,
	mergeParallelConvs,
	mergeParallelLinears,
	type Rule
} from './rules';

/** A tree with fewer ops that computes the same, and how its weights follow from the old ones. */
export interface Reparameterized {
	readonly root: ModuleNode;
	/** For every convolution and linear layer of `root`, by its path there; paths within are the old ones. */
	readonly terms: ReadonlyMap<string, Term>;
	/** Old paths of the norms that nothing could take in, by their new ones. */
	readonly keptNorms: ReadonlyMap<string, string>;
}

const RULES: readonly Rule[] = [
	foldNormBehind,
	foldNormBefore,
	mergeParallelConvs,
	mergeParallelLinears
];

/**
 * Structural re-parameterisation: folds what is linear into what is linear beside or before it, by
 * local rules from the leaves up, until none applies. No rule knows a network; where all of them hold
 * back, as with a norm before a padded convolution, the tree stays as it is. Paper section 3.2.
 */
export function reparameterize(root: ModuleNode): Reparameterized {
	const terms = new Map<string, Term>();
	const keptNorms = new Map<string, string>();
	const rewritten = treeOf(rewrite(draftOf(root)), (path, { op, source }) => {
		if (source.kind !== 'own') terms.set(path, { op: op as AffineOp, recipe: source });
		else if (op.type === 'batchNorm') keptNorms.set(path, source.path);
	});
	return { root: rewritten, terms, keptNorms };
}

function rewrite(draft: Draft): Draft {
	if (draft.kind === 'op') return draft;
	const node = { ...draft, children: draft.children.map(rewrite) };
	for (const rule of RULES) {
		const replacement = rule(node);
		// What a rule made may be what another one, or the same, waits for.
		if (replacement) return rewrite(replacement);
	}
	return node;
}
