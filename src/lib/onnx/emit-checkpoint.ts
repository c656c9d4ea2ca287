import type { ModuleNode } from '../arch/module';
import type { Shape } from '../arch/shapes';
import type { CheckpointForm } from '../weights/checkpoint/types';
import type { WeightSource } from '../weights/source';
import { emitNetwork, type EmittedNetwork } from './emit-network';
import { storedParameters } from './parameters';

/**
 * The ONNX file of one form of a checkpoint, with the checkpoint's own weights.
 * @throws {ShapeError} where the input is too small for the network
 */
export function emitCheckpoint({
	network: { root, source },
	form,
	inputShape
}: {
	readonly network: { readonly root: ModuleNode; readonly source: WeightSource };
	readonly form: CheckpointForm;
	/** NCHW. */
	readonly inputShape: Shape;
}): EmittedNetwork {
	return emitNetwork({
		root,
		inputShape,
		parameters: storedParameters(source),
		metadata: { form, weights: 'checkpoint' }
	});
}
