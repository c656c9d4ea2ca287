import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dot, leastSquaresWeights, leaveOneOut, nonNegativeLeastSquares } from '$lib/stats/linear';

const ROWS = [
	[1, 0],
	[1, 1],
	[1, 2],
	[1, 4]
];

describe('least squares', () => {
	test('give the textbook line', () => {
		const weights = leastSquaresWeights(ROWS)!;
		const [intercept, slope] = weights.map((line) => dot(line, [1, 3, 5, 9]));
		expect(intercept).toBeCloseTo(1);
		expect(slope).toBeCloseTo(2);
	});

	test('are refused where a column repeats another', () => {
		expect(
			leastSquaresWeights([
				[1, 2],
				[1, 2],
				[1, 2]
			])
		).toBeNull();
		expect(leastSquaresWeights([[1, 2]])).toBeNull();
	});

	test('leave one out as a fit without it would', () => {
		const value = fc.double({ min: -5, max: 5, noNaN: true });
		fc.assert(
			fc.property(fc.array(value, { minLength: 4, maxLength: 4 }), (observed) => {
				const left = leaveOneOut(ROWS, leastSquaresWeights(ROWS)!, observed);
				ROWS.forEach((row, out) => {
					const keep = <T>(all: readonly T[]) => all.filter((_, index) => index !== out);
					const weights = leastSquaresWeights(keep(ROWS))!;
					const fit = weights.map((line) => dot(line, keep(observed)));
					expect(left[out]).toBeCloseTo(dot(fit, row), 6);
				});
			})
		);
	});

	test('say nothing of a point that alone settles a term', () => {
		const rows = [
			[1, 0],
			[1, 0],
			[1, 1]
		];
		expect(leaveOneOut(rows, leastSquaresWeights(rows)!, [1, 2, 3])[2]).toBeNaN();
	});
});

describe('least squares without negative terms', () => {
	test('find prices that are there, whatever their sizes', () => {
		fc.assert(
			fc.property(
				fc.tuple(
					fc.double({ min: 0, max: 2, noNaN: true }),
					fc.double({ min: 0, max: 2, noNaN: true })
				),
				([a, b]) => {
					const rows = [
						[1e6, 3],
						[2e6, 1],
						[5e6, 8],
						[1e6, 0]
					];
					const observed = rows.map((row) => (row[0]! * a) / 1e6 + row[1]! * b);
					const [price, other] = nonNegativeLeastSquares(rows, observed);
					expect(price! * 1e6).toBeCloseTo(a, 4);
					expect(other).toBeCloseTo(b, 4);
				}
			)
		);
	});

	test('stop at zero, and there leave the best of the rest', () => {
		const rows = [
			[1, 1],
			[1, 2],
			[1, 3]
		];
		// The free line falls; without a negative slope the mean is best.
		const [constant, slope] = nonNegativeLeastSquares(rows, [3, 2, 1]);
		expect(slope).toBe(0);
		expect(constant).toBeCloseTo(2, 6);
	});

	test('price nothing that never occurs', () => {
		expect(
			nonNegativeLeastSquares(
				[
					[1, 0],
					[2, 0]
				],
				[1, 2]
			)
		).toEqual([expect.closeTo(1), 0]);
	});
});
