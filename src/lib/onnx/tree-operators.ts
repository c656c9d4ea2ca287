import type { TreeAnalysis } from '../arch/analysis';
import type { Shape } from '../arch/shapes';
import { lowerToOperator } from './operators';
import { storedParameters } from './parameters';
import type { OnnxNode } from './schema';
import { treePath, treeToGraph } from './tree-to-graph';

/** An ONNX node, and which of its inputs are parameters that the file stores. */
export interface TreeOperator {
	readonly node: OnnxNode;
	readonly initializers: readonly { readonly name: string; readonly shape: Shape }[];
}

/** ONNX nodes by the tree path they came from. Identities and mere groups have none. */
export type OperatorMap = ReadonlyMap<string, readonly TreeOperator[]>;

/** Trees are immutable, so their operators hold as long as they do. */
const known = new WeakMap<TreeAnalysis['shapes'], OperatorMap>();

/**
 * The ONNX nodes of every op and join of a network, as its file with stored weights holds them: it is
 * made by the same writer, which stops before the bytes. Remembered by the network's shapes.
 */
export function treeOperators({
	root,
	inputShape,
	shapes
}: Pick<TreeAnalysis, 'root' | 'inputShape' | 'shapes'>): OperatorMap {
	const found = known.get(shapes);
	if (found) return found;
	const { nameOf } = storedParameters(() => {});
	const { builder } = treeToGraph({ root, inputShape, lower: lowerToOperator, nameOf });
	const shapeOf = new Map(builder.parameters.map(({ name, tensor }) => [name, tensor.shape]));
	const operators = new Map<string, TreeOperator[]>();
	for (const node of builder.nodes) {
		const path = treePath(node.name);
		const initializers = node.inputs.flatMap((name) => {
			const shape = shapeOf.get(name);
			return shape ? [{ name, shape }] : [];
		});
		operators.set(path, [...(operators.get(path) ?? []), { node, initializers }]);
	}
	known.set(shapes, operators);
	return operators;
}
