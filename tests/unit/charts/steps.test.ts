import { describe, expect, it } from 'vitest';
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
		expect(changes[0]).toMatchObject({ step: 1, previousLabel: 'MobileNetV3-L' });
		expect(changes[0]!.reported).toBeCloseTo(0.81 / 1.01 - 1);
		expect(changes[0]!.measured?.value).toBeCloseTo(-0.1);
		expect(changes[0]!.verdict).toBe('faster');
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
		previousLabel: 'Wider',
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
			{ measured: null, verdict: null, reported: null },
			'This step has not been measured on this device; the paper reports no latency for it.'
		]
	] as const)('says every case (%#)', (overrides, sentence) => {
		expect(plain(stepSentence(change(overrides)))).toBe(sentence);
	});
});

describe('rankSentence', () => {
	it.each([
		[{ value: 0.7, low: 0.3, high: 0.9 }, 'follows'],
		[{ value: -0.7, low: -0.9, high: -0.3 }, 'runs against'],
		[{ value: 0.1, low: -0.4, high: 0.5 }, 'cannot be told'],
		[null, 'at least three']
	])('%o', (rank, words) => {
		expect(rankSentence(rank)).toContain(words);
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
