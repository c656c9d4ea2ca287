import { childPath, type BranchesNode, type Join, type ModuleNode } from '../arch/module';
import { inferShapes, type Shape, type ShapeMap } from '../arch/shapes';
import { GraphBuilder, type Lowering } from './graph-builder';
import type { ParameterWriter } from './parameters';

/** The names of a network's input and output in every file. */
export const INPUT_NAME = 'input';
export const OUTPUT_NAME = 'logits';

/** A graph, and the shape of what it gives: all sizes are fixed. */
export interface TreeGraph {
	readonly builder: GraphBuilder;
	readonly outputShape: Shape;
}

interface Context {
	readonly builder: GraphBuilder;
	readonly shapes: ShapeMap;
	readonly lower: Lowering;
}

/**
 * Writes a module tree as a graph. A node's name is its path in the tree, and so is the name of the
 * value it gives; a join's is the path of its `branches`. Sequential nodes and identities leave no
 * trace, but for an identity that would make the network's output its input.
 * @throws {ShapeError} where shapes do not fit
 */
export function treeToGraph({
	root,
	inputShape,
	lower,
	nameOf,
	inputName = INPUT_NAME,
	outputName = OUTPUT_NAME
}: {
	readonly root: ModuleNode;
	readonly inputShape: Shape;
	readonly lower: Lowering;
	readonly nameOf: ParameterWriter['nameOf'];
	/** Names of the values that the tree itself reads and gives. */
	readonly inputName?: string;
	readonly outputName?: string;
}): TreeGraph {
	const builder = new GraphBuilder(nameOf);
	const shapes = inferShapes(root, inputShape);
	const last = visit(root, '', inputName, outputName, { builder, shapes, lower });
	if (last !== outputName) {
		builder.add({
			name: outputName,
			opType: 'Identity',
			inputs: [last],
			outputs: [outputName]
		});
	}
	return { builder, outputShape: shapes.get('')!.output };
}

/**
 * @returns the name of the value that holds the node's output: `output`, or one that was there
 * before
 */
function visit(
	node: ModuleNode,
	path: string,
	input: string,
	output: string,
	context: Context
): string {
	switch (node.kind) {
		case 'op': {
			if (node.op.type === 'identity') return input;
			const { builder, shapes, lower } = context;
			const inputShape = shapes.get(path)!.input;
			lower({ op: node.op, path: path || node.name, input, output, inputShape }, builder);
			return output;
		}
		case 'sequential':
			return node.children.reduce((current, child, index) => {
				const isLast = index === node.children.length - 1;
				const inner = childPath(path, child.name);
				return visit(child, inner, current, isLast ? output : inner, context);
			}, input);
		case 'branches': {
			const values = node.children.map((child) => {
				const inner = childPath(path, child.name);
				return visit(child, inner, input, inner, context);
			});
			addJoin(node, path || node.name, values, output, context.builder);
			return output;
		}
	}
}

const JOIN_OPERATOR: Readonly<Record<Join, string>> = {
	add: 'Add',
	mul: 'Mul',
	mean: 'Mean',
	concat: 'Concat'
};

/**
 * Adds a join under the path of its branches. Sums and products take two at a time, since runtimes
 * fuse `Add` into a convolution but not `Sum`: with three branches, the first two are joined under
 * the path with `#1` behind it.
 */
function addJoin(
	{ join }: BranchesNode,
	path: string,
	values: readonly string[],
	output: string,
	builder: GraphBuilder
): void {
	const opType = JOIN_OPERATOR[join];
	if (join === 'mean' || join === 'concat') {
		const attributes =
			join === 'concat' ? [{ name: 'axis', kind: 'int', value: 1 } as const] : undefined;
		builder.add({ name: path, opType, inputs: values, outputs: [output], attributes });
		return;
	}
	values.slice(1).reduce((sum, value, index) => {
		const isLast = index === values.length - 2;
		const name = isLast ? path : `${path}${PARTIAL_MARK}${index + 1}`;
		const partial = isLast ? output : name;
		builder.add({ name, opType, inputs: [sum, value], outputs: [partial] });
		return partial;
	}, values[0]!);
}

const PARTIAL_MARK = '#';

/** The tree path that an ONNX node came from: what a profile's rows are summed up by. */
export function treePath(nodeName: string): string {
	return nodeName.split(PARTIAL_MARK)[0]!;
}
