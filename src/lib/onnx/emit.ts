import type { ModuleNode } from '../arch/module';
import type { Shape } from '../arch/shapes';
import { encodeModel } from './encode';
import { castEdges, storedAsFloat16 } from './float16-graph';
import type { Lowering } from './graph-builder';
import { irVersion, lowerToOperator, requiredOpset } from './operators';
import type { ParameterWriter } from './parameters';
import { PRODUCER_NAME, PRODUCER_VERSION } from './producer';
import type { Precision } from './schema';
import { INPUT_NAME, OUTPUT_NAME, treeToGraph } from './tree-to-graph';

export interface EmitOptions {
	readonly root: ModuleNode;
	/** NCHW; every size in the file is fixed. */
	readonly inputShape: Shape;
	/** Where the weights come from: see `storedParameters` and `tiledParameters`. */
	readonly parameters: ParameterWriter;
	/** Written as the file's metadata_props, keys in this order. */
	readonly metadata?: Readonly<Record<string, string>>;
	/** The file's own name for its graph. */
	readonly graphName?: string;
	/** How ops become nodes; one operator each if not given. */
	readonly lowering?: { readonly lower: Lowering; readonly opset: 17 | 20 };
	/** What weights and values inside are; input and output are float32 always. */
	readonly precision?: Precision;
}

export interface EmittedModel {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly inputShape: Shape;
	readonly outputShape: Shape;
	readonly opset: 17 | 20;
}

/**
 * The ONNX file of a module tree: input `input`, output `logits`, node names that are tree paths.
 * The same arguments give the same bytes on every machine.
 * @throws {ShapeError} where the tree's shapes do not fit
 */
export function emitOnnx({
	root,
	inputShape,
	parameters,
	metadata = {},
	graphName = root.name,
	lowering = { lower: lowerToOperator, opset: requiredOpset(root) },
	precision = 'float32'
}: EmitOptions): EmittedModel {
	const edges = precision === 'float16' ? castEdges() : null;
	const { builder, outputShape } = treeToGraph({
		root,
		inputShape,
		lower: lowering.lower,
		nameOf: parameters.nameOf,
		...edges?.names
	});
	const written = parameters.write(builder.parameters);
	const nodes = [...written.nodes, ...builder.nodes];
	const initializers = [...written.initializers, ...builder.constants];
	const bytes = encodeModel({
		irVersion: irVersion(lowering.opset),
		opset: lowering.opset,
		producerName: PRODUCER_NAME,
		producerVersion: PRODUCER_VERSION,
		metadata,
		graph: {
			name: graphName,
			nodes: edges ? [edges.first, ...nodes, edges.last] : nodes,
			initializers: edges ? initializers.map(storedAsFloat16) : initializers,
			inputs: [{ name: INPUT_NAME, shape: inputShape }],
			outputs: [{ name: OUTPUT_NAME, shape: outputShape }]
		}
	});
	return { bytes, inputShape, outputShape, opset: lowering.opset };
}
