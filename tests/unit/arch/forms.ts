import { computeCosts } from '$lib/arch/cost';
import type { ModuleNode } from '$lib/arch/module';
import type { BatchNormOp, ConvOp, LinearOp } from '$lib/arch/op';
import { reparameterize, type Reparameterized } from '$lib/arch/reparameterize/reparameterize';
import { inferShapes, volume, type Shape } from '$lib/arch/shapes';
import { foldedWeights } from '$lib/weights/fold';
import { TensorRandom } from '$lib/weights/random';
import type { WeightSource } from '$lib/weights/source';
import { interpret, type Precision, type Tensor } from './interpreter';

/**
 * How far folding may move an output: a millionth of the outputs' range where folded weights are
 * rounded once to float32, and far less where they are not rounded.
 */
export const TOLERANCE: Readonly<Record<Precision, number>> = { float32: 1e-6, double: 1e-10 };

export function convOp(options: Partial<ConvOp> = {}): ConvOp {
	const { inChannels = 4, kernel = [1, 1] } = options;
	return {
		type: 'conv',
		inChannels,
		outChannels: inChannels,
		kernel,
		stride: [1, 1],
		padding: [(kernel[0] - 1) / 2, (kernel[1] - 1) / 2],
		groups: 1,
		bias: false,
		...options
	};
}

export function linearOp(inFeatures: number, outFeatures: number, bias = true): LinearOp {
	return { type: 'linear', inFeatures, outFeatures, bias };
}

export function normOp(channels: number, epsilon = 1e-5): BatchNormOp {
	return { type: 'batchNorm', channels, epsilon };
}

/**
 * Weights as training might leave them at its worst: variances from 1e-3 to 10, scales of either
 * sign. Each tensor is drawn from the seed and its name.
 */
export function randomWeights(seed: number): WeightSource {
	return ({ path, name, shape }, target) => {
		// Float32 whatever the target holds: what is stored is rounded, what is made of it need not be.
		const values = new Float32Array(target.length);
		const random = new TensorRandom(`${seed}:${path}.${name}`);
		const isNormScale = name === 'weight' && shape.length === 1;
		if (name === 'running_var') {
			const [low, high] = [Math.log(1e-3), Math.log(10)];
			random.fillUniform(values, (high - low) / 2, (high + low) / 2);
			target.set(values.map(Math.exp));
		} else if (isNormScale) {
			random.fillUniform(values, 1);
			target.set(values.map((value) => value + (value < 0 ? -0.3 : 0.3)));
		} else {
			const fanIn = shape.slice(1).reduce((product, size) => product * size, 1);
			random.fillUniform(values, Math.sqrt(3 / fanIn));
			target.set(values);
		}
	};
}

export function randomInput(shape: Shape, seed: number): Tensor {
	const values = new Float32Array(volume(shape));
	new TensorRandom(`${seed}:input`).fillUniform(values, 2);
	return { shape, data: Float64Array.from(values) };
}

/** A tree and what re-parameterisation makes of it, both computed with the same weights. */
export interface Forms extends Reparameterized {
	/** Largest difference of their outputs, relative to the outputs' range. */
	readonly error: number;
	/** Ops and joins that are gone. */
	readonly opsSaved: number;
}

export function bothForms(
	before: ModuleNode,
	inputShape: Shape,
	seed: number,
	precision: Precision = 'float32'
): Forms {
	const source = randomWeights(seed);
	const input = randomInput(inputShape, seed);
	const result = reparameterize(before);
	return {
		...result,
		error: relativeError(
			interpret(result.root, foldedWeights(result, source), input, precision),
			interpret(before, source, input, precision)
		),
		opsSaved: opCount(before, inputShape) - opCount(result.root, inputShape)
	};
}

/** The largest difference of two tensors, relative to the range of what is expected. */
export function relativeError(actual: Tensor, expected: Tensor): number {
	if (actual.shape.join() !== expected.shape.join()) return Infinity;
	const differences = expected.data.map((x, i) => Math.abs(x - actual.data[i]!));
	const [smallest] = expected.data.toSorted();
	return largest(differences) / Math.max(largest(expected.data) - smallest!, LEAST_RANGE);
}

/** Outputs closer together than this are one value but for rounding: saturated gates, say. */
const LEAST_RANGE = 1e-3;

function largest(values: Float64Array): number {
	return values.reduce((most, x) => Math.max(most, x), -Infinity);
}

function opCount(root: ModuleNode, inputShape: Shape): number {
	return computeCosts(root, inferShapes(root, inputShape)).get('')!.opCount;
}
