import type { ModuleNode } from '../arch/module';
import type { Shape } from '../arch/shapes';
import { encodeModel } from './encode';
import type { Lowering } from './graph-builder';
import { irVersion, lowerToOperator, requiredOpset } from './operators';
import type { ParameterWriter } from './parameters';
import { PRODUCER_NAME, PRODUCER_VERSION } from './producer';
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
	lowering = { lower: lowerToOperator, opset: requiredOpset(root) }
}: EmitOptions): EmittedModel {
	const { builder, outputShape } = treeToGraph({
		root,
		inputShape,
		lower: lowering.lower,
		nameOf: parameters.nameOf
	});
	const written = parameters.write(builder.parameters);
	const bytes = encodeModel({
		irVersion: irVersion(lowering.opset),
		opset: lowering.opset,
		producerName: PRODUCER_NAME,
		producerVersion: PRODUCER_VERSION,
		metadata,
		graph: {
			name: graphName,
			nodes: [...written.nodes, ...builder.nodes],
			initializers: [...written.initializers, ...builder.constants],
			inputs: [{ name: INPUT_NAME, shape: inputShape }],
			outputs: [{ name: OUTPUT_NAME, shape: outputShape }]
		}
	});
	return { bytes, inputShape, outputShape, opset: lowering.opset };
}
