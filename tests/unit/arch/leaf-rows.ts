import { computeCosts } from '$lib/arch/cost';
import { childPath, type ModuleNode } from '$lib/arch/module';
import { inferShapes, type Shape } from '$lib/arch/shapes';

/** One row of a reference layer table. */
export interface ReferenceRow {
	op: string;
	out: number[];
	params: number;
	macs: number;
	inputs: number[];
	cin?: number;
	cout?: number;
	k?: number[];
	stride?: number[];
	pad?: number[];
	groups?: number;
	bias?: boolean;
}

export interface LeafRow {
	kind: string;
	out: Shape;
	params: number;
	macs: number;
	/** Rows that feed this one; -1 is the network's input. */
	inputs: number[];
}

/** A tree as a list of ops and joins in execution order, with its data flow. Views are skipped. */
export function leafRows(root: ModuleNode, input: Shape): LeafRow[] {
	const shapes = inferShapes(root, input);
	const costs = computeCosts(root, shapes);
	const rows: LeafRow[] = [];

	const visit = (node: ModuleNode, path: string, source: number): number => {
		const out = shapes.get(path)!.output;
		if (node.kind === 'sequential') {
			return node.children.reduce(
				(from, child) => visit(child, childPath(path, child.name), from),
				source
			);
		}
		if (node.kind === 'branches') {
			const inputs = node.children
				.map((child) => visit(child, childPath(path, child.name), source))
				.sort((a, b) => a - b);
			return rows.push({ kind: node.join, out, params: 0, macs: 0, inputs }) - 1;
		}
		const { op } = node;
		if (op.type === 'identity' || op.type === 'flatten') return source;
		const { params, macs } = costs.get(path)!;
		const row = {
			kind: op.type,
			out: op.type === 'globalAvgPool' ? out.slice(0, 2) : out,
			params,
			macs,
			inputs: [source],
			...(op.type === 'conv' && {
				channels: [op.inChannels, op.outChannels],
				kernel: [...op.kernel],
				stride: [...op.stride],
				padding: [...op.padding],
				groups: op.groups,
				bias: op.bias
			})
		};
		return rows.push(row) - 1;
	};
	visit(root, '', -1);
	return rows;
}
