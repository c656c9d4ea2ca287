import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogitsError, topK } from '$lib/imaging/top-k';

const logits = fc.float32Array({
	minLength: 1,
	maxLength: 50,
	noNaN: true,
	noDefaultInfinity: true
});

describe('topK', () => {
	it('ranks, with the softmax over all classes', () => {
		const [first, second, ...rest] = topK(Float32Array.of(0, Math.log(6), Math.log(3)), 2);
		expect(rest).toEqual([]);
		expect(first).toMatchObject({ index: 1, logit: Math.fround(Math.log(6)) });
		expect(first!.probability).toBeCloseTo(0.6, 6);
		expect(second).toMatchObject({ index: 2 });
		expect(second!.probability).toBeCloseTo(0.3, 6);
	});

	it('does not overflow', () => {
		const [first, second] = topK(Float32Array.of(3e38, -3e38, 3e38), 3);
		expect(first).toMatchObject({ index: 0, probability: 0.5 });
		expect(second).toMatchObject({ index: 2, probability: 0.5 });
	});

	it('sorts, adds up to one, and leaves its input alone', () => {
		fc.assert(
			fc.property(logits, (values) => {
				const before = values.slice();
				const ranking = topK(values, values.length);
				expect(values).toEqual(before);
				expect(ranking.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...values.keys()]);
				expect(ranking.map(({ logit }) => logit)).toEqual([...values].sort((a, b) => b - a));
				const total = ranking.reduce((sum, { probability }) => sum + probability, 0);
				expect(total).toBeCloseTo(1, 12);
			})
		);
	});

	it('is the head of the whole ranking, and shorter where there are fewer', () => {
		fc.assert(
			fc.property(logits, fc.nat(60), (values, k) => {
				expect(topK(values, k)).toEqual(topK(values, values.length).slice(0, k));
			})
		);
	});

	it('puts the lower index first where logits are equal', () => {
		const indices = topK(Float32Array.of(1, 2, 2, 1, 2), 5).map(({ index }) => index);
		expect(indices).toEqual([1, 2, 4, 0, 3]);
	});

	it.each([NaN, Infinity, -Infinity])('refuses to rank with a logit of %d', (value) => {
		const attempt = () => topK(Float32Array.of(1, value, 3), 1);
		expect(attempt).toThrow(LogitsError);
		expect(attempt).toThrow(/^1 of 3 outputs/);
	});

	it('refuses to rank nothing', () => {
		expect(() => topK(new Float32Array(0), 5)).toThrow(/no outputs/);
	});
});
