import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutGains, type Gain } from '$lib/charts/gain-chart';
import { contains, overlaps } from '$lib/charts/geometry';
import { PLACEMENT_TEXTS, seAblationGroups } from '$lib/charts/se-ablation';
import { layoutTradeoff, TRADEOFF_MARK_RADIUS, type Variant } from '$lib/charts/tradeoff-chart';
import { REPARAM_ABLATION, SE_ABLATION } from '$lib/reported/figures';

const groups = seAblationGroups();
const WIDTHS = [326, 420, 559, 560, 720, 900];

describe('the ablation of SE placement', () => {
	it('holds every row of the table, from none to every block, the paper’s choice marked', () => {
		expect(groups.flatMap(({ variants }) => variants)).toHaveLength(SE_ABLATION.length);
		for (const { variants } of groups) {
			expect(variants.map(({ label }) => label)).toEqual([
				PLACEMENT_TEXTS.none(),
				PLACEMENT_TEXTS.alternate(),
				PLACEMENT_TEXTS.every()
			]);
			expect(variants.filter(({ isChosen }) => isChosen).map(({ id }) => id)).toEqual([
				'alternate'
			]);
		}
	});

	it('says nothing in its text that the figures do not', () => {
		for (const { variants } of groups) {
			const [none, alternate, every] = variants as [Variant, Variant, Variant];
			// "within a hundredth of a point"
			expect(Math.abs(every.percent - alternate.percent)).toBeLessThan(0.0101);
			// "gives back more than half of the time"
			expect((every.ms - alternate.ms) / (every.ms - none.ms)).toBeGreaterThan(0.5);
		}
	});
});

describe('layoutTradeoff', () => {
	it.each(WIDTHS)('keeps marks and names apart and inside at %d px', (width) => {
		const { panels, height } = layoutTradeoff(groups, width);
		for (const { marks, labels, plot } of panels) {
			expect(labels).toHaveLength(marks.length);
			for (const { x, y } of marks) {
				const r = TRADEOFF_MARK_RADIUS;
				expect(contains(plot, { x: x - r, y: y - r, width: 2 * r, height: 2 * r })).toBe(true);
			}
			for (const { box } of labels) expect(contains(plot, box)).toBe(true);
			for (const [index, { box }] of labels.entries()) {
				for (const other of labels.slice(index + 1)) expect(overlaps(box, other.box)).toBe(false);
			}
			expect(plot.x + plot.width).toBeLessThanOrEqual(width + 1e-9);
			expect(plot.y + plot.height).toBeLessThan(height);
		}
	});

	it('stacks the panels in a narrow page only', () => {
		const tops = (width: number) => layoutTradeoff(groups, width).panels.map(({ plot }) => plot.y);
		expect(new Set(tops(900)).size).toBe(1);
		expect(new Set(tops(340)).size).toBe(groups.length);
	});

	it('gives the same slope to the same trade, whichever the network', () => {
		const variant = fc.record({
			ms: fc.double({ min: 0.5, max: 5, noNaN: true }),
			percent: fc.double({ min: 70, max: 85, noNaN: true })
		});
		const anyGroups = fc.array(fc.array(variant, { minLength: 1, maxLength: 4 }), {
			minLength: 1,
			maxLength: 3
		});
		fc.assert(
			fc.property(anyGroups, fc.integer({ min: 300, max: 1200 }), (data, width) => {
				const made = data.map((variants, group) => ({
					id: String(group),
					title: '',
					variants: variants.map((one, id) => ({
						...one,
						id: String(id),
						label: '',
						isChosen: false
					}))
				}));
				const { panels } = layoutTradeoff(made, width);
				const scales = made.flatMap(({ variants }, group) =>
					variants.slice(1).flatMap(({ ms, percent }, index) => {
						const [from, to] = [panels[group]!.marks[index]!, panels[group]!.marks[index + 1]!];
						const before = variants[index]!;
						return Math.abs(ms - before.ms) < 0.01 || Math.abs(percent - before.percent) < 0.01
							? []
							: [
									{
										x: (to.x - from.x) / (ms - before.ms),
										y: (to.y - from.y) / (percent - before.percent)
									}
								];
					})
				);
				for (const scale of scales) {
					expect(scale.x).toBeGreaterThan(0);
					expect(scale.y).toBeLessThan(0);
					expect(scale.x).toBeCloseTo(scales[0]!.x, 3);
					expect(scale.y).toBeCloseTo(scales[0]!.y, 3);
				}
			})
		);
	});
});

describe('layoutGains', () => {
	const gains: Gain[] = REPARAM_ABLATION.map((row) => ({
		id: row.name,
		label: row.name,
		points: row.with.percent - row.without.percent
	}));

	it.each([300, 358, 420, 700])(
		'draws lengths in proportion, figures inside, at %d px',
		(width) => {
			const { rows, zero, plot } = layoutGains(gains, width);
			const perPoint = rows.map(({ x }, index) => (x - zero) / gains[index]!.points);
			for (const value of perPoint) expect(value).toBeCloseTo(perPoint[0]!, 6);
			for (const { x, valueX } of rows) {
				expect(x).toBeGreaterThan(zero);
				expect(valueX).toBeGreaterThan(x);
				expect(valueX + 30).toBeLessThanOrEqual(width);
			}
			expect(zero).toBeGreaterThan(plot.x);
		}
	);

	it('writes the gains as the table has them', () => {
		expect(layoutGains(gains, 400).rows.map(({ value }) => value)).toEqual([
			'+0.27',
			'+0.20',
			'+0.20'
		]);
	});

	it('stands without rows, and draws a loss to the left', () => {
		expect(layoutGains([], 300).rows).toEqual([]);
		const { rows, zero } = layoutGains([{ id: 'a', label: 'a', points: -1 }], 300);
		expect(rows[0]!.x).toBeLessThan(zero);
	});
});
