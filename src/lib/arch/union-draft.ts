import type { Entry } from './matching/tree-index';
import { branches, childPath, op, sequential, type ModuleNode } from './module';

/** What a place in the union of two networks is. */
export type UnionMark = 'added' | 'removed' | 'moved' | 'moved-from' | 'changed';

/** A node of the union while it is put together. */
export interface Draft {
	name: string;
	readonly node: ModuleNode;
	readonly before: Entry | null;
	readonly after: Entry | null;
	/** An op's own; that of a branches node's join. */
	readonly mark: UnionMark | null;
	parent: Draft | null;
	readonly children: Draft[];
}

export function newDraft(fields: Pick<Draft, 'node' | 'before' | 'after' | 'mark'>): Draft {
	return { ...fields, name: fields.node.name, parent: null, children: [] };
}

/** Puts a draft among the children of another, under a name that is free there. */
export function insertChild(parent: Draft, index: number, child: Draft): void {
	child.parent = parent;
	const taken = new Set(parent.children.map(({ name }) => name));
	// A leading 0 leaves a number the number it is: the fourth block is still called the fourth.
	while (taken.has(child.name)) child.name = `0${child.name}`;
	parent.children.splice(index, 0, child);
}

/** Puts `child` where `old` is. */
export function replaceChild(old: Draft, child: Draft): void {
	const parent = old.parent!;
	const index = parent.children.indexOf(old);
	parent.children.splice(index, 1);
	old.parent = null;
	insertChild(parent, index, child);
}

/**
 * Puts what stood at `position` of the earlier network right behind or ahead of an op: among the
 * children of `host`, if that op is in it, unless what holds the op there also holds ops from the other
 * side of it. Never among branches: it is no branch.
 */
export function insertBeside(
	anchor: Draft,
	child: Draft,
	{
		isBehind,
		position,
		host
	}: {
		readonly isBehind: boolean;
		readonly position: number;
		readonly host: Draft | undefined;
	}
): void {
	const holdsOtherSide = (draft: Draft) =>
		positionsIn(draft).some((at) => (isBehind ? at > position : at < position));
	const isInHost = host !== undefined && isIn(anchor, host);
	let at = anchor;
	while (at.parent !== null) {
		const { parent } = at;
		const isHeld = parent === host || !isInHost || holdsOtherSide(parent);
		if (parent.node.kind === 'branches') {
			if (isHeld && at.node.kind === 'sequential') {
				insertChild(at, isBehind ? at.children.length : 0, child);
				return;
			}
		} else if (isHeld) break;
		at = parent;
	}
	const { parent } = at;
	if (parent === null) insertChild(at, isBehind ? at.children.length : 0, child);
	else insertChild(parent, parent.children.indexOf(at) + Number(isBehind), child);
}

function isIn(draft: Draft, outer: Draft): boolean {
	for (let at: Draft | null = draft; at !== null; at = at.parent) if (at === outer) return true;
	return false;
}

/** Places in the earlier network of the ops that stand where they stood there. */
function positionsIn({ node, before, mark, children }: Draft): number[] {
	if (node.kind !== 'op') return children.flatMap(positionsIn);
	return before?.item && mark !== 'moved' ? [before.position] : [];
}

/** The finished tree; `visit` is told of each draft and its path, parents first. */
export function finish(
	draft: Draft,
	visit: (draft: Draft, path: string) => void,
	path = ''
): ModuleNode {
	visit(draft, path);
	const { name, node } = draft;
	if (node.kind === 'op') return op(name, node.op, node.role);
	const children = draft.children.map((child) => finish(child, visit, childPath(path, child.name)));
	return node.kind === 'sequential'
		? sequential(name, children, node.role)
		: branches(name, node.join, children, node.role);
}
