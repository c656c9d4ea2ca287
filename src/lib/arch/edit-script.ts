import { groupBy } from './group-by';
import { matchTrees, type TreeMatching } from './matching/match-trees';
import { compareTrees, heaviestIncreasing } from './matching/order';
import { indexTree, type Entry, type TreeIndex } from './matching/tree-index';
import { childPath, nodeAt, type Join, type ModuleNode, type Role } from './module';
import type { Op } from './op';

/** A node without its children. */
export type BareNode =
	| { readonly kind: 'op'; readonly name: string; readonly role?: Role; readonly op: Op }
	| { readonly kind: 'sequential'; readonly name: string; readonly role?: Role }
	| {
			readonly kind: 'branches';
			readonly name: string;
			readonly role?: Role;
			readonly join: Join;
	  };

/** Where a node stands: its path, and its place among its siblings, from 0. */
export interface Spot {
	readonly path: string;
	readonly index: number;
}

/**
 * One step from one tree to another. All steps of a script are taken at once: paths and places of what
 * goes (`remove`, `before`) are those of the earlier tree, of what comes (`add`, `after`) those of the
 * later one. A node that is added or moved brings no children; they are added and moved by steps of
 * their own, or stay with it.
 */
export type Edit =
	| { readonly kind: 'remove'; readonly at: Spot; readonly node: BareNode }
	| { readonly kind: 'add'; readonly at: Spot; readonly node: BareNode }
	/** To another parent, or past a sibling. */
	| { readonly kind: 'move'; readonly before: Spot; readonly after: Spot }
	/** Another name, role, operation or join; where it stands is not told here. */
	| { readonly kind: 'change'; readonly before: BareAt; readonly after: BareAt };

interface BareAt {
	readonly path: string;
	readonly node: BareNode;
}

/**
 * The steps that make `b` of `a`: every node that one of them lacks, that stands elsewhere or that is not
 * the same. Unlike `diffTrees`, which tells a story of ops, it leaves nothing out. The script of the two
 * trees swapped holds the same steps turned round.
 */
export function editScript(
	a: ModuleNode,
	b: ModuleNode,
	matching: TreeMatching = matchTrees(a, b)
): Edit[] {
	const [before, after] = [indexTree(a), indexTree(b)];
	const staying = stayingEntries(before, after, matching, compareTrees(a, b) > 0);
	const edits: Edit[] = [];
	for (const entry of before.entries) {
		if (!matching.toAfter.has(entry.path)) {
			edits.push({ kind: 'remove', at: spotOf(entry), node: bare(entry.node) });
		}
	}
	for (const entry of after.entries) {
		const oldPath = matching.toBefore.get(entry.path);
		const old = oldPath === undefined ? undefined : before.byPath.get(oldPath);
		if (old === undefined) {
			edits.push({ kind: 'add', at: spotOf(entry), node: bare(entry.node) });
			continue;
		}
		if (!staying.has(entry)) {
			edits.push({ kind: 'move', before: spotOf(old), after: spotOf(entry) });
		}
		const [was, is] = [bare(old.node), bare(entry.node)];
		if (JSON.stringify(was) !== JSON.stringify(is)) {
			edits.push({
				kind: 'change',
				before: { path: old.path, node: was },
				after: { path: entry.path, node: is }
			});
		}
	}
	return edits;
}

function spotOf({ path, index }: Entry): Spot {
	return { path, index };
}

function bare(node: ModuleNode): BareNode {
	const { name, role } = node;
	const shared = { name, ...(role && { role }) };
	switch (node.kind) {
		case 'op':
			return { kind: node.kind, ...shared, op: node.op };
		case 'sequential':
			return { kind: node.kind, ...shared };
		case 'branches':
			return { kind: node.kind, ...shared, join: node.join };
	}
}

