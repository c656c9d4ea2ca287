import { childPath, nodeAt, walk, type ModuleNode, type Role } from '../../arch/module';
import { hasNorms, normedOp, soleOp } from './sole-op';

/** A node with its path and the role it has or inherits. */
export interface Located {
	readonly node: ModuleNode;
	readonly path: string;
	readonly role: Role | undefined;
}

/** A module without a role only groups: it is drawn as its inside, always, and is no stop. */
export function isGrouping(node: ModuleNode): boolean {
	return node.kind !== 'op' && node.role === undefined && normedOp(node) === null;
}

/** Whether there is an inside to show. */
export function isOpenable(located: Located): boolean {
	return !isGrouping(located.node) && located.node.kind !== 'op' && soleOp(located) === null;
}

/** Children as drawn: groupings are replaced by what is in them. */
export function visibleChildren({ node, path, role }: Located): Located[] {
	if (node.kind === 'op') return [];
	return node.children.flatMap((child) => {
		const located = { node: child, path: childPath(path, child.name), role: child.role ?? role };
		return isGrouping(child) ? visibleChildren(located) : [located];
	});
}

/**
 * Paths to open so that `depth` levels show their inside: 0 is stages closed, 1 shows their blocks,
 * 2 mixers, Infinity every op, norms apart from their convolutions.
 */
export function defaultOpen(root: ModuleNode, depth: number): Set<string> {
	const open = new Set<string>();
	const visit = (located: Located, remaining: number): void => {
		if (remaining <= 0) return;
		for (const child of visibleChildren(located)) {
			const sole = soleOp(child);
			if (sole !== null && hasNorms(sole) && remaining === Infinity) open.add(sole.paths.at(-1)!);
			if (!isOpenable(child)) continue;
			open.add(child.path);
			visit(child, remaining - 1);
		}
	};
	visit({ node: root, path: '', role: root.role }, depth);
	return open;
}

/** The same for the part at `focus`: paths from the root. None where there is no such part. */
export function openBelow(root: ModuleNode, focus: string, depth: number): Set<string> {
	const node = nodeAt(root, focus);
	if (node === undefined) return new Set();
	return new Set([...defaultOpen(node, depth)].map((path) => childPath(focus, path)));
}

/** The parallel branches that a module is about, the bare input among them; else empty. */
export function parallelBranches({ node, path, role }: Located): Located[] {
	if (node.kind === 'op') return [];
	const children = node.children.map((child) => ({
		node: child,
		path: childPath(path, child.name),
		role: child.role ?? role
	}));
	const others = children.filter((child) => !isIdentity(child.node));
	if (node.kind === 'branches' && others.length > 1) return children;
	const inside = others.filter((child) => isGrouping(child.node)).map(parallelBranches);
	return inside.find((branches) => branches.length > 0) ?? [];
}

export function isIdentity(node: ModuleNode): boolean {
	return node.kind === 'op' && node.op.type === 'identity';
}

/** What a closed block is worth telling. */
export interface BlockFacts {
	readonly hasSqueezeExcite: boolean;
	/** Side of its largest kernel. */
	readonly kernel: number;
	/** Whether that kernel is depthwise. */
	readonly isDepthwise: boolean;
}

/** Looks through a module for its largest kernel and for squeeze-and-excitation. */
export function blockFacts(node: ModuleNode): BlockFacts {
	let hasSqueezeExcite = false;
	let kernel = 1;
	let isDepthwise = false;
	for (const { node: part, role } of walk(node)) {
		if (role === 'squeeze-excite') hasSqueezeExcite = true;
		if (part.kind !== 'op' || part.op.type !== 'conv') continue;
		const side = Math.max(...part.op.kernel);
		if (side <= kernel) continue;
		kernel = side;
		isDepthwise = part.op.groups > 1;
	}
	return { hasSqueezeExcite, kernel, isDepthwise };
}
