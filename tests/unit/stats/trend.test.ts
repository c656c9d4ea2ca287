import { describe, expect, it } from 'vitest';
import { normal } from '$lib/stats/random';
import { theilSenChange, thirdsChange } from '$lib/stats/trend';
import { trialRandom } from './simulate';

describe('the change over a run', () => {
	it('is the rise of a straight line, whatever a quarter of the values do', () => {
		const line = Array.from({ length: 41 }, (_, i) => 5 + 0.02 * i);
		expect(theilSenChange(line)).toBeCloseTo(0.8, 9);
		const spoilt = line.map((value, i) => (i % 4 === 1 ? 100 : value));
		expect(Math.abs(theilSenChange(spoilt) - 0.8)).toBeLessThan(0.05);
	});

	it('keeps the places of values that are missing', () => {
		const line = Array.from({ length: 30 }, (_, i) => (i > 4 && i < 12 ? NaN : i));
		expect(theilSenChange(line)).toBeCloseTo(29, 9);
	});

	it('is the same from many values, put together in groups', () => {
		const random = trialRandom(1, 1);
		const values = Array.from({ length: 5000 }, (_, i) => (0.3 * i) / 4999 + 0.01 * normal(random));
		expect(theilSenChange(values)).toBeCloseTo(0.3, 2);
	});

	it('is nothing where values only scatter, and NaN where there are too few', () => {
		const random = trialRandom(1, 2);
		const values = Array.from({ length: 60 }, () => 0.01 * normal(random));
		expect(Math.abs(theilSenChange(values))).toBeLessThan(0.01);
		expect(theilSenChange([1])).toBeNaN();
		expect(theilSenChange([])).toBeNaN();
	});

	it('shows a step by its thirds', () => {
		const values = Array.from({ length: 30 }, (_, i) => (i < 22 ? 0 : 1));
		expect(thirdsChange(values)).toBe(1);
		expect(thirdsChange([1, 2])).toBeNaN();
	});
});
