import { describe, expect, test } from 'vitest';
import { findNamedDesign } from '$lib/arch/named-designs';
import { analyseSweep } from '$lib/measure/sweep/analyse-sweep';
import { defaultFactor, type SweepKey } from '$lib/measure/sweep/factors';
import { sweepPlan } from '$lib/measure/sweep/sweep-plan';
import type { Estimate } from '$lib/measure/types';
import { ratioValues, tableOfResult } from '$lib/measure/visit-table';
import { simultaneousLevel } from '$lib/stats/interval';
import { ratioInterval } from '$lib/stats/paired';
import { mulberry32 } from '$lib/stats/random';
import { drawResamples } from '$lib/stats/resample';
import { simulatedRun } from './simulated-run';

const BASE = findNamedDesign('repvit-m0.6')!.design;
const planFor = (keys: readonly SweepKey[], size: number) =>
	sweepPlan(BASE, keys.map(defaultFactor), size);
const FULL = planFor(['stem', 'se', 'kernel'], 8);
const FOUR = planFor(['stem', 'mixing', 'se', 'kernel'], 8);
const TRIALS = 300;

/** Half of each effect on either side; 4 % faster, 6 % slower, nothing. */
const effects = [Math.log(0.96), Math.log(1.06), 0];
const additive = (levels: readonly number[]) =>
	effects.reduce((sum, effect, factor) => sum + (effect / 2) * levels[factor]!, 0);

describe('a full factorial', () => {
	test('gives back the effects that were put in, with their verdicts', () => {
		const { effects: found, interactions } = analyseSweep(
			FULL,
			simulatedRun(FULL, { logOf: additive, noise: 0.005 })
		);
		expect(found.map(({ verdict }) => verdict)).toEqual(['faster', 'slower', 'cannot-tell']);
		found.forEach(({ ratio }, factor) =>
			expect(Math.log(ratio.value)).toBeCloseTo(effects[factor]!, 2)
		);
		expect(interactions.map(({ pairs }) => pairs)).toEqual([[[0, 1]], [[0, 2]], [[1, 2]]]);
		expect(interactions.map(({ verdict }) => verdict)).toEqual(Array(3).fill('cannot-tell'));
	});

	test('tells by how much a choice costs more beside another one', () => {
		// With kernel high, SE costs 8 % more than with kernel low.
		const logOf = (levels: readonly number[]) =>
			additive(levels) + (Math.log(1.08) / 4) * levels[1]! * levels[2]!;
		const { effects: found, interactions } = analyseSweep(
			FULL,
			simulatedRun(FULL, { logOf, noise: 0.005 })
		);
		expect(interactions[2]!.ratio.value).toBeCloseTo(1.08, 1);
		expect(interactions[2]!.verdict).toBe('slower');
		expect(Math.log(found[1]!.ratio.value)).toBeCloseTo(effects[1]!, 2);
	});

	test('covers the truth in about 95 % of runs with all intervals at once', () => {
		let held = 0;
		for (let seed = 1; seed <= TRIALS; seed++) {
			const { effects: found } = analyseSweep(FULL, simulatedRun(FULL, { logOf: additive, seed }));
			const all = found.every(
				({ ratio }, factor) =>
					Math.log(ratio.low) <= effects[factor]! && effects[factor]! <= Math.log(ratio.high)
			);
			if (all) held++;
		}
		expect(held / TRIALS).toBeGreaterThan(0.92);
	});

	test('finds nothing in noise and drift', () => {
		let claims = 0;
		for (let seed = 1; seed <= TRIALS; seed++) {
			const found = analyseSweep(FULL, simulatedRun(FULL, { logOf: () => 0, seed }));
			const verdicts = [...found.effects, ...found.interactions].map(({ verdict }) => verdict);
			if (verdicts.some((verdict) => verdict !== 'cannot-tell')) claims++;
		}
		expect(claims / TRIALS).toBeLessThan(0.05);
	});
});

describe('a half of a factorial', () => {
	const logOf = ([, mixing, , kernel]: readonly number[]) =>
		0.03 * mixing! + 0.02 * mixing! * kernel!;

	test('keeps main effects clear of interactions, and says which of these run together', () => {
		const found = analyseSweep(FOUR, simulatedRun(FOUR, { logOf, noise: 0.003 }));
		expect(FOUR.resolution).toBe(4);
		expect(Math.log(found.effects[1]!.ratio.value)).toBeCloseTo(0.06, 2);
		expect(found.effects[0]!.verdict).toBe('cannot-tell');
		const pair = found.interactions.find(({ verdict }) => verdict !== 'cannot-tell')!;
		expect(pair.pairs).toEqual([
			[0, 2],
			[1, 3]
		]);
		expect(Math.log(pair.ratio.value)).toBeCloseTo(0.08, 1);
	});

	test('without one corner still tells main effects, and no interactions', () => {
		const additiveOnly = ([, mixing]: readonly number[]) => 0.03 * mixing!;
		const without = [FOUR.corners[3]!.id];
		const run = simulatedRun(FOUR, { logOf: additiveOnly, noise: 0.003, without });
		const found = analyseSweep(FOUR, run);
		expect(found.missing.map(({ id }) => id)).toEqual(without);
		expect(found.interactions).toEqual([]);
		expect(Math.log(found.effects[1]!.ratio.value)).toBeCloseTo(0.06, 2);
	});

	test('with too few corners tells nothing', () => {
		const without = FOUR.corners.slice(2).map(({ id }) => id);
		expect(analyseSweep(FOUR, simulatedRun(FOUR, { logOf, without })).effects).toEqual([]);
	});
});

