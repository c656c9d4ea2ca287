import { describe, expect, it } from 'vitest';
import { findNamedDesign } from '$lib/arch/named-designs';
import { ROADMAP } from '$lib/arch/roadmap';
import { inferredReason, isInferred } from '$lib/charts/inferred';
import { layoutStepChart } from '$lib/charts/step-chart';
import { pairedRatio, stepChanges } from '$lib/charts/step-changes';
import { rankSentence, stepSentence } from '$lib/charts/texts';
import type { StepChange } from '$lib/charts/types';
import { estimate, roadmapPairs, stepFigures } from './sample-data';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('stepChanges', () => {
	it('puts reported beside measured for each step', () => {
		const changes = stepChanges(stepFigures, roadmapPairs());
		expect(changes).toHaveLength(8);
		expect(changes[0]).toMatchObject({
			step: 1,
			previousId: 'step0',
			previousLabel: 'MobileNetV3-L'
		});
		expect(changes[0]!.reported).toBeCloseTo(0.81 / 1.01 - 1);
		expect(changes[0]!.measured?.value).toBeCloseTo(-0.1);
		expect(changes[0]!.verdict).toBe('faster');
	});

	it('tells which of the two networks is a reconstruction', () => {
		const changes = stepChanges(stepFigures, roadmapPairs());
		expect(changes.map(({ inferred }) => inferred).slice(-2)).toEqual(['step', 'previous']);
		expect(inferredReason(changes[0]!)).toBe('our reconstruction; the paper gives no layer table');
		expect(inferredReason(changes[7]!)).toMatch(/^compared with 3x3 kernels, which is our rec/);
		expect(inferredReason({ ...changes[0]!, inferred: null })).toBeNull();
		expect(isInferred(ROADMAP[7]!.design)).toBe(true);
		expect(isInferred({ ...ROADMAP[7]!.design, form: 'training', heads: 2 })).toBe(true);
		expect(isInferred(ROADMAP[8]!.design)).toBe(false);
		expect(isInferred(findNamedDesign('mobilenetv3-large')!.design)).toBe(false);
	});

	it('finds its pairs wherever they stand in the run', () => {
		const straight = stepChanges(stepFigures, roadmapPairs());
		expect(stepChanges(stepFigures.toReversed(), roadmapPairs().toReversed())).toEqual(straight);
	});

	it('takes only neighbours, and no reported figure from silence', () => {
		const figures = [stepFigures[0]!, stepFigures[1]!, stepFigures[3]!].map((figure) =>
			figure.step === 1 ? { ...figure, reportedLatencyMs: null } : figure
		);
		const changes = stepChanges(figures, []);
		expect(changes.map(({ step }) => step)).toEqual([1]);
		expect(changes[0]).toMatchObject({ reported: null, measured: null, verdict: null });
	});

	it('turns a pair round when the run has it the other way', () => {
		const pairs = [{ a: 'x', b: 'y', ratio: { value: 2, low: 1.6, high: 2.5 }, verdict: 'slower' }];
		expect(pairedRatio(pairs as never, 'y', 'x')).toEqual({
			ratio: { value: 0.5, low: 0.4, high: 0.625 },
			verdict: 'faster'
		});
		expect(pairedRatio(pairs as never, 'y', 'z')).toBeNull();
	});
});

