import { describe, expect, it } from 'vitest';
import { buildNetwork } from '$lib/arch/models/network';
import { op, ops, residual, sequential, type ModuleNode } from '$lib/arch/module';
import type { ConvOp } from '$lib/arch/op';
import { findNamedDesign } from '$lib/arch/named-designs';
import { volume } from '$lib/arch/shapes';
import { TensorRandom } from '$lib/weights/random';
import { seededWeights } from '$lib/weights/seeded';
import { opTensors, type TensorName } from '$lib/weights/source';

const pointwise: ConvOp = {
	type: 'conv',
	inChannels: 64,
	outChannels: 128,
	kernel: [1, 1],
	stride: [1, 1],
	padding: [0, 0],
	groups: 1,
	bias: true
};

/** One tensor of a network. */
function tensorOf(root: ModuleNode, path: string, name: TensorName, seed = 1): Float32Array {
	const { node } = [...ops(root)].find((visit) => visit.path === path)!;
	const spec = opTensors(node.op).find((tensor) => tensor.name === name)!;
	const target = new Float32Array(volume(spec.shape));
	seededWeights({ root, seed })({ path, ...spec }, target);
	return target;
}

const mean = (values: Float32Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
const deviation = (values: Float32Array) => Math.sqrt(mean(values.map((x) => x * x)));

describe('TensorRandom', () => {
	it('gives the same numbers on every machine', () => {
		const values = new Float32Array(4);
		new TensorRandom('0:stem.conv1.weight').fillUniform(values, 1);
		expect([...values]).toMatchInlineSnapshot(`
			[
			  -0.007976989261806011,
			  -0.07353278994560242,
			  -0.329715758562088,
			  0.46548327803611755,
			]
		`);
	});

	it('is uniform, and differs for keys that differ in one letter', () => {
		const [a, b] = ['1:a', '1:b'].map((key) => {
			const values = new Float32Array(100_000);
			new TensorRandom(key).fillUniform(values, 3, 1);
			return values;
		});
		expect(Math.min(...a!)).toBeGreaterThanOrEqual(-2);
		expect(Math.max(...a!)).toBeLessThanOrEqual(4);
		expect(mean(a!)).toBeCloseTo(1, 1);
		const centred = (values: Float32Array) => values.map((x) => x - 1);
		expect(deviation(centred(a!))).toBeCloseTo(Math.sqrt(3), 1);
		const correlation = mean(centred(a!).map((x, i) => x * (b![i]! - 1))) / 3;
		expect(Math.abs(correlation)).toBeLessThan(0.02);
	});
});

describe('seededWeights', () => {
	const root = buildNetwork(findNamedDesign('repvit-m0.9')!.design);
	const path = 'stages.2.blocks.5.channel_mixer.body.conv1';

	it('depends on the seed and the path', () => {
		const weights = tensorOf(root, path, 'weight');
		expect(tensorOf(root, path, 'weight')).toEqual(weights);
		expect(tensorOf(root, path, 'weight', 2)).not.toEqual(weights);
		expect(tensorOf(root, path.replace('5', '6'), 'weight')).not.toEqual(weights);
	});

	it('draws the same for a tensor whatever else is in the network, up to its scale', () => {
		const other = buildNetwork(findNamedDesign('repvit-m1.5')!.design);
		const [a, b] = [root, other].map((network) => tensorOf(network, 'stem.conv1', 'bias'));
		expect(b!.subarray(0, a!.length)).toEqual(a);
	});

	it('scales weights by the fan-in and by what the layer reads', () => {
		const layer = op('conv', pointwise);
		const after = (power: 'relu' | 'sum') =>
			sequential('net', [
				power === 'relu'
					? op('act', { type: 'relu' })
					: residual('add', op('body', { type: 'identity' })),
				layer
			]);
		expect(deviation(tensorOf(layer, '', 'weight'))).toBeCloseTo(1 / 8, 2);
		expect(deviation(tensorOf(after('relu'), 'conv', 'weight'))).toBeCloseTo(Math.SQRT2 / 8, 2);
		expect(deviation(tensorOf(after('sum'), 'conv', 'weight'))).toBeCloseTo(Math.SQRT1_2 / 8, 2);
		expect(deviation(tensorOf(layer, '', 'bias'))).toBeCloseTo(0.1, 1);
	});

	it('tames what skips pass by: all bodies together add one', () => {
		const square: ConvOp = { ...pointwise, inChannels: 128 };
		const blocks = Array.from({ length: 16 }, (_, index) =>
			residual(String(index), op('body', square))
		);
		const last = tensorOf(sequential('net', blocks), '15.body', 'weight');
		// Power 1/16 out of a signal that the blocks before have brought to about 2.
		expect(deviation(last) * Math.sqrt(128)).toBeCloseTo(Math.sqrt(1 / 16 / 2), 1);
	});

	it('lets depthwise kernels pass their input on', () => {
		const kernels = tensorOf(root, 'stages.2.blocks.5.token_mixer.conv', 'weight');
		for (let start = 0; start < kernels.length; start += 9) {
			const sizes = [...kernels.subarray(start, start + 9)].map(Math.abs);
			expect(sizes.indexOf(Math.max(...sizes))).toBe(4);
		}
	});

	it('has BatchNorm statistics that a fold may not ignore', () => {
		const norm = op('bn', { type: 'batchNorm', channels: 1000, epsilon: 1e-5 });
		const [weight, bias, running_mean, running_var] = (
			['weight', 'bias', 'running_mean', 'running_var'] as const
		).map((name) => tensorOf(norm, '', name));
		expect(mean(weight!)).toBeCloseTo(1, 1);
		expect(deviation(bias!)).toBeCloseTo(0.1, 1);
		expect(deviation(running_mean!)).toBeCloseTo(0.1, 1);
		expect(mean(running_var!)).toBeCloseTo(1, 1);
		expect(Math.min(...running_var!)).toBeGreaterThan(0.7);
	});

	it('has no denormals, and no weights that are not finite', () => {
		const smallestNormal = 2 ** -126;
		let bad = 0;
		for (const { node, path } of ops(root)) {
			for (const { name } of opTensors(node.op)) {
				for (const x of tensorOf(root, path, name)) {
					if (!Number.isFinite(x) || (x !== 0 && Math.abs(x) < smallestNormal)) bad++;
				}
			}
		}
		expect(bad).toBe(0);
	});

	it('refuses a tensor of another network', () => {
		const source = seededWeights({ root, seed: 1 });
		const tensor = { path: 'nowhere', name: 'weight', shape: [1] } as const;
		expect(() => source(tensor, new Float32Array(1))).toThrow(
			'The network has no op at "nowhere".'
		);
	});
});
