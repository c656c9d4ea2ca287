import { computeCosts } from '../arch/cost';
import type { ModuleNode } from '../arch/module';
import { inferShapes, type Shape } from '../arch/shapes';
import { emitOnnx, type EmittedModel } from './emit';
import type { ParameterWriter } from './parameters';
import type { Precision } from './schema';

export interface EmittedNetwork extends EmittedModel {
	readonly params: number;
	readonly macs: number;
}

/**
 * The ONNX file of a network, with its params and MACs in the metadata beside what else is to be told.
 * @throws {ShapeError} where the input is too small for the network
 */
export function emitNetwork({
	root,
	inputShape,
	parameters,
	metadata,
	precision = 'float32'
}: {
	readonly root: ModuleNode;
	/** NCHW. */
	readonly inputShape: Shape;
	readonly parameters: ParameterWriter;
	readonly metadata: Readonly<Record<string, string>>;
	readonly precision?: Precision;
}): EmittedNetwork {
	const { params, macs } = computeCosts(root, inferShapes(root, inputShape)).get('')!;
	const model = emitOnnx({
		root,
		inputShape,
		parameters,
		precision,
		metadata: {
			params: String(params),
			macs: String(macs),
			...metadata,
			// Files in float32 do not say so: they are what they were before there was another.
			...(precision === 'float16' && { precision })
		}
	});
	return { ...model, params, macs };
}