describe('stepSentence', () => {
	const change = (overrides: Partial<StepChange>): StepChange => ({
		id: 'step3',
		step: 3,
		label: 'Stem',
		previousId: 'step2',
		previousLabel: 'Wider',
		inferred: null,
		reported: -0.034,
		measured: { value: 0.38, low: 0.36, high: 0.4 },
		verdict: 'slower',
		source: null,
		href: null,
		...overrides
	});

	it.each([
		[{}, "On this device this step costs 38 % ± 2; the paper's phone gained 3 %."],
		[
			{ measured: estimate(-0.1, -0.14), verdict: 'faster', reported: 0.12 },
			"On this device this step saves 10.0 % ± 1.4; the paper's phone lost 12 %."
		],
		[
			{ measured: { value: 0.004, low: -0.008, high: 0.016 }, verdict: 'cannot-tell', reported: 0 },
			"On this device this step makes no difference that can be told (−0.8 % to +1.6 %); the paper's phone took the same time."
		],
		[
			{
				measured: { value: 0.4, low: -0.3, high: 1.8, roundsNeeded: 9 },
				verdict: 'cannot-tell',
				reported: 0
			},
			"The rounds on this device were too few to tell what this step makes; the paper's phone took the same time."
		],
		[
			{ measured: null, verdict: null, reported: null },
			'This step has not been measured on this device; the paper reports no latency for it.'
		]
	] as const)('says every case (%#)', (overrides, sentence) => {
		expect(plain(stepSentence(change(overrides)))).toBe(sentence);
	});
});

describe('rankSentence', () => {
	const some = { value: 0.1, low: -0.4, high: 0.5 };

	it.each([
		[{ value: 0.7, low: 0.3, high: 0.9 }, "tends to follow the paper's phone"],
		[{ value: -0.7, low: -0.9, high: -0.3 }, 'tends to run against'],
		[some, 'cannot be told'],
		[null, '3 designs or more, measured here and reported there, and 6 rounds']
	])('of the designs: %o', (latencies, words) => {
		const sentence = rankSentence('latencies', { latencies, changes: null });
		expect(sentence).toContain(words);
		expect(sentence).toMatch(/designs/);
	});

	it.each([
		[
			{ value: 0.7, low: 0.3, high: 0.9 },
			"order of the steps' changes on this device tends to follow"
		],
		[null, '3 steps or more whose change is measured here']
	])('of the changes, in words of its own: %o', (changes, words) => {
		expect(rankSentence('changes', { latencies: some, changes })).toContain(words);
	});
});

describe('layoutStepChart', () => {
	const changes = stepChanges(stepFigures, roadmapPairs());

	it.each([320, 390, 700, 1100])('keeps marks, intervals and figures inside at %d px', (width) => {
		const { rows, plot, zero } = layoutStepChart(changes, width);
		expect(rows).toHaveLength(8);
		for (const { reported, measured } of rows) {
			for (const at of [reported!.x, measured!.low, measured!.high, zero]) {
				expect(at).toBeGreaterThanOrEqual(plot.x);
				expect(at).toBeLessThanOrEqual(plot.x + plot.width);
			}
			expect(measured!.y).toBeGreaterThan(reported!.y);
		}
	});

	it('puts faster left of zero and slower right of it', () => {
		const { rows, zero } = layoutStepChart(changes, 800);
		expect(rows[0]!.measured!.x).toBeLessThan(zero);
		expect(rows[0]!.measured!.value.anchor).toBe('end');
		expect(rows[1]!.measured!.x).toBeGreaterThan(zero);
	});

	it.each([1, -1])(
		'leaves room for the words at zero where all changes have one sign (%d)',
		(sign) => {
			const oneWay = [
				{ ...changes[0]!, reported: 0.3 * sign, measured: estimate(0.2 * sign, 0.1) }
			];
			for (const width of [343, 1100]) {
				const { zero, plot } = layoutStepChart(oneWay, width);
				expect(zero - plot.x).toBeGreaterThan(60);
				expect(plot.x + plot.width - zero).toBeGreaterThan(60);
			}
		}
	);

	it('draws no verdict where none can be told', () => {
		const untold = [{ ...changes[0]!, verdict: 'cannot-tell' as const }];
		expect(layoutStepChart(untold, 800).rows[0]!.measured!.canTell).toBe(false);
	});

	it('stands without any step and without any measurement', () => {
		expect(layoutStepChart([], 400).rows).toEqual([]);
		const silent = stepChanges(stepFigures, []);
		expect(layoutStepChart(silent, 400).rows.every(({ measured }) => measured === null)).toBe(true);
	});
});
