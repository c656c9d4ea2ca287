import { describe, expect, test } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { ops } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { icicleStep, layoutIcicle, partId } from '$lib/charts/profile/icicle';
import { profileRows } from '$lib/charts/profile/profile-rows';
import { layoutRoofline } from '$lib/charts/profile/roofline-plot';
import { roofAt } from '$lib/measure/profile/roofline';
import { sampleProfile } from './sample-profile';

const analysis = analyseDesign(ROADMAP[8]!.design);
const profile = sampleProfile(analysis);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const whole = sum([...profile.timesMs.values()]) + profile.unmappedMs + profile.overheadMs;

describe.each(['blocks', 'ops', 'kinds'] as const)('a profile by %s', (grain) => {
	const rows = profileRows(analysis, profile, grain);

	test('sums to all of the time, unmapped time and overhead as rows of their own', () => {
		expect(sum(rows.map(({ ms }) => ms))).toBeCloseTo(whole, 6);
		expect(sum(rows.map(({ share }) => share))).toBeCloseTo(1, 9);
		expect(rows.find(({ id }) => id === 'unmapped')?.ms).toBe(profile.unmappedMs);
		expect(rows.find(({ id }) => id === 'overhead')?.ms).toBe(profile.overheadMs);
	});

	test('has the slowest first, and each once', () => {
		const times = rows.map(({ ms }) => ms);
		expect(times).toEqual([...times].sort((a, b) => b - a));
		expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
	});
});

describe('the roofs', () => {
	test('name a limit for every block, and none without peaks', () => {
		const limits = (peaks: typeof profile.peaks) =>
			profileRows(analysis, { ...profile, peaks }, 'blocks').filter(({ place }) => place).length;
		// Stem, 2 + 2 + 14 + 2 blocks, three downsampling layers, classifier.
		expect(limits(profile.peaks)).toBe(25);
		expect(limits(null)).toBe(0);
	});

	test('are drawn straight, with no part outside of the picture', () => {
		const peaks = profile.peaks!;
		const rows = profileRows(analysis, profile, 'ops');
		const { plot, marks, roof } = layoutRoofline(rows, peaks, 600);
		expect(marks.length).toBeGreaterThan(50);
		for (const { x, y } of marks) {
			expect(x).toBeGreaterThanOrEqual(plot.x);
			expect(x).toBeLessThanOrEqual(plot.x + plot.width);
			expect(y).toBeGreaterThanOrEqual(plot.y);
			expect(y).toBeLessThanOrEqual(plot.y + plot.height);
		}
		expect(roof[1]!.y).toBeCloseTo(roof[2]!.y);
		expect(roof[0]!.y).toBeGreaterThan(roof[1]!.y);
		const slow = marks.filter(
			({ row: { place } }) => place!.macsPerSecond < 0.9 * roofAt(place!.intensity, peaks)
		);
		expect(slow.length).toBeGreaterThan(0);
	});
});

describe('an icicle', () => {
	const bars = layoutIcicle(analysis.root, profile, { leastWidth: 0 });
	const find = (id: string) => bars.find((bar) => bar.id === id)!;

	test('has each part under what it is a part of, and within it', () => {
		expect(find('run')).toMatchObject({ left: 0, width: 1, depth: 0 });
		expect(find('run').ms).toBeCloseTo(whole, 6);
		for (const bar of bars) {
			if (bar.parent === null) continue;
			const above = find(bar.parent);
			expect(bar.depth).toBe(above.depth + 1);
			expect(bar.left).toBeGreaterThanOrEqual(above.left - 1e-9);
			expect(bar.left + bar.width).toBeLessThanOrEqual(above.left + above.width + 1e-9);
		}
		expect(bars.filter(({ node }) => node?.kind === 'op').length).toBeGreaterThan(
			[...ops(analysis.root)].length / 3
		);
	});

	test('brings a part over the whole width, with what it is in and what is in it', () => {
		const id = partId('stages.2');
		const focused = layoutIcicle(analysis.root, profile, { focus: id });
		expect(focused.find((bar) => bar.id === id)).toMatchObject({ left: 0, width: 1 });
		const paths = focused.filter(({ type }) => type === 'part').map(({ path }) => path);
		expect(paths.every((path) => path.startsWith('stages.2') || 'stages.2'.startsWith(path))).toBe(
			true
		);
	});

	test('is walked by arrow keys', () => {
		const stem = partId('stem');
		expect(icicleStep(bars, 'run', 'ArrowDown')).toBe(partId(''));
		expect(icicleStep(bars, partId(''), 'ArrowUp')).toBe('run');
		expect(icicleStep(bars, partId(''), 'End')).toBe('overhead');
		const next = icicleStep(bars, stem, 'ArrowRight')!;
		expect(icicleStep(bars, next, 'ArrowLeft')).toBe(stem);
		expect(icicleStep(bars, 'run', 'ArrowUp')).toBeNull();
		expect(icicleStep(bars, stem, 'x')).toBeNull();
	});
});
