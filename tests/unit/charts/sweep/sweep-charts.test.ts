import { describe, expect, test } from 'vitest';
import { findNamedDesign } from '$lib/arch/named-designs';
import { layoutBudgetPlot } from '$lib/charts/sweep/budget-plot';
import { layoutEffects, sortEffects, type EffectRow } from '$lib/charts/sweep/effect-scale';
import { layoutErrorPlot } from '$lib/charts/sweep/error-plot';
import { designOffers, shelfUnder } from '$lib/charts/sweep/offers';
import { effectText, interactionText, sweepHeadline } from '$lib/charts/sweep/texts';
import { analyseSweep } from '$lib/measure/sweep/analyse-sweep';
import { defaultFactor } from '$lib/measure/sweep/factors';
import { predictor } from '$lib/measure/sweep/predict';
import { sweepPlan } from '$lib/measure/sweep/sweep-plan';
import { simulatedRun } from '../../measure/sweep/simulated-run';

const base = findNamedDesign('repvit-m0.6')!.design;
const plan = sweepPlan(base, (['stem', 'mixing', 'kernel', 'se'] as const).map(defaultFactor), 8);
const run = simulatedRun(plan, {
	logOf: ([stem, mixing, kernel]) => -0.02 * stem! + 0.03 * kernel! + 0.02 * stem! * mixing!,
	noise: 0.003
});
const analysis = analyseSweep(plan, run);

const row = (
	id: string,
	value: number,
	half: number,
	verdict: EffectRow['verdict']
): EffectRow => ({
	id,
	text: id,
	verdict,
	ratio: { value, low: value - half, high: value + half }
});

describe('the words of a sweep', () => {
	test('say what costs, what saves and what cannot be told', () => {
		const texts = analysis.effects.map((effect) => effectText(plan, effect));
		expect(texts[0]).toMatch(/^Stem: MobileNetV3’s → Early convolutions saves \d/);
		expect(texts[2]).toMatch(/^Depthwise kernel: 3×3 → 5×5 costs \d/);
		expect(texts[1]).toMatch(/^Mixing: Coupled → Separated: cannot tell, /);
	});

	test('begin with the largest', () => {
		expect(sweepHeadline(plan, analysis)).toMatch(
			/costs most is Depthwise kernel.*saves most is Stem.*Of 4 choices, 2 cannot/s
		);
		expect(sweepHeadline(plan, { ...analysis, rounds: 3 })).toContain('3 rounds');
		const untold = analysis.effects.map((each) => ({ ...each, verdict: 'cannot-tell' as const }));
		expect(sweepHeadline(plan, { ...analysis, effects: untold })).toContain('cannot tell any');
	});

	test('name all interactions that run together', () => {
		const told = analysis.interactions.find(({ verdict }) => verdict !== 'cannot-tell')!;
		expect(interactionText(plan, told)).toMatch(
			/Stem: .* with Mixing: .*, or .* with .*more than apart/
		);
	});
});

describe('the chart of effects', () => {
	const rows = [
		row('small', 1.02, 0.005, 'slower'),
		row('unknown', 1.3, 0.4, 'cannot-tell'),
		row('large', 0.9, 0.01, 'faster')
	];

	test('has the largest that is told first, and what cannot be told last', () => {
		expect(sortEffects(rows).map(({ id }) => id)).toEqual(['large', 'small', 'unknown']);
	});

	test('keeps marks on the track, and the whisker around its mark', () => {
		const {
			rows: placed,
			zero,
			horizon
		} = layoutEffects([...rows, row('wild', 1.1, 900, 'cannot-tell')]);
		for (const { at, low, high } of placed) {
			expect(low).toBeGreaterThanOrEqual(0);
			expect(high).toBeLessThanOrEqual(100);
			expect(at).toBeGreaterThanOrEqual(low);
			expect(at).toBeLessThanOrEqual(high);
		}
		expect(horizon.low).toBeLessThan(zero);
		expect(horizon.high).toBeGreaterThan(zero);
		expect(placed[2]!.at).toBeLessThan(zero);
	});
});

test('the chart of errors has equal predictions on its diagonal', () => {
	const { marks, plot } = layoutErrorPlot(
		[
			{ id: 'a', measuredMs: 10, predictedMs: 10 },
			{ id: 'b', measuredMs: 20, predictedMs: 25 }
		],
		400
	);
	expect(marks[0]!.x - plot.x).toBeCloseTo(plot.y + plot.height - marks[0]!.y);
	expect(marks[1]!.x - plot.x).toBeLessThan(plot.y + plot.height - marks[1]!.y);
});

test('axes of designs that are nearly alike read differently at each tick', () => {
	const near = [10, 10.01, 10.05].map((ms, i) => ({
		id: `d${i}`,
		measuredMs: ms,
		predictedMs: ms
	}));
	const errors = layoutErrorPlot(near, 400);
	const guesses = predictor(plan, run);
	const [offer] = designOffers(plan, guesses, '300-epochs');
	const budget = layoutBudgetPlot({
		offers: [{ ...offer!, top1: 73.9 }],
		pareto: new Set(),
		budgetMs: offer!.ms,
		width: 600
	});
	for (const ticks of [errors.xTicks, errors.yTicks, budget.yTicks]) {
		const texts = ticks.map(({ text }) => text);
		expect(texts.length).toBeGreaterThan(1);
		expect(new Set(texts).size).toBe(texts.length);
	}
});

describe('a shelf', () => {
	const guesses = predictor(plan, run);
	const offers = designOffers(plan, guesses, '300-epochs');

	test('has every combination once, measured ones as measured', () => {
		const corners = offers.filter(({ id }) => id.startsWith('s-') || id.startsWith('s+'));
		expect(corners).toHaveLength(16);
		expect(corners.filter(({ guess }) => guess.truth === 'measured')).toHaveLength(8);
	});

	test('holds what keeps to the budget, rated and not, the latter nearest first', () => {
		const times = offers.map(({ ms }) => ms).sort((a, b) => a - b);
		const budgetMs = times[8]!;
		const { rated, unrated, pareto } = shelfUnder(offers, budgetMs);
		for (const { ms } of [...rated, ...unrated]) expect(ms).toBeLessThanOrEqual(budgetMs);
		const order = unrated.map(({ ms }) => ms);
		expect(order).toEqual([...order].sort((a, b) => b - a));
		const layout = layoutBudgetPlot({ offers, pareto, budgetMs, width: 600 });
		expect(layout.marks.filter((mark) => mark.fits)).toHaveLength(rated.length + unrated.length);
		for (const { x } of layout.marks) {
			expect(x).toBeGreaterThanOrEqual(layout.plot.x);
			expect(x).toBeLessThanOrEqual(layout.plot.x + layout.plot.width);
		}
		const inLane = layout.marks.filter((mark) => mark.inLane);
		expect(inLane.length).toBeGreaterThan(10);
		for (const { y } of inLane) {
			// The lane's name stands on its first 17 px.
			expect(y).toBeGreaterThan(layout.lane.y + 17 + 3.5);
			expect(y).toBeLessThan(layout.lane.y + layout.lane.height - 3.5);
		}
	});
});
