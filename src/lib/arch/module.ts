import type { Op } from './op';

/**
 * What a part of the network is for. Colour, letter and legend follow it everywhere (diagram, table,
 * chart). A node without a role takes its nearest ancestor's: see {@link walk}.
 */
export type Role =
	| 'stem'
	| 'stage'
	| 'block'
	| 'token-mixer'
	| 'channel-mixer'
	| 'squeeze-excite'
	| 'downsampling'
	| 'classifier';

export type Join = 'add' | 'mul' | 'mean' | 'concat';

interface NodeBase {
	/** Unique among its siblings; part of the path of everything below it. */
	readonly name: string;
	readonly role?: Role;
}

/** A leaf: one tensor operation. */
export interface OpNode extends NodeBase {
	readonly kind: 'op';
	readonly op: Op;
}

/** Children one after another. */
export interface SequentialNode extends NodeBase {
	readonly kind: 'sequential';
	readonly children: readonly ModuleNode[];
}

/** Children that read the same input, then join into one output. */
export interface BranchesNode extends NodeBase {
	readonly kind: 'branches';
	readonly join: Join;
	readonly children: readonly ModuleNode[];
}

/**
 * A network, or a part of one. What is drawn, counted, emitted and profiled is a fold over this one
 * tree, so a box on the screen and a node in the ONNX file are the same node, found by the same path.
 */
export type ModuleNode = OpNode | SequentialNode | BranchesNode;

export function op(name: string, operation: Op, role?: Role): OpNode {
	return { kind: 'op', name, op: operation, ...(role && { role }) };
}

export function sequential(
	name: string,
	children: readonly ModuleNode[],
	role?: Role
): SequentialNode {
	assertUniqueNames(name, children);
	return { kind: 'sequential', name, children, ...(role && { role }) };
}

export function branches(
	name: string,
	join: Join,
	children: readonly ModuleNode[],
	role?: Role
): BranchesNode {
	assertUniqueNames(name, children);
	return { kind: 'branches', name, join, children, ...(role && { role }) };
}

/** A residual connection: the input is added to what `body` makes of it. */
export function residual(name: string, body: ModuleNode, role?: Role): BranchesNode {
	return branches(name, 'add', [op('skip', { type: 'identity' }), body], role);
}

function assertUniqueNames(parent: string, children: readonly ModuleNode[]): void {
	const seen = new Set<string>();
	for (const child of children) {
		if (child.name === '' || seen.has(child.name)) {
			throw new Error(`"${parent}" has two children named "${child.name}"; paths would clash.`);
		}
		seen.add(child.name);
	}
}

/** The root's path is the empty string; below it names are joined by dots. */
export function childPath(parentPath: string, name: string): string {
	return parentPath === '' ? name : `${parentPath}.${name}`;
}

/** One stop of a walk. */
export interface Visit {
	readonly node: ModuleNode;
	/** For example `stages.2.blocks.5.token_mixer.conv`; the root's is empty. */
	readonly path: string;
	/** The node's own role, or its nearest ancestor's. */
	readonly role: Role | undefined;
	readonly depth: number;
}

/** All nodes in execution order, parents before their children. */
export function* walk(root: ModuleNode): Generator<Visit> {
	yield* walkFrom(root, '', undefined, 0);
}

function* walkFrom(
	node: ModuleNode,
	path: string,
	inherited: Role | undefined,
	depth: number
): Generator<Visit> {
	const role = node.role ?? inherited;
	yield { node, path, role, depth };
	if (node.kind === 'op') return;
	for (const child of node.children) {
		yield* walkFrom(child, childPath(path, child.name), role, depth + 1);
	}
}

/** The leaves in execution order. */
export function* ops(root: ModuleNode): Generator<Visit & { readonly node: OpNode }> {
	for (const visit of walk(root)) {
		if (visit.node.kind === 'op') yield { ...visit, node: visit.node };
	}
}

/** The node at a path, or undefined where there is none. */
export function nodeAt(root: ModuleNode, path: string): ModuleNode | undefined {
	if (path === '') return root;
	let node: ModuleNode | undefined = root;
	for (const name of path.split('.')) {
		if (node === undefined || node.kind === 'op') return undefined;
		node = node.children.find((child) => child.name === name);
	}
	return node;
}
