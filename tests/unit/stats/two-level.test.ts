import { describe, expect, test } from 'vitest';
import { interactionGroups, planSizes, twoLevelPlan } from '$lib/stats/two-level';

const PLANS = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((factors) =>
	planSizes(factors).map((size) => [factors, size] as const)
);

describe.each(PLANS)('%i factors in %i corners', (factors, size) => {
	const plan = twoLevelPlan(factors, size);

	test('are as many different corners, the first one all low', () => {
		expect(plan.runs).toHaveLength(size);
		expect(new Set(plan.runs.map(String)).size).toBe(size);
		expect(plan.runs[0]!.slice(0, Math.log2(size))).toEqual(Array(Math.log2(size)).fill(-1));
	});

	test('hold every factor as often low as high, and every two of them in balance', () => {
		for (let a = 0; a < factors; a++) {
			expect(plan.runs.reduce((sum, levels) => sum + levels[a]!, 0)).toBe(0);
			for (let b = 0; b < a; b++) {
				expect(plan.runs.reduce((sum, levels) => sum + levels[a]! * levels[b]!, 0)).toBe(0);
			}
		}
	});

	test('confound what the words say, and main effects with no pair', () => {
		for (const word of plan.words) {
			const products = plan.runs.map((levels) =>
				levels.reduce<number>((all, level, factor) => (word & (1 << factor) ? all * level : all), 1)
			);
			expect(new Set(products).size).toBe(1);
		}
		expect(plan.resolution ?? Infinity).toBeGreaterThanOrEqual(4);
		expect(plan.words).toHaveLength(2 ** factors / size - 1);
	});

	test('list each pair once, with those it runs together with', () => {
		const groups = interactionGroups(plan);
		const pairs = groups.flat();
		expect(new Set(pairs.map(String)).size).toBe(pairs.length);
		expect(pairs).toHaveLength((factors * (factors - 1)) / 2);
		for (const group of groups) {
			const columns = group.map(([a, b]) =>
				plan.runs.map((levels) => levels[a]! * levels[b]!).join()
			);
			const flipped = columns[0]!.replace(/-?1/g, (level) => String(-Number(level)));
			for (const column of columns) expect([columns[0], flipped]).toContain(column);
		}
	});
});

test('resolutions are those of the tables', () => {
	const resolution = (factors: number, size: number) => twoLevelPlan(factors, size).resolution;
	expect(resolution(4, 8)).toBe(4);
	expect(resolution(5, 16)).toBe(5);
	expect(resolution(6, 32)).toBe(6);
	expect(resolution(8, 16)).toBe(4);
	expect(resolution(8, 64)).toBe(5);
	expect(resolution(3, 8)).toBeNull();
});

test('what has no plan is refused', () => {
	expect(() => twoLevelPlan(8, 256)).toThrow(RangeError);
	expect(() => twoLevelPlan(8, 8)).toThrow(RangeError);
	expect(() => twoLevelPlan(3, 4)).toThrow(RangeError);
});
