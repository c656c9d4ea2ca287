import type { Op } from '../arch/op';
import type { Shape } from '../arch/shapes';

/** What a parameter is called within its op: PyTorch's names, as checkpoints use them. */
export type TensorName = 'weight' | 'bias' | 'running_mean' | 'running_var';

/** One parameter of an op. */
export interface TensorSpec {
	readonly name: TensorName;
	readonly shape: Shape;
}

/** A parameter and the op it belongs to, by its path in the tree. */
export interface TensorAddress extends TensorSpec {
	readonly path: string;
}

/**
 * Gives the values of one parameter: fills all of `target`, in C order. It is handed the buffer
 * rather than asked for one, so that 20 MB of weights need neither 20 MB of arrays nor a copy
 * within the source, and so that a checkpoint can convert float16 on the way.
 */
export type WeightSource = (tensor: TensorAddress, target: Float32Array) => void;

/**
 * The parameters of an op, in the order in which ONNX takes them. Convolution weights are
 * (out, in / groups, kernel height, kernel width), linear weights (out, in).
 */
export function opTensors(op: Op): readonly TensorSpec[] {
	switch (op.type) {
		case 'conv':
			return withBias([op.outChannels, op.inChannels / op.groups, ...op.kernel], op.bias);
		case 'linear':
			return withBias([op.outFeatures, op.inFeatures], op.bias);
		case 'batchNorm': {
			const shape = [op.channels];
			return [
				{ name: 'weight', shape },
				{ name: 'bias', shape },
				{ name: 'running_mean', shape },
				{ name: 'running_var', shape }
			];
		}
		default:
			return [];
	}
}

function withBias(shape: Shape, bias: boolean): readonly TensorSpec[] {
	const weight = { name: 'weight', shape } as const;
	return bias ? [weight, { name: 'bias', shape: [shape[0]!] }] : [weight];
}
