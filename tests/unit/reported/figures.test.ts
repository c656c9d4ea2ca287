import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findNamedDesign } from '$lib/arch/named-designs';
import { FAMILY } from '$lib/arch/family';
import { ROADMAP, SIDE_POINTS, stepName } from '$lib/arch/roadmap';
import { REPARAM_ABLATION, REPORTED, SE_ABLATION } from '$lib/reported/figures';
import { reportedFor, top1Under } from '$lib/reported/look-up';

interface Reference {
	roadmap: {
		step: number;
		id: string;
		section: string;
		latency_ms: number;
		top1: number;
		substeps?: { id: string; latency_ms: number; top1: number | null }[];
	}[];
	family: {
		model: string;
		latency_ms: number;
		latency_ms_2dp?: { value: number };
		top1_distill_300: number;
		top1_distill_450: number | null;
		top1_nodistill_300: number | null;
		channels: number[];
		depths: number[];
	}[];
	ablations: {
		se: { model: string; setting: string; top1: number; latency_ms: number }[];
		reparam: {
			model: string;
			without_sr_top1: number;
			with_sr_top1: number;
			table: string;
			setting: string;
		}[];
	};
}

const reference = JSON.parse(
	readFileSync(new URL('../../reference/reported.json', import.meta.url), 'utf8')
) as Reference;

describe('reported figures are those of the reference', () => {
	it.each(reference.roadmap)('step $step', ({ step, id, section, latency_ms, top1 }) => {
		expect(ROADMAP[step]).toMatchObject({ step, id, section });
		const figures = REPORTED[stepName(ROADMAP[step]!.step)]!;
		expect(figures.latency!.ms).toBe(latency_ms);
		expect(top1Under(figures, '300-epochs')!.percent).toBe(top1);
	});

	it('side points of step 2', () => {
		const found = SIDE_POINTS.map(({ name }) => {
			const figures = REPORTED[name]!;
			return {
				latency_ms: figures.latency!.ms,
				top1: top1Under(figures, '300-epochs')?.percent ?? null
			};
		});
		expect(found).toEqual(
			reference.roadmap[2]!.substeps!.map(({ latency_ms, top1 }) => ({ latency_ms, top1 }))
		);
	});

	it.each(FAMILY)('$label', ({ label, name, design }) => {
		const row = reference.family.find(({ model }) => model === label)!;
		expect(design.widths).toEqual(row.channels);
		expect(design.depths).toEqual(row.depths);
		const figures = REPORTED[name]!;
		// Two decimals where the paper prints them anywhere.
		expect(figures.latency!.ms).toBe(row.latency_ms_2dp?.value ?? row.latency_ms);
		const percent = (regime: Parameters<typeof top1Under>[1]) =>
			top1Under(figures, regime)?.percent ?? null;
		expect(percent('300-epochs')).toBe(row.top1_nodistill_300);
		expect(percent('300-epochs-distilled')).toBe(row.top1_distill_300);
		expect(percent('450-epochs-distilled')).toBe(row.top1_distill_450);
	});

	it('SE ablation (Table 7)', () => {
		for (const { model, setting, top1, latency_ms } of reference.ablations.se) {
			if (setting.startsWith('cross-block')) continue;
			const base = findNamedDesign(model)!.design;
			const se = setting === 'w/o SE' ? 'none' : 'every';
			const figures = reportedFor({ ...base, se });
			expect(figures.latency!.ms).toBe(latency_ms);
			expect(top1Under(figures, '300-epochs-distilled')!.percent).toBe(top1);
		}
	});

	it('SE ablation as a list, row for row', () => {
		const settings = {
			none: 'w/o SE',
			alternate: 'cross-block (ours)',
			every: 'per block'
		} as const;
		const found = SE_ABLATION.map(({ name, se, ms, top1 }) => ({
			model: findNamedDesign(name)!.label,
			setting: settings[se],
			top1: top1.percent,
			latency_ms: ms
		}));
		expect(found).toHaveLength(reference.ablations.se.length);
		for (const { model, setting, top1, latency_ms } of reference.ablations.se) {
			expect(found).toContainEqual({ model, setting, top1, latency_ms });
		}
		// Where Table 1 prints the same network, it agrees to its one decimal.
		for (const { name, se, top1 } of SE_ABLATION) {
			if (se !== 'alternate') continue;
			const printed = top1Under(REPORTED[name]!, top1.regime)!.percent;
			expect(Math.abs(top1.percent - printed)).toBeLessThan(0.0501);
		}
	});

	it('ablation of the parallel branches (Table 6), with distillation', () => {
		const found = REPARAM_ABLATION.map((row) => ({
			model: findNamedDesign(row.name)!.label,
			without_sr_top1: row.without.percent,
			with_sr_top1: row.with.percent
		}));
		const expected = reference.ablations.reparam.map(
			({ model, without_sr_top1, with_sr_top1 }) => ({ model, without_sr_top1, with_sr_top1 })
		);
		expect(found).toEqual(expected);
		const tops = REPARAM_ABLATION.flatMap((row) => [row.without, row.with]);
		for (const { regime, where } of tops) {
			expect(regime).toBe('300-epochs-distilled');
			expect(where.startsWith(reference.ablations.reparam[0]!.table)).toBe(true);
		}
		expect(reference.ablations.reparam[0]!.setting).toContain('with distillation, 300 epochs');
	});
});

describe('the look-up', () => {
	it('gives nothing for a design that was not reported, however near', () => {
		const m09 = findNamedDesign('repvit-m0.9')!.design;
		for (const design of [
			{ ...m09, resolution: 256 },
			{ ...m09, activation: 'relu' },
			{ ...m09, classes: 10 },
			{ ...m09, depths: [2, 2, 13, 2] }
		] as const) {
			expect(reportedFor(design)).toEqual({ latency: null, top1: [] });
		}
	});

	it('gives a training form the accuracy of what it folds to, and no latency', () => {
		const m09 = findNamedDesign('repvit-m0.9')!.design;
		const { top1 } = reportedFor(m09);
		expect(top1.length).toBeGreaterThan(0);
		// A second head learns from a teacher: who has one was distilled.
		for (const [heads, isDistilled] of [
			[1, false],
			[2, true]
		] as const) {
			const ofHeads = top1.filter(({ regime }) => regime.endsWith('-distilled') === isDistilled);
			expect(ofHeads.length).toBeGreaterThan(0);
			expect(reportedFor({ ...m09, form: 'training', heads })).toEqual({
				latency: null,
				top1: ofHeads
			});
		}
		// What only the training form has does not make another deploy form.
		expect(reportedFor({ ...m09, heads: 2, branches: 'first-release' })).toEqual(reportedFor(m09));
		const ablation = { ...m09, form: 'training', heads: 2, se: 'none' } as const;
		expect(reportedFor(ablation).top1).toHaveLength(1);
	});

	it('gives nothing for the branches of the first release, which published other networks', () => {
		const m09 = findNamedDesign('repvit-m0.9')!.design;
		const first = { form: 'training', branches: 'first-release' } as const;
		expect(reportedFor({ ...m09, ...first })).toEqual({ latency: null, top1: [] });
		// MobileNetV3's blocks have no branches, so there the choice says nothing.
		const step0 = findNamedDesign('step0')!.design;
		expect(reportedFor({ ...step0, ...first }).top1).toEqual(reportedFor(step0).top1);
	});

	it('keeps training regimes apart', () => {
		expect(top1Under(reportedFor(findNamedDesign('repvit-m0.6')!.design), '300-epochs')).toBeNull();
	});
});
