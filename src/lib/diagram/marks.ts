import type { Change } from '../arch/diff';
import { childPath, walk, type ModuleNode } from '../arch/module';
import type { UnionTree } from '../arch/union-tree';
import type { Part } from './layout/types';

/** What a comparison says of a part; in an overlay what moved is at its old place, too. */
export type Mark = Change['kind'] | 'moved-from';

/**
 * Marks of a comparison, by path; what is not in it is unchanged. On a branches node the mark is its
 * join's, on a sequential node it holds for everything inside.
 */
export type Marks = ReadonlyMap<string, Mark>;

/** What a part shows; absent is unchanged, which fades. */
export type ShownMark = Mark | 'contains-changes';

/** The changes between two networks as marks for the drawing of each. */
export function marksOf(changes: readonly Change[]): {
	readonly before: Marks;
	readonly after: Marks;
} {
	const before = new Map<string, Mark>();
	const after = new Map<string, Mark>();
	for (const change of changes) {
		if (change.kind !== 'added') {
			const { path } = change.kind === 'removed' ? change.item : change.before;
			before.set(path, change.kind);
		}
		if (change.kind !== 'removed') after.set(change.item.path, change.kind);
	}
	return { before, after };
}

/** The marks of two networks that are drawn over each other, by path of the union. */
export function marksOfUnion({ root, places }: Pick<UnionTree, 'root' | 'places'>): Marks {
	const marks = new Map<string, Mark>();
	for (const { node, path } of walk(root)) {
		const place = places.get(path);
		const mark = node.kind === 'op' ? place?.mark : place?.joinMark;
		if (mark) marks.set(path, mark);
	}
	return marks;
}

/**
 * What every node shows: an op its own mark; a module the mark that all ops in it share, or that it
 * contains changes.
 */
export function foldMarks(root: ModuleNode, marks: Marks): ReadonlyMap<string, ShownMark> {
	const shown = new Map<string, ShownMark>();
	const visit = (node: ModuleNode, path: string, inherited?: Mark): ShownMark | undefined => {
		if (node.kind === 'op') {
			const mark = inherited ?? marks.get(path);
			if (mark) shown.set(path, mark);
			return mark;
		}
		const own = node.kind === 'sequential' ? marks.get(path) : undefined;
		const join = node.kind === 'branches' ? marks.get(path) : undefined;
		const below = node.children
			.filter((child) => child.kind !== 'op' || child.op.type !== 'identity')
			.map((child) => visit(child, childPath(path, child.name), inherited ?? own));
		const [first] = below;
		const shared = below.every((mark) => mark === first) ? first : 'contains-changes';
		const mark = shared ?? (join && 'contains-changes');
		if (mark) shown.set(path, mark);
		return mark;
	};
	visit(root, '');
	return shown;
}

/** A sign where a change begins, not again on everything in it; a dot for changes out of sight. */
export function badgeOf(part: Part, marks: ReadonlyMap<string, ShownMark>): Mark | null {
	const mark = marks.get(part.path);
	if (mark === undefined) return null;
	if (mark === 'contains-changes') return part.kind === 'box' ? 'changed' : null;
	return part.parent !== null && marks.get(part.parent) === mark ? null : mark;
}
