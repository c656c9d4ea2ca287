import { readFileSync } from 'node:fs';
import { computeCosts } from '$lib/arch/cost';
import { childPath, type ModuleNode } from '$lib/arch/module';
import { inferShapes, type Shape } from '$lib/arch/shapes';

/** One row of a reference layer table. */
interface ReferenceRow {
	op: string;
	module: string;
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
	eps?: number;
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
			}),
			...(op.type === 'batchNorm' && { epsilon: op.epsilon })
		};
		return rows.push(row) - 1;
	};
	visit(root, '', -1);
	return rows;
}

/** A layer table that was made outside this project, in the words of {@link leafRows}. */
export function referenceRows(file: string, form: 'deploy' | 'train'): LeafRow[] {
	const url = new URL(`../../reference/layers/${file}.json`, import.meta.url);
	const table = JSON.parse(readFileSync(url, 'utf8')) as Record<
		typeof form,
		{ rows: ReferenceRow[] }
	>;
	return joinSums(table[form].rows).map(normaliseReference);
}

/** The file of a network of the family. */
export function referenceFile({ name }: { readonly name: string }): string {
	return name === 'mobilenetv3-large'
		? 'torchvision_mobilenet_v3_large'
		: `official_${name.replace(/[-.]/g, '_')}`;
}

/**
 * PyTorch adds two at a time, and averages by adding and dividing; here that is one join. Sums that
 * go on within one module become one row, and so does a sum that is then divided.
 */
function joinSums(rows: readonly ReferenceRow[]): ReferenceRow[] {
	const joined: ReferenceRow[] = [];
	/** Where a row of the table has gone to. */
	const placeOf = new Map([[-1, -1]]);
	rows.forEach((row, index) => {
		const last = joined.at(-1);
		const goesOn =
			last?.op === 'add' &&
			last.module === row.module &&
			row.inputs.includes(index - 1) &&
			(row.op === 'add' || row.op === 'div');
		const inputs = row.inputs
			.filter((input) => !goesOn || input !== index - 1)
			.map((input) => placeOf.get(input)!);
		if (goesOn) {
			joined.pop();
			inputs.push(...last.inputs);
		}
		const op = goesOn && row.op === 'div' ? 'mean-of-branches' : row.op;
		placeOf.set(index, joined.push({ ...row, op, inputs }) - 1);
	});
	return joined;
}

/** The reference's names for what this project calls otherwise; all else is compared as it stands. */
const KINDS: Readonly<Record<string, string>> = {
	convolution: 'conv',
	addmm: 'linear',
	native_batch_norm: 'batchNorm',
	mean: 'globalAvgPool',
	'mean-of-branches': 'mean',
	adaptive_avg_pool2d: 'globalAvgPool',
	_adaptive_avg_pool2d: 'globalAvgPool',
	relu_: 'relu',
	hardswish_: 'hardSwish',
	hardswish: 'hardSwish',
	hardsigmoid: 'hardSigmoid',
	add_: 'add'
};

function normaliseReference(row: ReferenceRow): LeafRow {
	const kind = KINDS[row.op] ?? row.op;
	return {
		kind,
		out: kind === 'globalAvgPool' ? row.out.slice(0, 2) : row.out,
		params: row.params,
		macs: row.macs,
		// Joins are commutative: the order of what they read says nothing.
		inputs: row.inputs.toSorted((a, b) => a - b),
		...(kind === 'conv' && {
			channels: [row.cin, row.cout],
			kernel: row.k,
			stride: row.stride,
			padding: row.pad,
			groups: row.groups,
			bias: row.bias
		}),
		...(kind === 'batchNorm' && { epsilon: row.eps })
	};
}