describe('a corner that fails on the way', () => {
	const run = simulatedRun(FULL, { logOf: additive, rounds: 60 });
	const [, , , lost] = FULL.corners;
	const lostAfter = (rounds: number) => ({
		...run,
		candidates: run.candidates.map((each) =>
			each.candidate.id === lost!.id
				? { ...each, samples: each.samples.filter(({ round }) => round < rounds) }
				: each
		)
	});

	test('early is left out, as if it had never been there, and costs no rounds', () => {
		const found = analyseSweep(FULL, lostAfter(5));
		expect(found).toEqual(analyseSweep(FULL, lostAfter(0)));
		expect(found.missing).toEqual([lost]);
		expect(found.rounds).toBe(60);
		expect(found.effects.map(({ verdict }) => verdict)).toEqual([
			'faster',
			'slower',
			'cannot-tell'
		]);
	});

	test('late costs the rounds after it, and nothing that can be told', () => {
		const found = analyseSweep(FULL, lostAfter(55));
		expect(found.missing).toEqual([]);
		expect(found.rounds).toBe(55);
		expect(found.interactions).toHaveLength(3);
	});

	test('with all others leaves what there is', () => {
		const early = {
			...run,
			candidates: run.candidates.map((each) => ({
				...each,
				samples: each.samples.filter(({ round }) => round < 12)
			}))
		};
		expect(analyseSweep(FULL, early)).toMatchObject({ missing: [], rounds: 12 });
	});
});

test('few rounds give wide intervals and no verdict', () => {
	const found = analyseSweep(FULL, simulatedRun(FULL, { logOf: additive, rounds: 4 }));
	for (const { ratio, verdict } of found.effects) {
		expect(ratio.roundsNeeded).toBeGreaterThan(4);
		expect(verdict).toBe('cannot-tell');
	}
});

describe('noise that lasts from round to round', () => {
	const lasting = (seed: number) =>
		simulatedRun(FULL, { logOf: additive, rounds: 60, noise: 0.02, persistence: 0.7, seed });
	const holds = ({ low, high }: Estimate, effect: number) =>
		Math.log(low) <= effect && effect <= Math.log(high);

	test('calls for blocks of rounds', () => {
		const independent = simulatedRun(FULL, { logOf: additive, rounds: 60 });
		expect(analyseSweep(FULL, independent).dependence).toBeNull();
		expect(analyseSweep(FULL, lasting(1)).dependence).toBeGreaterThan(0.3);
	});

	test('makes intervals as wide as there are blocks, which hold the truth more often', () => {
		const trials = 200;
		let held = 0;
		let heldUnwidened = 0;
		for (let seed = 1; seed <= trials; seed++) {
			const run = lasting(seed);
			const { effects: found } = analyseSweep(FULL, run);
			if (found.every(({ ratio }, factor) => holds(ratio, effects[factor]!))) held++;
			const resamples = drawResamples({
				rounds: 60,
				random: mulberry32(seed),
				size: 1000,
				blockLength: 8
			});
			const unwidened = effects.map((effect, factor) => {
				const logs = mainEffect(run, factor);
				return holds(ratioInterval(logs, resamples, simultaneousLevel(0.95, 3))!, effect);
			});
			if (unwidened.every(Boolean)) heldUnwidened++;
		}
		// Of three intervals at once; too few rounds of such noise can't be healed, only told of.
		expect(held / trials).toBeGreaterThan(0.8);
		expect(heldUnwidened / trials).toBeLessThan(0.78);
		expect((held - heldUnwidened) / trials).toBeGreaterThan(0.08);
	});
});

/** By hand: ln of the mean high corner over the mean low one, of each round. */
function mainEffect(run: ReturnType<typeof simulatedRun>, factor: number): Float64Array {
	const table = tableOfResult(run);
	const quarter = 1 / 4;
	return Float64Array.from({ length: table.rounds }, (_, row) =>
		FULL.corners.reduce(
			(sum, { id, levels }) =>
				sum + quarter * levels[factor]! * Math.log(ratioValues(table, id, run.referenceId)[row]!),
			0
		)
	);
}
