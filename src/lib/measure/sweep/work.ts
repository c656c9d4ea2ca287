import { analyseDesign } from '../../arch/analysis';
import { opMacs } from '../../arch/cost';
import type { Design } from '../../arch/design';
import { walk, type ModuleNode } from '../../arch/module';
import { isDepthwise, type Op } from '../../arch/op';
import { volume, type Shape } from '../../arch/shapes';

/** The kinds of work that have a price each (METHODOLOGY 14.2). */
export const WORK_KINDS = [
	/** MACs of dense convolutions over a map. */
	'dense',
	/** MACs of depthwise convolutions. */
	'depthwise',
	/** MACs on a single position: linear layers and squeeze-and-excitation, a read of their weights. */
	'matrixVector',
	/** Elements through an activation that no kernel takes along for nothing, by kind. */
	'gelu',
	'hardSwish',
	/** Elements read by joins and pooling. */
	'elements',
	/** Operations of any kind: the price of a call. */
	'calls'
] as const;

type WorkKind = (typeof WORK_KINDS)[number];

const known = new WeakMap<Design, readonly number[]>();

/** How much of each kind of work a design is, in the order of {@link WORK_KINDS}. */
export function workOf(design: Design): readonly number[] {
	const found = known.get(design);
	if (found) return found;
	const work = nothing();
	for (const { kind, amount } of partsOf(design)) {
		work[kind] += amount;
		if (kind !== 'calls') work.calls++;
	}
	const amounts = WORK_KINDS.map((kind) => work[kind]);
	known.set(design, amounts);
	return amounts;
}

/**
 * What each kind of work takes in a profile of a design, in the order of {@link WORK_KINDS}.
 * @param timesMs milliseconds by path in the design's tree
 */
export function timesOfWork(design: Design, timesMs: ReadonlyMap<string, number>): number[] {
	const times = nothing();
	for (const { path, kind } of partsOf(design)) times[kind] += timesMs.get(path) ?? 0;
	return WORK_KINDS.map((kind) => times[kind]);
}

function nothing(): Record<WorkKind, number> {
	return {
		dense: 0,
		depthwise: 0,
		matrixVector: 0,
		gelu: 0,
		hardSwish: 0,
		elements: 0,
		calls: 0
	};
}

interface Part {
	readonly path: string;
	/** `calls` where nothing but the call has a price. */
	readonly kind: WorkKind;
	readonly amount: number;
}

/** Everything of a design that the runtime is called for. */
function* partsOf(design: Design): Generator<Part> {
	const { root, shapes } = analyseDesign(design);
	for (const { node, path } of walk(root)) {
		const work = workOfNode(node, shapes.get(path)!);
		if (work) yield { path, ...work };
	}
}

function workOfNode(
	node: ModuleNode,
	{ input, output }: { readonly input: Shape; readonly output: Shape }
): Omit<Part, 'path'> | null {
	if (node.kind === 'sequential') return null;
	if (node.kind === 'branches') {
		return { kind: 'elements', amount: volume(output) * node.children.length };
	}
	const { op } = node;
	switch (op.type) {
		case 'identity':
			return null;
		case 'conv':
		case 'linear':
			return { kind: macKind(op, output), amount: opMacs(op, output) };
		case 'gelu':
		case 'hardSwish':
			return { kind: op.type, amount: volume(output) };
		case 'globalAvgPool':
			return { kind: 'elements', amount: volume(input) };
		default:
			// The runtime takes BatchNorm, ReLU and sigmoid along with the convolution before them.
			return { kind: 'calls', amount: 1 };
	}
}

function macKind(op: Op, output: Shape): 'dense' | 'depthwise' | 'matrixVector' {
	if (isDepthwise(op)) return 'depthwise';
	const positions = output.slice(2).reduce((product, side) => product * side, 1);
	return positions === 1 ? 'matrixVector' : 'dense';
}
