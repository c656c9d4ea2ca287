import { describe, expect, it } from 'vitest';
import {
	relativeHalfWidth,
	roundsNeeded,
	simultaneousLevel,
	widenedTail
} from '$lib/stats/interval';
import { normalCdf, normalQuantile } from '$lib/stats/normal';
import { countOutliers } from '$lib/stats/outliers';
import { logRatios, medianInterval, ratioInterval } from '$lib/stats/paired';
import { deriveSeed, mulberry32, normal, shuffled } from '$lib/stats/random';
import { ranks, spearman, spearmanInterval } from '$lib/stats/rank';
import { drawResamples, resampledMedians } from '$lib/stats/resample';
import { studentQuantile } from '$lib/stats/student';
import { interpolatedQuantile, median, quantile, sorted } from '$lib/stats/summary';
import { verdictOf } from '$lib/stats/verdict';

describe('random', () => {
	it('is Mulberry32: the first numbers of seed 11 as computed from its definition', () => {
		const random = mulberry32(11);
		const first = [random(), random(), random()];
		let state = 11;
		for (const value of first) {
			state = (state + 0x6d2b79f5) | 0;
			let t = Math.imul(state ^ (state >>> 15), 1 | state);
			t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
			expect(value).toBe(((t ^ (t >>> 14)) >>> 0) / 4294967296);
		}
	});

	it('gives each use of a seed a stream of its own', () => {
		expect(deriveSeed(1, 'order')).toBe(deriveSeed(1, 'order'));
		expect(deriveSeed(1, 'order')).not.toBe(deriveSeed(1, 'resample'));
		expect(deriveSeed(1, 'order')).not.toBe(deriveSeed(2, 'order'));
	});

	it('shuffles without loss, every order about as often', () => {
		const random = mulberry32(5);
		const seen = new Map<string, number>();
		for (let i = 0; i < 6000; i++) {
			const order = shuffled(['a', 'b', 'c'], random).join('');
			seen.set(order, (seen.get(order) ?? 0) + 1);
		}
		expect([...seen.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
		for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
	});

	it('draws standard normal numbers', () => {
		const random = mulberry32(3);
		const values = Array.from({ length: 20_000 }, () => normal(random));
		const mean = values.reduce((sum, value) => sum + value) / values.length;
		const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
		expect(mean).toBeCloseTo(0, 1);
		expect(variance).toBeCloseTo(1, 1);
	});
});

describe('the normal distribution', () => {
	it('matches tabled values, far into the tails', () => {
		expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 7);
		expect(normalQuantile(0.9995)).toBeCloseTo(3.290526731, 7);
		expect(normalQuantile(0.5)).toBeCloseTo(0, 9);
		expect(normalCdf(1)).toBeCloseTo(0.841344746, 6);
		expect(normalCdf(-3.290526731)).toBeCloseTo(0.0005, 8);
	});

	it('quantile and distribution undo each other', () => {
		for (let p = 0.0005; p < 1; p += 0.0101) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 6);
	});

	it('is infinite at the ends and refuses what is no probability', () => {
		expect(normalQuantile(0)).toBe(-Infinity);
		expect(normalQuantile(1)).toBe(Infinity);
		expect(() => normalQuantile(1.1)).toThrow(RangeError);
	});
});

describe('summaries', () => {
	it('takes the median as numbers, not as text', () => {
		expect(median([10, 9, 100])).toBe(10);
		expect(median([4, 1, 3, 2])).toBe(2.5);
		expect(median([])).toBeNaN();
	});

	it('takes quantiles', () => {
		const values = Array.from({ length: 11 }, (_, i) => 10 - i);
		expect(quantile(values, 0.1)).toBe(1);
		expect(quantile(values, 0.9)).toBe(9);
		expect(quantile([], 0.5)).toBeNaN();
		expect(interpolatedQuantile(sorted([0, 10]), 0.25)).toBe(2.5);
	});
});

