import { describe, expect, it } from 'vitest';
import { branches, op, sequential, type ModuleNode } from '$lib/arch/module';
import type { ActivationType, ConvOp } from '$lib/arch/op';
import type { Shape } from '$lib/arch/shapes';
import { emitOnnx } from '$lib/onnx/emit';
import { storedParameters } from '$lib/onnx/parameters';
import type { WeightSource } from '$lib/weights/source';
import units from '../../reference/units.json';
import { maxDifference, runModel, seededInput } from './runtime';

type State = Readonly<Record<string, { readonly data: readonly number[] }>>;

/** Weights by name, from a reference's state or a test's own arrays. */
function fromState(state: State, rename: (key: string) => string = (key) => key): WeightSource {
	return ({ path, name }, target) => {
		const tensor = state[rename(`${path}.${name}`)];
		if (!tensor) throw new Error(`The reference has no ${path}.${name}.`);
		target.set(tensor.data);
	};
}

async function run(
	root: ModuleNode,
	input: { readonly shape: Shape; readonly data: ArrayLike<number> },
	source: WeightSource
): Promise<Float32Array> {
	const { bytes, outputShape } = emitOnnx({
		root,
		inputShape: input.shape,
		parameters: storedParameters(source)
	});
	const output = await runModel(bytes, input.shape, Float32Array.from(input.data));
	expect(output.shape).toEqual(outputShape);
	return output.data;
}

const noWeights: WeightSource = ({ path }) => {
	throw new Error(`${path} needs no weights.`);
};

const convOp = (options: Partial<ConvOp>): ConvOp => ({
	type: 'conv',
	inChannels: 4,
	outChannels: 4,
	kernel: [1, 1],
	stride: [1, 1],
	padding: [0, 0],
	groups: 1,
	bias: true,
	...options
});

describe('activations, against float64 values', () => {
	const { x, gelu_erf, hard_swish, hard_sigmoid, sigmoid } = units.activations_float64;
	const expected: Record<ActivationType, readonly number[]> = {
		gelu: gelu_erf,
		hardSwish: hard_swish,
		hardSigmoid: hard_sigmoid,
		sigmoid,
		relu: x.map((value) => Math.max(0, value))
	};
	it.each(Object.keys(expected) as ActivationType[])('%s', async (type) => {
		const output = await run(op('act', { type }), { shape: [1, x.length], data: x }, noWeights);
		expect(maxDifference(output, expected[type])).toBeLessThan(1e-6);
	});
});

/** The definition of a convolution, term by term, in double. */
function naiveConv(
	conv: ConvOp,
	[, , height, width]: Shape,
	input: ArrayLike<number>,
	weight: ArrayLike<number>,
	bias: ArrayLike<number>
): number[] {
	const [[kh, kw], [sh, sw], [ph, pw]] = [conv.kernel, conv.stride, conv.padding];
	const outHeight = Math.floor((height! + 2 * ph - kh) / sh) + 1;
	const outWidth = Math.floor((width! + 2 * pw - kw) / sw) + 1;
	const [perGroupIn, perGroupOut] = [conv.inChannels / conv.groups, conv.outChannels / conv.groups];
	const output: number[] = [];
	for (let o = 0; o < conv.outChannels; o++)
		for (let y = 0; y < outHeight; y++)
			for (let x = 0; x < outWidth; x++) {
				let sum = bias[o] ?? 0;
				for (let i = 0; i < perGroupIn; i++)
					for (let ky = 0; ky < kh; ky++)
						for (let kx = 0; kx < kw; kx++) {
							const [row, column] = [y * sh + ky - ph, x * sw + kx - pw];
							if (row < 0 || row >= height! || column < 0 || column >= width!) continue;
							const channel = Math.floor(o / perGroupOut) * perGroupIn + i;
							sum +=
								input[(channel * height! + row) * width! + column]! *
								weight[((o * perGroupIn + i) * kh + ky) * kw + kx]!;
						}
				output.push(sum);
			}
	return output;
}