/** Entries of the later tree that keep their parent and their order: of two that swap, the greater one. */
function stayingEntries(
	before: TreeIndex,
	after: TreeIndex,
	{ toBefore }: TreeMatching,
	isTurned: boolean
): ReadonlySet<Entry> {
	const oldOf = (entry: Entry): Entry | undefined => {
		const path = toBefore.get(entry.path);
		return path === undefined ? undefined : before.byPath.get(path);
	};
	const staying = new Set<Entry>();
	if (oldOf(after.root) === before.root) staying.add(after.root);
	for (const parent of after.entries) {
		const oldParent = oldOf(parent);
		if (oldParent === undefined) continue;
		const pairs = parent.children.flatMap((entry) => {
			const old = oldOf(entry);
			return old?.parent === oldParent ? [{ entry, old }] : [];
		});
		const row = isTurned ? [...pairs].sort((x, y) => x.old.index - y.old.index) : pairs;
		const kept = heaviestIncreasing(
			row.map(({ entry, old }) => (isTurned ? entry : old).index),
			row.map(({ entry, old }) => sizeOf(entry) + sizeOf(old))
		);
		row.forEach(({ entry }, index) => {
			if (kept.has(index)) staying.add(entry);
		});
	}
	return staying;
}

function sizeOf({ children }: Entry): number {
	return children.reduce((size, child) => size + sizeOf(child), 1);
}

/**
 * Takes the steps of a script, all at once: in every module what is added or moved there stands at its
 * place, and what stays fills the places between in the order it had.
 * @throws if a step does not fit the tree
 */
export function applyEdits(root: ModuleNode, edits: readonly Edit[]): ModuleNode {
	const leaving = new Set<string>();
	const changed = new Map<string, BareNode>();
	const arrivals: Arrival[] = [];
	for (const edit of edits) {
		switch (edit.kind) {
			case 'remove':
				leaving.add(edit.at.path);
				break;
			case 'add':
				arrivals.push({ to: edit.at, from: null, node: edit.node });
				break;
			case 'move':
				leaving.add(edit.before.path);
				arrivals.push({ to: edit.after, from: edit.before.path, node: null });
				break;
			case 'change':
				changed.set(edit.before.path, edit.after.node);
		}
	}
	for (const path of [...leaving, ...changed.keys()]) {
		if (!nodeAt(root, path)) throw new Error(`There is no "${path}" to change.`);
	}
	const arriving = groupBy(arrivals, ({ to }) => parentPath(to.path));

	let arrived = 0;
	/** The node now at `path`; `old` with the path it had, or null for one that is new. */
	const build = (node: BareNode | ModuleNode, oldPath: string | null, path: string): ModuleNode => {
		const own = (oldPath === null ? undefined : changed.get(oldPath)) ?? node;
		if (own.kind === 'op') return own;
		const stays =
			oldPath === null || !('children' in node)
				? []
				: node.children
						.map((child) => ({ child, childOldPath: childPath(oldPath, child.name) }))
						.filter(({ childOldPath }) => !leaving.has(childOldPath))
						.map(({ child, childOldPath }) => {
							const name = changed.get(childOldPath)?.name ?? child.name;
							return build(child, childOldPath, childPath(path, name));
						});
		const comes = arriving.get(path) ?? [];
		return { ...own, children: merged(stays, comes.map(arrive)) };
	};
	const arrive = ({ to, from, node }: Arrival) => {
		arrived++;
		const moved = from === null ? node : nodeAt(root, from);
		return { index: to.index, child: build(moved!, from, to.path) };
	};
	const [newRoot] = arriving.get(null) ?? [];
	const edited = newRoot ? arrive(newRoot).child : build(root, '', '');
	if (arrived !== arrivals.length) throw new Error('A part has no module to go to.');
	return edited;
}

/** Something that is added, or that comes from a path of the earlier tree. */
interface Arrival {
	readonly to: Spot;
	readonly from: string | null;
	readonly node: BareNode | null;
}

/** Null for the root's. */
function parentPath(path: string): string | null {
	if (path === '') return null;
	return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

function merged(
	stays: readonly ModuleNode[],
	comes: readonly { readonly index: number; readonly child: ModuleNode }[]
): ModuleNode[] {
	const size = stays.length + comes.length;
	const children = new Array<ModuleNode | undefined>(size);
	for (const { index, child } of comes) {
		if (index >= size || children[index]) throw new Error(`"${child.name}" finds no place.`);
		children[index] = child;
	}
	const rest = stays.values();
	return Array.from(children, (child) => child ?? rest.next().value!);
}