describe('resamples', () => {
	it('hold as many rounds as there are, each resample', () => {
		const { counts, size } = drawResamples({ rounds: 17, random: mulberry32(1), size: 50 });
		for (let resample = 0; resample < size; resample++) {
			const row = counts.subarray(resample * 17, (resample + 1) * 17);
			expect(row.reduce((sum, count) => sum + count, 0)).toBe(17);
		}
	});

	it('give the medians that sorting each resample gives', () => {
		const random = mulberry32(2);
		for (const rounds of [5, 8, 21]) {
			const values = Array.from({ length: rounds }, () => Math.floor(random() * 6));
			const resamples = drawResamples({ rounds, random, size: 40 });
			const fast = resampledMedians(values, resamples);
			for (let resample = 0; resample < 40; resample++) {
				const drawn = values.flatMap((value, round) =>
					new Array<number>(resamples.counts[resample * rounds + round]!).fill(value)
				);
				expect(fast[resample]).toBe(median(drawn));
			}
		}
	});

	it('leave out what is missing and take several values a round', () => {
		const resamples = drawResamples({ rounds: 3, random: mulberry32(2), size: 200 });
		const medians = resampledMedians([1, NaN, 1], resamples);
		expect(new Set(medians)).toEqual(new Set([1, NaN]));
		const clustered = resampledMedians([7, 7, 7, 7], resamples, [0, 0, 1, 2]);
		expect(new Set(clustered)).toEqual(new Set([7]));
	});

	it('draws neighbours together in blocks', () => {
		const { counts } = drawResamples({
			rounds: 12,
			random: mulberry32(9),
			size: 1,
			blockLength: 12
		});
		expect([...counts]).toEqual(new Array(12).fill(1));
	});
});

describe('intervals', () => {
	it('are wider for fewer values and tend to plain percentiles', () => {
		expect(widenedTail(0.025, 20)).toBeLessThan(widenedTail(0.025, 80));
		expect(widenedTail(0.025, 1e6)).toBeCloseTo(0.025, 5);
		// 2.0930 is Student's t for 19 degrees of freedom.
		expect(-normalQuantile(widenedTail(0.025, 20))).toBeCloseTo(2.093 * Math.sqrt(20 / 19), 3);
	});

	it('share the error between comparisons', () => {
		expect(simultaneousLevel(0.95, 10)).toBeCloseTo(0.995);
		expect(simultaneousLevel(0.95, 0)).toBeCloseTo(0.95);
	});

	it('of a ratio hold for exact multiples, and turn over with the pair', () => {
		const b = [1, 2, 3, 4, 5];
		const resamples = drawResamples({ rounds: 5, random: mulberry32(1), size: 100 });
		const exact = ratioInterval(
			logRatios(
				b.map((x) => 2 * x),
				b
			),
			resamples,
			0.95
		)!;
		for (const end of [exact.value, exact.low, exact.high]) expect(end).toBeCloseTo(2, 12);
		const a = [1.1, 2.3, 2.9, 4.4, 6];
		const forward = ratioInterval(logRatios(a, b), resamples, 0.95)!;
		const backward = ratioInterval(logRatios(b, a), resamples, 0.95)!;
		expect(forward.low).toBeCloseTo(1 / backward.high, 12);
		expect(relativeHalfWidth(forward)).toBeGreaterThan(0);
	});

	it('take a least number of rounds, by level', () => {
		expect([0.95, 0.99, 0.96875].map(roundsNeeded)).toEqual([6, 8, 6]);
		expect(roundsNeeded(simultaneousLevel(0.95, 8))).toBe(9);
		expect(roundsNeeded(simultaneousLevel(0.99, 8))).toBe(11);
	});

	it("are Student's below it, say so, and stay numbers", () => {
		const resamples = drawResamples({ rounds: 3, random: mulberry32(1), size: 10 });
		const few = ratioInterval(Float64Array.of(-0.01, 0, 0.01), resamples, 0.95)!;
		expect(Math.log(few.high)).toBeCloseTo((4.302653 * 0.01) / Math.sqrt(3), 6);
		expect(few.low).toBeCloseTo(1 / few.high, 12);
		expect(few.roundsNeeded).toBe(6);
		const wild = ratioInterval(Float64Array.of(-400, NaN, 400), resamples, 0.95)!;
		expect(Number.isFinite(wild.high) && wild.low > 0).toBe(true);
		const median = medianInterval([10, 11, 10, 12], [0, 0, 1, 1], resamples, 0.95)!;
		expect(median).toMatchObject({ value: 10.5, roundsNeeded: 6 });
		expect(median.low).toBeGreaterThan(0);
	});

	it('need two rounds', () => {
		const resamples = drawResamples({ rounds: 2, random: mulberry32(1), size: 10 });
		expect(ratioInterval(logRatios([1, NaN], [1, 1]), resamples, 0.95)).toBeNull();
		expect(medianInterval([1, 2], [0, 0], resamples, 0.95)).toBeNull();
		expect(medianInterval([1, 2], [0, 1], resamples, 0.95)?.value).toBe(1.5);
	});

	it('refuses pairs of unequal length', () => {
		expect(() => logRatios([1], [1, 2])).toThrow(RangeError);
	});
});

