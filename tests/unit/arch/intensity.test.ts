import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign, analyseTree } from '$lib/arch/analysis';
import { arithmeticIntensity, bytesMoved, computeTraffic, trafficOf } from '$lib/arch/intensity';
import { branches, childPath, op, ops, walk } from '$lib/arch/module';
import { findNamedDesign } from '$lib/arch/named-designs';
import { convOp, normOp } from './forms';
import { arbitraryTree } from './random-trees';

const M09 = analyseDesign(findNamedDesign('repvit-m0.9')!.design);

describe('computeTraffic', () => {
	it('counts a 1x1 convolution by hand', () => {
		const conv = convOp({ inChannels: 384, outChannels: 192, bias: true });
		const { root, shapes, total } = analyseTree(op('conv2', conv), [1, 384, 14, 14]);
		const traffic = computeTraffic(root, shapes).get('')!;
		expect(traffic).toEqual({
			weightBytes: (384 * 192 + 192) * 4,
			readBytes: 384 * 14 * 14 * 4,
			writtenBytes: 192 * 14 * 14 * 4
		});
		// 14 · 14 · 192 · 384 multiply-accumulates over 747,264 bytes.
		expect(bytesMoved(traffic)).toBe(747_264);
		expect(arithmeticIntensity(total.macs, traffic)).toBeCloseTo(14_450_688 / 747_264, 12);
	});

	it('reads the running statistics of a BatchNorm as well, which are not learned', () => {
		const { root, shapes } = analyseTree(op('bn', normOp(16)), [1, 16, 8, 8]);
		expect(computeTraffic(root, shapes).get('')!.weightBytes).toBe(4 * 16 * 4);
	});

	it('reads every branch at a join, a gate as small as it is, and nothing at an identity', () => {
		const root = branches('se', 'mul', [
			op('skip', { type: 'identity' }),
			op('pool', { type: 'globalAvgPool' })
		]);
		const { shapes } = analyseTree(root, [1, 8, 5, 5]);
		const traffic = computeTraffic(root, shapes);
		expect(traffic.get('skip')).toEqual({ weightBytes: 0, readBytes: 0, writtenBytes: 0 });
		// The pool reads 200 and writes 8; the join reads 200 and 8 and writes 200.
		expect(traffic.get('')).toEqual({
			weightBytes: 0,
			readBytes: (200 + 200 + 8) * 4,
			writtenBytes: (8 + 200) * 4
		});
		expect(arithmeticIntensity(0, traffic.get('skip')!)).toBeNull();
		expect(arithmeticIntensity(0, traffic.get('')!)).toBe(0);
	});

	it('writes what the cost says is written, in any tree', () => {
		fc.assert(
			fc.property(arbitraryTree(), ({ root, inputShape }) => {
				const { shapes, costs } = analyseTree(root, inputShape);
				const traffic = computeTraffic(root, shapes);
				for (const [path, cost] of costs) {
					expect(traffic.get(path)!.writtenBytes).toBe(cost.activationBytes);
				}
			}),
			{ numRuns: 100 }
		);
	});

	it('puts every module between the least and the greatest of what it is made of', () => {
		const traffic = trafficOf(M09);
		const intensityAt = (path: string) =>
			arithmeticIntensity(M09.costs.get(path)!.macs, traffic.get(path)!);
		for (const { node, path } of walk(M09.root)) {
			if (node.kind === 'op') continue;
			const inside = [...ops(node)]
				.map((inner) => intensityAt(path === '' ? inner.path : childPath(path, inner.path)))
				.filter((value) => value !== null);
			expect(intensityAt(path)).toBeLessThanOrEqual(Math.max(...inside));
			// A join has no MACs.
			expect(intensityAt(path)).toBeGreaterThanOrEqual(0);
		}
	});

	it('tells a depthwise convolution from a pointwise one in the same block', () => {
		const at = (path: string) =>
			arithmeticIntensity(M09.costs.get(path)!.macs, trafficOf(M09).get(path)!)!;
		const block = 'stages.2.blocks.4';
		// At most 9 MACs for the 8 bytes of one value read and one written.
		expect(at(`${block}.token_mixer`)).toBeLessThan(9 / 8);
		expect(at(`${block}.channel_mixer.body.conv1`)).toBeGreaterThan(10);
	});

	it('is remembered by a network', () => {
		expect(trafficOf(M09)).toBe(trafficOf(M09));
	});
});
