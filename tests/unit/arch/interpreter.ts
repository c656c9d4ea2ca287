import { childPath, type Join, type ModuleNode } from '$lib/arch/module';
import type { ActivationType, ConvOp, Op } from '$lib/arch/op';
import { volume, type Shape } from '$lib/arch/shapes';
import { opTensors, type WeightSource } from '$lib/weights/source';

/** A tensor in double precision, C order. */
export interface Tensor {
	readonly shape: Shape;
	readonly data: Float64Array;
}

/**
 * How weights are held: as files hold them, or in double precision, in which a fold does not round and
 * an identity holds to the last digits.
 */
export type Precision = 'float32' | 'double';

/**
 * What a module tree computes, by the definition of each op, in double precision: slow, and with
 * nothing in common with the folds and the ONNX writer that it is there to check.
 */
export function interpret(
	root: ModuleNode,
	source: WeightSource,
	input: Tensor,
	precision: Precision = 'float32'
): Tensor {
	return visit(root, '', input, (op, path) => readWeights(op, path, source, precision));
}

type Weights = Readonly<Record<string, Float32Array>>;
type WeightReader = (op: Op, path: string) => Weights;

function visit(node: ModuleNode, path: string, input: Tensor, weightsOf: WeightReader): Tensor {
	const below = (child: ModuleNode, from: Tensor) =>
		visit(child, childPath(path, child.name), from, weightsOf);
	switch (node.kind) {
		case 'op':
			return apply(node.op, weightsOf(node.op, path), input);
		case 'sequential':
			return node.children.reduce((current, child) => below(child, current), input);
		case 'branches':
			return join(
				node.join,
				node.children.map((child) => below(child, input))
			);
	}
}

function readWeights(op: Op, path: string, source: WeightSource, precision: Precision): Weights {
	const Values = precision === 'double' ? Float64Array : Float32Array;
	return Object.fromEntries(
		opTensors(op).map((spec) => {
			// A source fills whatever array of numbers it is given.
			const values = new Values(volume(spec.shape)) as Float32Array;
			source({ path, ...spec }, values);
			return [spec.name, values];
		})
	);
}

function apply(op: Op, weights: Weights, input: Tensor): Tensor {
	switch (op.type) {
		case 'conv':
			return convolve(op, weights, input);
		case 'linear': {
			const { weight, bias } = weights;
			const batch = input.shape[0]!;
			const data = new Float64Array(batch * op.outFeatures);
			for (let n = 0; n < batch; n++)
				for (let o = 0; o < op.outFeatures; o++) {
					let sum = bias?.[o] ?? 0;
					for (let i = 0; i < op.inFeatures; i++)
						sum += weight![o * op.inFeatures + i]! * input.data[n * op.inFeatures + i]!;
					data[n * op.outFeatures + o] = sum;
				}
			return { shape: [batch, op.outFeatures], data };
		}
		case 'batchNorm': {
			const { weight, bias, running_mean, running_var } = weights;
			const positions = volume(input.shape.slice(2));
			return {
				shape: input.shape,
				data: input.data.map((x, i) => {
					const c = Math.floor(i / positions) % op.channels;
					const deviation = Math.sqrt(running_var![c]! + op.epsilon);
					return ((x - running_mean![c]!) / deviation) * weight![c]! + bias![c]!;
				})
			};
		}
		case 'globalAvgPool': {
			const [batch, channels] = input.shape as [number, number];
			const positions = volume(input.shape.slice(2));
			const data = Float64Array.from({ length: batch * channels }, (_, plane) => {
				const values = input.data.subarray(plane * positions, (plane + 1) * positions);
				return values.reduce((sum, x) => sum + x, 0) / positions;
			});
			return { shape: [batch, channels, 1, 1], data };
		}
		case 'flatten':
			return { shape: [input.shape[0]!, volume(input.shape.slice(1))], data: input.data };
		case 'identity':
			return input;
		case 'gelu':
		case 'hardSwish':
		case 'relu':
		case 'sigmoid':
		case 'hardSigmoid':
			return { shape: input.shape, data: input.data.map(ACTIVATIONS[op.type]) };
	}
}

