import { childPath, nodeAt, type ModuleNode } from '$lib/arch/module';
import { isIdentity } from '$lib/diagram/layout/visible';

/** A part that a table lists. */
interface ListedPart {
	readonly node: ModuleNode;
	readonly path: string;
}

/** The ops below `focus` in their order; squeeze-and-excitation is one part, bare lines are none. */
export function listedParts(root: ModuleNode, focus: string): ListedPart[] {
	const list = (node: ModuleNode, path: string): ListedPart[] => {
		if (isIdentity(node)) return [];
		if (node.kind === 'op' || node.role === 'squeeze-excite') return [{ node, path }];
		return node.children.flatMap((child) => list(child, childPath(path, child.name)));
	};
	const node = nodeAt(root, focus);
	return node === undefined ? [] : list(node, focus);
}