describe('convolutions, against their definition', () => {
	it.each([
		['1x1', convOp({ outChannels: 6 })],
		['3x3, stride 2', convOp({ kernel: [3, 3], stride: [2, 2], padding: [1, 1] })],
		['depthwise 5x5', convOp({ kernel: [5, 5], padding: [2, 2], groups: 4 })],
		['depthwise 7x7', convOp({ kernel: [7, 7], stride: [2, 2], padding: [3, 3], groups: 4 })],
		['patchify', convOp({ outChannels: 5, kernel: [4, 4], stride: [4, 4] })],
		['two groups', convOp({ outChannels: 6, groups: 2 })],
		['no bias', convOp({ kernel: [3, 3], padding: [1, 1], bias: false })],
		[
			'height and width apart',
			convOp({ outChannels: 3, kernel: [3, 1], stride: [1, 2], padding: [1, 0] })
		]
	])('%s', async (_, conv) => {
		const shape = [1, 4, 9, 12];
		const input = seededInput(shape, 3);
		const weightShape = [conv.outChannels, conv.inChannels / conv.groups, ...conv.kernel];
		const weight = seededInput(weightShape, 4);
		const bias = conv.bias ? seededInput([conv.outChannels], 5) : [];
		const source: WeightSource = ({ name, shape: asked }, target) => {
			expect(asked).toEqual(name === 'weight' ? weightShape : [conv.outChannels]);
			target.set(name === 'weight' ? weight : bias);
		};
		const output = await run(op('conv', conv), { shape, data: input }, source);
		expect(maxDifference(output, naiveConv(conv, shape, input, weight, bias))).toBeLessThan(1e-4);
	});
});

describe('modules, against PyTorch', () => {
	it('squeeze-and-excitation', async () => {
		const { state, input, output } = units.squeeze_excite;
		const squeeze = convOp({ inChannels: 16, outChannels: 8 });
		const root = branches('se', 'mul', [
			op('skip', { type: 'identity' }),
			sequential('excite', [
				op('pool', { type: 'globalAvgPool' }),
				op('fc1', squeeze),
				op('act', { type: 'relu' }),
				op('fc2', convOp({ inChannels: 8, outChannels: 16 })),
				op('gate', { type: 'sigmoid' })
			])
		]);
		const source = fromState(state, (key) => key.replace('excite.', ''));
		expect(maxDifference(await run(root, input, source), output.data)).toBeLessThan(1e-6);
	});

	it('a depthwise training form: three branches, BatchNorm before and after the sum', async () => {
		const { state, input, output, bn_eps } = units.repvggdw;
		const norm = op('bn', { type: 'batchNorm', channels: 4, epsilon: bn_eps[0]! });
		const depthwise = { kernel: [3, 3], padding: [1, 1], groups: 4 } as const;
		const root = sequential('token_mixer', [
			branches('sum', 'add', [
				sequential('conv', [op('c', convOp({ ...depthwise, bias: false })), norm]),
				op('conv1', convOp({ groups: 4 })),
				op('skip', { type: 'identity' })
			]),
			norm
		]);
		const source = fromState(state, (key) => key.replace('sum.', ''));
		expect(maxDifference(await run(root, input, source), output.data)).toBeLessThan(1e-5);
	});

	it('two heads: BatchNorm before a linear layer, and their mean', async () => {
		const { state, input, output, bn_eps } = units.classifier_2head;
		const [features, classes] = [input.shape[1]!, output.shape[1]!];
		const head = (name: string) =>
			sequential(name, [
				op('bn', { type: 'batchNorm', channels: features, epsilon: bn_eps[0]! }),
				op('l', { type: 'linear', inFeatures: features, outFeatures: classes, bias: true })
			]);
		const root = branches('heads', 'mean', [head('classifier'), head('classifier_dist')]);
		expect(maxDifference(await run(root, input, fromState(state)), output.data)).toBeLessThan(1e-5);
	});
});

describe('joins and plumbing', () => {
	const shape = [1, 2, 2, 3];
	const input = seededInput(shape, 9);
	const pool = op('pool', { type: 'globalAvgPool' });

	it('concatenates channels', async () => {
		const skips = ['a', 'b'].map((name) => op(name, { type: 'identity' }));
		const output = await run(branches('cat', 'concat', skips), { shape, data: input }, noWeights);
		expect([...output]).toEqual([...input, ...input]);
	});

	it('pools and flattens', async () => {
		const root = sequential('head', [pool, op('flatten', { type: 'flatten' })]);
		const output = await run(root, { shape, data: input }, noWeights);
		const mean = (channel: number) =>
			input.slice(channel * 6, channel * 6 + 6).reduce((sum, x) => sum + x, 0) / 6;
		expect(maxDifference(output, [mean(0), mean(1)])).toBeLessThan(1e-6);
	});

	it('multiplies linear layers without a bias', async () => {
		const linear = op('l', { type: 'linear', inFeatures: 3, outFeatures: 2, bias: false });
		const source: WeightSource = (_, target) => target.set([1, 2, 3, 4, 5, 6]);
		const output = await run(linear, { shape: [1, 3], data: [1, 10, 100] }, source);
		expect([...output]).toEqual([321, 654]);
	});

	it('gives its input back where a network is nothing but an identity', async () => {
		const root = sequential('empty', [op('skip', { type: 'identity' })]);
		expect([...(await run(root, { shape, data: input }, noWeights))]).toEqual([...input]);
	});
});