describe('verdicts', () => {
	it('need the whole interval beyond 1 %', () => {
		expect(verdictOf({ value: 1.05, low: 1.02, high: 1.08 })).toBe('slower');
		expect(verdictOf({ value: 0.9, low: 0.88, high: 0.92 })).toBe('faster');
		expect(verdictOf({ value: 1.02, low: 1.005, high: 1.04 })).toBe('cannot-tell');
		expect(verdictOf({ value: 1.009, low: 1.008, high: 1.0099 })).toBe('cannot-tell');
		expect(verdictOf({ value: 2, low: 1.9, high: 2.1, roundsNeeded: 6 })).toBe('cannot-tell');
	});
});

describe("Student's t", () => {
	// Any table of the distribution.
	it.each([
		[0.95, 1, 12.7062],
		[0.95, 2, 4.30265],
		[0.99, 3, 5.84091],
		[0.95, 8, 2.306],
		[0.99, 9, 3.24984]
	])('at %d and %d degrees of freedom is %d', (level, freedom, t) => {
		expect(studentQuantile(level, freedom)).toBeCloseTo(t, 3);
	});
});

describe('outliers', () => {
	it('are counted by two fences', () => {
		const values = Float64Array.from([...Array.from({ length: 20 }, (_, i) => i), 40, 90, NaN]);
		expect(countOutliers(values)).toEqual({ mild: 1, extreme: 1 });
		expect(countOutliers(new Float64Array())).toEqual({ mild: 0, extreme: 0 });
	});
});

describe('rank correlation', () => {
	it('gives equal values the mean of their ranks', () => {
		expect(ranks([30, 10, 10, 20])).toEqual([4, 1.5, 1.5, 3]);
	});

	it('is 1, -1 and a textbook value', () => {
		expect(spearman([1, 2, 3], [10, 20, 90])).toBe(1);
		expect(spearman([1, 2, 3], [3, 2, 1])).toBe(-1);
		// 1 - 6 · sum of squared rank differences / (n³ - n), with differences 1, 1, 2, 0, 2.
		expect(spearman([1, 2, 3, 4, 5], [2, 1, 5, 4, 3])).toBeCloseTo(1 - (6 * 10) / 120, 12);
		expect(spearman([1, 1], [1, 2])).toBeNaN();
	});

	it('has an interval as wide as the noise can turn the order', () => {
		const random = mulberry32(8);
		const fixed = [1, 2, 3, 4, 5, 6, 7, 8];
		const around = (values: number[], sd: number) =>
			values.map((value) => Float64Array.from({ length: 300 }, () => value + sd * normal(random)));
		const sharp = spearmanInterval({
			fixed,
			measured: fixed,
			resampled: around(fixed, 0.01),
			level: 0.95
		})!;
		expect([sharp.low, sharp.value, sharp.high]).toEqual([1, 1, 1]);
		const blurred = spearmanInterval({
			fixed,
			measured: fixed,
			resampled: around(fixed, 3),
			level: 0.95
		})!;
		expect(blurred.low).toBeLessThan(0.6);
		expect(
			spearmanInterval({ fixed: [1], measured: [1], resampled: [new Float64Array(3)], level: 0.95 })
		).toBeNull();
	});
});
