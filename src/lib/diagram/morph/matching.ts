import { nodeAt, walk, type ModuleNode } from '../../arch/module';

/** Path in the later network -> path in the earlier one, for every node that both have. */
export type Matching = ReadonlyMap<string, string>;

/**
 * The plainest matching: the same path, and the same kind of node. Ops are of one kind that do the
 * same; modules also that have the same role, as a block that got a skip.
 */
export function pathMatching(before: ModuleNode, after: ModuleNode): Matching {
	const matched = new Map<string, string>();
	for (const { node, path } of walk(after)) {
		const old = nodeAt(before, path);
		if (old !== undefined && isSameKind(old, node)) matched.set(path, path);
	}
	return matched;
}

function isSameKind(a: ModuleNode, b: ModuleNode): boolean {
	if (a.kind === 'op' || b.kind === 'op') {
		return a.kind === 'op' && b.kind === 'op' && a.op.type === b.op.type;
	}
	return a.kind === b.kind || (a.role !== undefined && a.role === b.role);
}

/** What the earlier drawing has in the place of a path of the later one. */
export function earlier<T>(
	byPath: ReadonlyMap<string, T>,
	path: string,
	matched: Matching
): T | undefined {
	const old = matched.get(path);
	return old === undefined ? undefined : byPath.get(old);
}
