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
	const { root, shapes } = analyseDesign(design);
	const work: Record<WorkKind, number> = {
		dense: 0,
		depthwise: 0,
		matrixVector: 0,
		gelu: 0,
		hardSwish: 0,
		elements: 0,
		calls: 0
	};
	for (const { node, path } of walk(root)) addWork(work, node, shapes.get(path)!);
	const amounts = WORK_KINDS.map((kind) => work[kind]);
	known.set(design, amounts);
	return amounts;
}

function addWork(
	work: Record<WorkKind, number>,
	node: ModuleNode,
	{ input, output }: { readonly input: Shape; readonly output: Shape }
): void {
	if (node.kind === 'sequential') return;
	if (node.kind === 'branches') {
		work.elements += volume(output) * node.children.length;
		work.calls++;
		return;
	}
	const { op } = node;
	if (op.type === 'identity') return;
	work.calls++;
	switch (op.type) {
		case 'conv':
		case 'linear':
			work[macKind(op, output)] += opMacs(op, output);
			return;
		case 'gelu':
		case 'hardSwish':
			work[op.type] += volume(output);
			return;
		case 'globalAvgPool':
			work.elements += volume(input);
			return;
		default:
			// The runtime takes BatchNorm, ReLU and sigmoid along with the convolution before them.
			return;
	}
}

function macKind(op: Op, output: Shape): 'dense' | 'depthwise' | 'matrixVector' {
	if (isDepthwise(op)) return 'depthwise';
	const positions = output.slice(2).reduce((product, side) => product * side, 1);
	return positions === 1 ? 'matrixVector' : 'dense';
}