function convolve(op: ConvOp, { weight, bias }: Weights, { shape, data: x }: Tensor): Tensor {
	const [batch, , height, width] = shape as [number, number, number, number];
	const [[kh, kw], [sh, sw], [ph, pw]] = [op.kernel, op.stride, op.padding];
	const outHeight = Math.floor((height + 2 * ph - kh) / sh) + 1;
	const outWidth = Math.floor((width + 2 * pw - kw) / sw) + 1;
	const [inGroup, outGroup] = [op.inChannels / op.groups, op.outChannels / op.groups];
	const data = new Float64Array(batch * op.outChannels * outHeight * outWidth);
	let position = 0;
	for (let n = 0; n < batch; n++)
		for (let o = 0; o < op.outChannels; o++)
			for (let y = 0; y < outHeight; y++)
				for (let z = 0; z < outWidth; z++) {
					let sum = bias?.[o] ?? 0;
					for (let i = 0; i < inGroup; i++)
						for (let j = 0; j < kh; j++)
							for (let k = 0; k < kw; k++) {
								const [row, column] = [y * sh + j - ph, z * sw + k - pw];
								if (row < 0 || row >= height || column < 0 || column >= width) continue;
								const channel = n * op.inChannels + Math.floor(o / outGroup) * inGroup + i;
								sum +=
									weight![((o * inGroup + i) * kh + j) * kw + k]! *
									x[(channel * height + row) * width + column]!;
							}
					data[position++] = sum;
				}
	return { shape: [batch, op.outChannels, outHeight, outWidth], data };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const hardSigmoid = (x: number) => Math.min(Math.max(x + 3, 0), 6) / 6;

const ACTIVATIONS: Readonly<Record<ActivationType, (x: number) => number>> = {
	gelu: (x) => (x * (1 + erf(x / Math.SQRT2))) / 2,
	hardSwish: (x) => x * hardSigmoid(x),
	relu: (x) => Math.max(x, 0),
	sigmoid,
	hardSigmoid
};

/** The series 2/√π e^(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!!, whose terms all have one sign. */
function erf(x: number): number {
	if (Math.abs(x) > 6) return Math.sign(x);
	let term = x;
	let sum = x;
	for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
		term *= (2 * x * x) / (2 * n + 1);
		sum += term;
	}
	return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function join(kind: Join, tensors: readonly Tensor[]): Tensor {
	if (kind === 'concat') return concat(tensors);
	const largest = tensors.reduce((a, b) => (volume(b.shape) > volume(a.shape) ? b : a));
	const positions = volume(largest.shape.slice(2));
	const data = largest.data.map((_, i) => {
		// A gate has one value a channel, for all positions.
		const values = tensors.map(
			({ data }) => data[data.length < largest.data.length ? Math.floor(i / positions) : i]!
		);
		if (kind === 'mul') return values.reduce((product, x) => product * x, 1);
		const sum = values.reduce((total, x) => total + x, 0);
		return kind === 'mean' ? sum / values.length : sum;
	});
	return { shape: largest.shape, data };
}

function concat(tensors: readonly Tensor[]): Tensor {
	const [batch, , ...rest] = tensors[0]!.shape;
	const channels = tensors.reduce((sum, { shape }) => sum + shape[1]!, 0);
	const shape = [batch!, channels, ...rest];
	const data = new Float64Array(volume(shape));
	let position = 0;
	for (let n = 0; n < batch!; n++)
		for (const { shape, data: values } of tensors) {
			const length = volume(shape.slice(1));
			data.set(values.subarray(n * length, (n + 1) * length), position);
			position += length;
		}
	return { shape, data };
}
