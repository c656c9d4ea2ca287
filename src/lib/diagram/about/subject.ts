import { childPath, nodeAt, type Join, type ModuleNode, type OpNode } from '../../arch/module';
import { normedOp, soleOp } from '../layout/sole-op';
import { isGrouping, visibleChildren, type Located } from '../layout/visible';

/** What a panel is about: a node and its place in the network. */
export interface Subject extends Located {
	/** Parts around it, from the outside in; the network itself is not among them. */
	readonly around: readonly Located[];
	/** What is drawn in it, in execution order. */
	readonly inside: readonly Located[];
	/**
	 * The ops whose attributes, formula, weights and operators are told: its own, or those of the row
	 * that it is drawn as. None for a module of several.
	 */
	readonly ops: readonly OpAt[];
	/** Where its branches meet, and those of what is drawn as its inside. */
	readonly joins: readonly JoinAt[];
}

/** A join and the path of its branches. */
export interface JoinAt {
	readonly join: Join;
	readonly path: string;
}

/** An op and its path. */
export interface OpAt {
	readonly node: OpNode;
	readonly path: string;
}

/** Undefined where there is no such node. */
export function subjectAt(root: ModuleNode, path: string): Subject | undefined {
	const way = wayTo(root, path);
	const own = way.at(-1);
	if (own === undefined) return undefined;
	return {
		...own,
		around: way.slice(1, -1).filter(({ node }) => !isGrouping(node)),
		inside: visibleChildren(own),
		ops: opsOf(own),
		joins: joinsOf(own.node, path)
	};
}

/** The node and everything around it, from the root down; empty where there is no such node. */
export function wayTo(root: ModuleNode, path: string): readonly Located[] {
	if (nodeAt(root, path) === undefined) return [];
	const names = path === '' ? [] : path.split('.');
	let role = root.role;
	return [0, ...names.map((_, index) => index + 1)].map((length) => {
		const inner = names.slice(0, length).join('.');
		const node = nodeAt(root, inner)!;
		role = node.role ?? role;
		return { node, path: inner, role };
	});
}

function opsOf({ node, path }: Located): readonly OpAt[] {
	const sole = soleOp({ node, path });
	if (sole === null) return [];
	if (node.kind === 'op') return [{ node, path }];
	const last = sole.paths.at(-1)!;
	const row = nodeAt(node, last.slice(path === '' ? 0 : path.length + 1))!;
	if (row.kind === 'op') return [{ node: row, path: last }];
	const normed = normedOp(row)!;
	return [...normed.before, normed.op, ...normed.behind].map((op) => ({
		node: op,
		path: childPath(last, op.name)
	}));
}

function joinsOf(node: ModuleNode, path: string): readonly JoinAt[] {
	if (node.kind === 'op') return [];
	const inside = node.children
		.filter(isGrouping)
		.flatMap((child) => joinsOf(child, childPath(path, child.name)));
	return node.kind === 'branches' ? [...inside, { join: node.join, path }] : inside;
}
