import { childPath, type ModuleNode, type Role } from '../module';
import { itemOf, type Item } from './items';

/** A node of a tree with what matching asks about it. */
export interface Entry {
	readonly node: ModuleNode;
	readonly path: string;
	/** The node's own role, or its nearest ancestor's. */
	readonly role: Role | undefined;
	readonly parent: Entry | null;
	/** Place among its siblings. */
	readonly index: number;
	/** Place in execution order, parents before their children. */
	readonly position: number;
	/** Outermost stem, block, downsampling layer or classifier that it is or is in. */
	readonly unit: Entry | null;
	/** What differences are told in, if it is such a thing. */
	readonly item: Item | null;
	readonly children: readonly Entry[];
}

/** A tree, ready to be looked up. */
export interface TreeIndex {
	readonly root: Entry;
	/** In execution order. */
	readonly entries: readonly Entry[];
	readonly byPath: ReadonlyMap<string, Entry>;
}

const UNIT_ROLES: ReadonlySet<Role | undefined> = new Set([
	'stem',
	'downsampling',
	'block',
	'classifier'
]);

/** Trees are immutable, so an index holds as long as its tree does. */
const known = new WeakMap<ModuleNode, TreeIndex>();

/** Looks through a tree once. Remembered by the tree's root. */
export function indexTree(root: ModuleNode): TreeIndex {
	const found = known.get(root) ?? newIndex(root);
	known.set(root, found);
	return found;
}

function newIndex(root: ModuleNode): TreeIndex {
	const entries: Entry[] = [];
	const visit = (node: ModuleNode, parent: Entry | null, index: number): Entry => {
		const path = parent === null ? '' : childPath(parent.path, node.name);
		const role = node.role ?? parent?.role;
		const isUnit = parent?.unit == null && UNIT_ROLES.has(node.role);
		const unitPath = isUnit ? path : (parent?.unit?.path ?? '');
		const children: Entry[] = [];
		const entry: { -readonly [K in keyof Entry]: Entry[K] } = {
			node,
			path,
			role,
			parent,
			index,
			position: entries.length,
			unit: parent?.unit ?? null,
			item: itemOf(node, { path, role, unit: unitPath }),
			children
		};
		if (isUnit) entry.unit = entry;
		entries.push(entry);
		if (node.kind !== 'op') {
			node.children.forEach((child, place) => children.push(visit(child, entry, place)));
		}
		return entry;
	};
	const rootEntry = visit(root, null, 0);
	const byPath = new Map<string, Entry>();
	for (const entry of entries) byPath.set(entry.path, entry);
	return { root: rootEntry, entries, byPath };
}

/** The ops in and under an entry, bare lines left out, in execution order. */
export function opsIn(entry: Entry): Entry[] {
	if (entry.node.kind === 'op') return entry.item === null ? [] : [entry];
	return entry.children.flatMap(opsIn);
}
