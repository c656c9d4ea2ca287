import { childPath, type ModuleNode, type OpNode } from '../../arch/module';

/** An op and the BatchNorms in one row with it. */
export interface NormedOp {
	readonly op: OpNode;
	readonly before: readonly OpNode[];
	readonly behind: readonly OpNode[];
}

/** A row of a convolution or a linear layer and BatchNorms alone, which reads as one op; else null. */
export function normedOp(node: ModuleNode): NormedOp | null {
	if (node.kind !== 'sequential' || node.children.length < 2) return null;
	const row = node.children.filter((child) => child.kind === 'op');
	const place = row.findIndex(({ op: { type } }) => type === 'conv' || type === 'linear');
	const norms = row.filter(({ op: { type } }) => type === 'batchNorm');
	const op = row[place];
	if (op === undefined || norms.length !== node.children.length - 1) return null;
	return { op, before: norms.slice(0, place), behind: norms.slice(place) };
}

/** Paths of the norms that are drawn with an op. */
export interface NormPaths {
	readonly before: readonly string[];
	readonly behind: readonly string[];
}

export const NO_NORMS: NormPaths = { before: [], behind: [] };

/** The one op that a module is about. */
export interface SoleOp {
	readonly op: OpNode;
	/** The way down to it; where norms are drawn with it, to the row that holds them all. */
	readonly paths: readonly string[];
	readonly norms: NormPaths;
}

/** A module around a single op, norms aside, is drawn as that op: what it is, or null. */
export function soleOp({
	node,
	path
}: {
	readonly node: ModuleNode;
	readonly path: string;
}): SoleOp | null {
	const paths = [path];
	while (node.kind !== 'op') {
		const normed = normedOp(node);
		if (normed) {
			const row = path;
			const pathsOf = (norms: readonly OpNode[]) => norms.map(({ name }) => childPath(row, name));
			const norms = { before: pathsOf(normed.before), behind: pathsOf(normed.behind) };
			return { op: normed.op, paths, norms };
		}
		const [only, second] = node.children;
		if (only === undefined || second !== undefined) return null;
		path = childPath(path, only.name);
		paths.push(path);
		node = only;
	}
	return { op: node, paths, norms: NO_NORMS };
}

/** Whether norms are drawn with the op: then the row can be shown op by op as well. */
export function hasNorms({ norms }: SoleOp): boolean {
	return norms.before.length + norms.behind.length > 0;
}
