import { describe, expect, it } from 'vitest';
import { buildTraining } from '$lib/arch/models/network';
import { branches, op, sequential } from '$lib/arch/module';
import { findNamedDesign } from '$lib/arch/named-designs';
import { reparameterize } from '$lib/arch/reparameterize/reparameterize';
import { foldedWeights } from '$lib/weights/fold';
import { seededWeights } from '$lib/weights/seeded';
import type { TensorAddress } from '$lib/weights/source';
import { convOp, linearOp, normOp, randomWeights } from '../arch/forms';
import { fill, tensorsOf } from './tensors';

describe('folded weights', () => {
	it('are rounded once: no further from their exact value than half a step of float32', () => {
		// norm(Σ (a dw3x3(x) + dw1x1(x) + x)), the most that is ever done to one weight in RepViT.
		const depthwise = convOp({ inChannels: 64, kernel: [3, 3], groups: 64 });
		const root = sequential('net', [
			branches('sum', 'add', [
				sequential('a', [op('c', depthwise), op('bn', normOp(64))]),
				op('b', convOp({ inChannels: 64, groups: 64, bias: true })),
				op('skip', { type: 'identity' })
			]),
			op('bn', normOp(64))
		]);
		const source = randomWeights(5);
		const read = (path: string, name: TensorAddress['name'], shape: readonly number[] = [64]) =>
			fill(source, { path, name, shape });
		const norm = (path: string, channel: number) => {
			const [gamma, beta, mean, variance] = (
				['weight', 'bias', 'running_mean', 'running_var'] as const
			).map((name) => read(path, name)[channel]!) as [number, number, number, number];
			const scale = gamma / Math.sqrt(variance + 1e-5);
			return { scale, shift: beta - mean * scale };
		};
		const kernels = read('sum.a.c', 'weight', [64, 1, 3, 3]);
		const points = read('sum.b', 'weight', [64, 1, 1, 1]);
		const folded = foldedWeights(reparameterize(root), source);
		const weight = fill(folded, { path: '', name: 'weight', shape: [64, 1, 3, 3] });
		const bias = fill(folded, { path: '', name: 'bias', shape: [64] });
		for (let channel = 0; channel < 64; channel++) {
			const [inner, outer] = [norm('sum.a.bn', channel), norm('bn', channel)];
			const besides = (tap: number) => (tap === 4 ? points[channel]! + 1 : 0);
			for (let tap = 0; tap < 9; tap++) {
				const sum = inner.scale * kernels[9 * channel + tap]! + besides(tap);
				expectRoundedOnce(weight[9 * channel + tap]!, outer.scale * sum);
			}
			const sum = inner.shift + read('sum.b', 'bias')[channel]!;
			expectRoundedOnce(bias[channel]!, outer.scale * sum + outer.shift);
		}
	});

	it('are what was stored, to the last bit, where nothing is folded', () => {
		const root = sequential('net', [
			op('bn', normOp(4)),
			op('c', convOp({ kernel: [3, 3], bias: true })),
			op('act', { type: 'relu' }),
			op('pool', { type: 'globalAvgPool' }),
			op('flatten', { type: 'flatten' }),
			op('l', linearOp(4, 3))
		]);
		const source = randomWeights(1);
		const folded = foldedWeights(reparameterize(root), source);
		for (const tensor of tensorsOf(root)) {
			expect(fill(folded, tensor)).toEqual(fill(source, tensor));
		}
	});

	it('are those of the tree before even where a norm has changed its path', () => {
		// The sum merges away, and the row around it with it: what is left takes their place.
		const row = sequential('row', [op('bn', normOp(4)), op('c', convOp({ kernel: [3, 3] }))]);
		const root = sequential('net', [
			sequential('outer', [
				branches('sum', 'add', [op('a', convOp()), op('skip', { type: 'identity' })]),
				row
			]),
			op('bn', normOp(4))
		]);
		const source = randomWeights(2);
		const result = reparameterize(root);
		const path = [...result.keptNorms.keys()][0]!;
		expect(path).not.toBe('outer.row.bn');
		const mean = { name: 'running_mean', shape: [4] } as const;
		expect(fill(foldedWeights(result, source), { path, ...mean })).toEqual(
			fill(source, { path: 'outer.row.bn', ...mean })
		);
	});
});

/** Relative distance to the nearest float32, and a little for the double that it was rounded from. */
function expectRoundedOnce(actual: number, exact: number): void {
	expect(Math.abs(actual - exact)).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -24 * (1 + 1e-6));
}

const m0_9 = buildTraining({ ...findNamedDesign('repvit-m0.9')!.design, heads: 2 });

describe('folding a network (RepViT-M0.9 with two heads)', () => {
	const { root, ...recipes } = reparameterize(m0_9);
	const trained = seededWeights({ root: m0_9, seed: 3 });

	it('reads nothing before it is asked, then only what becomes the op in question', () => {
		const read: TensorAddress[] = [];
		const folded = foldedWeights(recipes, (tensor, target) => {
			read.push(tensor);
			trained(tensor, target);
		});
		expect(read).toEqual([]);
		for (const tensor of tensorsOf(root)) {
			read.length = 0;
			fill(folded, tensor);
			expect(read.length).toBeGreaterThan(0);
			for (const { path } of read) {
				expect(path === tensor.path || path.startsWith(`${tensor.path}.`)).toBe(true);
			}
		}
	});

	it('reads each weight once for a weight, and every parameter of the network in all', () => {
		const timesRead = new Map<string, number>();
		const folded = foldedWeights(recipes, (tensor, target) => {
			const key = `${tensor.path}.${tensor.name}`;
			timesRead.set(key, (timesRead.get(key) ?? 0) + 1);
			trained(tensor, target);
		});
		for (const tensor of tensorsOf(root)) fill(folded, tensor);
		const all = tensorsOf(m0_9);
		expect(new Set(timesRead.keys())).toEqual(
			new Set(all.map(({ path, name }) => `${path}.${name}`))
		);
		for (const { path, name, shape } of all) {
			// The bias behind a head's norm is made of the head's weight: no other is read twice.
			if (shape.length < 2) continue;
			const isHead = path.startsWith('head.');
			expect(timesRead.get(`${path}.${name}`)).toBe(isHead ? 2 : 1);
		}
	});

	it('gives the same values in whatever order it is asked', () => {
		const folded = foldedWeights(recipes, trained);
		const tensors = tensorsOf(root);
		const bytesOf = (tensor: TensorAddress) => Buffer.from(fill(folded, tensor).buffer);
		const forwards = tensors.map(bytesOf);
		const backwards = tensors.toReversed().map(bytesOf).toReversed();
		const differing = tensors.filter((_, index) => !forwards[index]!.equals(backwards[index]!));
		expect(differing).toEqual([]);
	});
});
