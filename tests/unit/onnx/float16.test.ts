import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '$lib/arch/design';
import { findNamedDesign, inTraining } from '$lib/arch/named-designs';
import { emitDesign } from '$lib/onnx/emit-design';
import { toFloat16 } from '$lib/onnx/float16';
import { decodeModel } from './onnx-proto';
import { maxDifference, runModel, seededInput } from './runtime';

/** The value of a half, from the standard's own formula. */
function valueOf(half: number): number {
	const sign = half & 0x8000 ? -1 : 1;
	const exponent = (half >> 10) & 0x1f;
	const fraction = half & 0x3ff;
	if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
	return exponent === 0
		? sign * fraction * 2 ** -24
		: sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const FINITE = Array.from({ length: 0x7c00 }, (_, half) => half);

describe('toFloat16', () => {
	it('gives every finite half and both infinities back', () => {
		const halves = [...FINITE, 0x7c00].flatMap((half) => [half, half | 0x8000]);
		expect([...toFloat16(Float32Array.from(halves, valueOf))]).toEqual(halves);
		expect(valueOf(toFloat16(Float32Array.of(NaN))[0]!)).toBeNaN();
	});

	it('takes the nearest half, and the even one of two', () => {
		const share = fc.float({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 0x7bfe }), share, (half, t) => {
				const [low, high] = [valueOf(half), valueOf(half + 1)];
				const x = Math.fround(low + (high - low) * t);
				const [found] = toFloat16(Float32Array.of(x));
				const [below, above] = [x - low, high - x];
				const nearest = below === above ? half + (half & 1) : below < above ? half : half + 1;
				expect(found).toBe(nearest);
			})
		);
	});

	it('goes to infinity half a step above the largest, and to zero half a step above nothing', () => {
		expect([...toFloat16(Float32Array.of(65519, 65520, -1e30))]).toEqual([0x7bff, 0x7c00, 0xfc00]);
		expect([...toFloat16(Float32Array.of(2 ** -25, 2 ** -25 * 1.001, -1e-30))]).toEqual([
			0, 1, 0x8000
		]);
	});
});

const m0_6 = findNamedDesign('repvit-m0.6')!;
const small: Design = { ...m0_6.design, widths: [8, 16, 24, 32], classes: 10 };

describe('a network in float16', () => {
	const inputShape = [1, 3, 64, 64];
	const half = emitDesign(small, { seed: 7, inputShape, precision: 'float16' });
	const { graph, metadataProps } = decodeModel(half.bytes);

	it('stores every weight as float16 and says so', () => {
		const types = new Set(graph.initializer.map(({ dataType }) => dataType));
		expect([...types]).toEqual([10]);
		expect(metadataProps).toContainEqual(
			expect.objectContaining({ key: 'precision', value: 'float16' })
		);
		const whole = emitDesign(small, { seed: 7, inputShape });
		expect(half.bytes.length / whole.bytes.length).toBeLessThan(0.75);
	});

	it('takes and gives float32, by one cast at each edge', () => {
		expect(graph.node.filter(({ opType }) => opType === 'Cast')).toEqual([
			expect.objectContaining({ input: ['input'] }),
			expect.objectContaining({ output: ['logits'] })
		]);
		expect(graph.node.at(0)!.opType).toBe('Cast');
		expect(graph.node.at(-1)!.opType).toBe('Cast');
	});

	it.each([
		['deploy form', small],
		['training form', { ...inTraining(m0_6).design, widths: small.widths, classes: 10 }],
		['MobileNetV3-L', findNamedDesign('mobilenetv3-large')!.design]
	] as const)('computes what float32 does, but for rounding: %s', async (_, design) => {
		const input = seededInput(inputShape);
		const outputs = await Promise.all(
			(['float32', 'float16'] as const).map(async (precision) => {
				const { bytes } = emitDesign(design, { seed: 7, inputShape, precision });
				return (await runModel(bytes, inputShape, input)).data;
			})
		);
		const [exact, rounded] = outputs as [Float32Array, Float32Array];
		const range = Math.max(...exact) - Math.min(...exact);
		const difference = maxDifference(exact, rounded) / range;
		expect(difference).toBeGreaterThan(1e-6);
		expect(difference).toBeLessThan(0.01);
	});
});
