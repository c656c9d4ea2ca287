import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOrder } from '$lib/charts/devices/order-chart';
import { ratioScale } from '$lib/charts/devices/ratio-scale';
import type { DeviceCell, DeviceRow } from '$lib/charts/devices/types';

function cell(value: number, half: number, rank: number | null): DeviceCell {
	return {
		ratio: {
			value,
			low: value * (1 - half),
			high: value * (1 + half),
			basis: 'paired',
			verdict: 'slower'
		},
		ms: 10,
		place: rank === null ? null : { design: 'x', rank, isOpen: false }
	};
}

const row = (design: string, ...cells: readonly (DeviceCell | null)[]): DeviceRow => ({
	design,
	label: design,
	cells
});

describe('the scale of ratios', () => {
	it('holds every interval and 1, and twice is as far as half', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: 0.06, max: 40, noNaN: true }), { minLength: 1 }),
				fc.integer({ min: 150, max: 420 }),
				(values, width) => {
					const rows = values.map((value, i) => row(`d${i}`, cell(value, 0.1, null)));
					const scale = ratioScale(rows, { width, margin: 12 });
					for (const value of values) {
						for (const edge of [value * 0.9, value * 1.1]) {
							expect(scale.at(edge)).toBeGreaterThanOrEqual(12);
							expect(scale.at(edge)).toBeLessThanOrEqual(width - 12);
						}
					}
					expect(scale.at(2) - scale.one).toBeCloseTo(scale.one - scale.at(0.5));
					expect(scale.ticks.map(({ ratio }) => ratio)).toContain(1);
					scale.ticks.slice(1).forEach(({ at }, i) => {
						expect(at - scale.ticks[i]!.at).toBeGreaterThanOrEqual(26);
					});
				}
			)
		);
	});
});

describe('the order on devices', () => {
	const rows = [
		row('a', cell(1, 0, 1), cell(1, 0, 3)),
		row('b', cell(2, 0, 2.5), cell(1, 0, 1)),
		row('c', cell(2, 0, 2.5), cell(1, 0, 2)),
		row('only here', cell(3, 0, null), null)
	];

	it('has a line for each network that all have, each place on a row of its own', () => {
		const { lines } = layoutOrder(rows, { devices: 2, width: 800 });
		expect(lines.map(({ design }) => design)).toEqual(['a', 'b', 'c']);
		for (const device of [0, 1]) {
			const heights = lines.map(({ marks }) => marks[device]!.y);
			expect(new Set(heights).size).toBe(3);
		}
		const [a, b, c] = lines.map(({ marks }) => marks.map(({ y }) => y));
		expect(a![0]!).toBeLessThan(b![0]!);
		// Equal ones stand in the order of the rows.
		expect(b![0]!).toBeLessThan(c![0]!);
		expect(b![1]!).toBeLessThan(c![1]!);
		expect(c![1]!).toBeLessThan(a![1]!);
	});

	it('is as wide as there is room, and wider where lines need it', () => {
		expect(layoutOrder(rows, { devices: 2, width: 1200 }).width).toBe(1200);
		const narrow = layoutOrder(rows, { devices: 2, width: 100 });
		expect(narrow.width).toBeGreaterThan(100);
		const [first, second] = narrow.columns;
		expect(second!.x - first!.x).toBeGreaterThanOrEqual(139);
	});

	it('knows who moves', () => {
		const moving = (...given: readonly DeviceRow[]) =>
			layoutOrder(given, { devices: 2, width: 500 }).lines.map(({ moves }) => moves);
		expect(moving(rows[0]!, rows[1]!)).toEqual([true, true]);
		const still = [row('d', cell(1, 0, 1), cell(1, 0, 1)), row('e', cell(1, 0, 2), cell(1, 0, 2))];
		expect(moving(...still)).toEqual([false, false]);
	});
});
