import { childPath, type ModuleNode } from './module';
import type { Op } from './op';
import { volume, type Shape, type ShapeMap } from './shapes';

/** What a node costs: its own and all its children's. */
export interface Cost {
	/** Learned parameters. BatchNorm counts weight and bias, not its running statistics. */
	readonly params: number;
	/** Multiply-accumulates of convolutions and linear layers; nothing else counts. */
	readonly macs: number;
	/** Bytes written: the float32 outputs of all ops and joins below, identities aside. */
	readonly activationBytes: number;
	/** Ops that run, joins included. */
	readonly opCount: number;
}

export type CostMap = ReadonlyMap<string, Cost>;

export const BYTES_PER_FLOAT32 = 4;

/** The cost of every node, by path, summed up the tree. `shapes` come from `inferShapes`. */
export function computeCosts(root: ModuleNode, shapes: ShapeMap): CostMap {
	const costs = new Map<string, Cost>();
	visit(root, '', shapes, costs);
	return costs;
}

function visit(node: ModuleNode, path: string, shapes: ShapeMap, costs: Map<string, Cost>): Cost {
	const shape = shapes.get(path);
	if (!shape) throw new Error(`No shape is known for "${path}"; run inferShapes on this tree.`);
	let total: Cost;
	if (node.kind === 'op') {
		total = opCost(node.op, shape.output);
	} else {
		total = node.children
			.map((child) => visit(child, childPath(path, child.name), shapes, costs))
			.reduce(addCosts, node.kind === 'branches' ? joinCost(shape.output) : NOTHING);
	}
	costs.set(path, total);
	return total;
}

const NOTHING: Cost = { params: 0, macs: 0, activationBytes: 0, opCount: 0 };

export function addCosts(a: Cost, b: Cost): Cost {
	return {
		params: a.params + b.params,
		macs: a.macs + b.macs,
		activationBytes: a.activationBytes + b.activationBytes,
		opCount: a.opCount + b.opCount
	};
}

function joinCost(output: Shape): Cost {
	return { ...NOTHING, activationBytes: volume(output) * BYTES_PER_FLOAT32, opCount: 1 };
}

function opCost(op: Op, output: Shape): Cost {
	if (op.type === 'identity') return NOTHING;
	return {
		params: opParams(op),
		macs: opMacs(op, output),
		activationBytes: volume(output) * BYTES_PER_FLOAT32,
		opCount: 1
	};
}

/** Learned parameters of one op. */
export function opParams(op: Op): number {
	switch (op.type) {
		case 'conv':
			return (
				op.outChannels * (op.inChannels / op.groups) * op.kernel[0] * op.kernel[1] +
				(op.bias ? op.outChannels : 0)
			);
		case 'linear':
			return op.inFeatures * op.outFeatures + (op.bias ? op.outFeatures : 0);
		case 'batchNorm':
			return 2 * op.channels;
		default:
			return 0;
	}
}

/** Multiply-accumulates of one op: N·Cout·Ho·Wo·(Cin/groups)·kh·kw, or N·in·out. */
export function opMacs(op: Op, output: Shape): number {
	switch (op.type) {
		case 'conv':
			return volume(output) * (op.inChannels / op.groups) * op.kernel[0] * op.kernel[1];
		case 'linear':
			return volume(output) * op.inFeatures;
		default:
			return 0;
	}
}
