import { childPath, type ModuleNode } from '../arch/module';
import { planFold } from '../arch/reparameterize/fold-plan';

/** What only the training form of a network has, by path: it folds away on re-parameterisation. */
export interface Folds {
	/** Ops that another one takes in, and modules that hold nothing else. */
	readonly parts: ReadonlySet<string>;
	/** Branches nodes that end as the one branch that is left, so that nothing is joined any more. */
	readonly joins: ReadonlySet<string>;
}

/** What folds away of a tree; nothing of a deploy form. It follows from the recipes, not from names. */
export function foldsOf(root: ModuleNode): Folds {
	const { absorptions } = planFold(root);
	const parts = new Set<string>();
	const joins = new Set<string>();
	const visit = (node: ModuleNode, path: string): void => {
		if (node.kind === 'op') {
			if (absorptions.has(path)) parts.add(path);
			return;
		}
		for (const child of node.children) visit(child, childPath(path, child.name));
		const left = node.children.filter((child) => !parts.has(childPath(path, child.name)));
		if (left.length === 0 && node.children.length > 0) parts.add(path);
		if (left.length <= 1 && node.kind === 'branches') joins.add(path);
	};
	if (absorptions.size > 0) visit(root, '');
	return { parts, joins };
}
