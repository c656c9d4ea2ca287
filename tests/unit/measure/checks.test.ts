import { describe, expect, it } from 'vitest';
import { analyse } from '$lib/measure/analyse';
import { checkControl, isReliable } from '$lib/measure/checks';
import { parseRunJson, runToJson } from '$lib/measure/export';
import { normal } from '$lib/stats/random';
import { trialRandom } from '../stats/simulate';
import { syntheticRecord } from './synthetic';

describe('the control', () => {
	const around = (low: number, high: number) => ({ value: (low + high) / 2, low, high });

	it.each([
		['within 1 %', around(0.995, 1.008), 'passed'],
		['as far as the precision asked for', around(0.985, 1.018), 'flagged'],
		['beyond it', around(0.97, 1.02), 'failed'],
		['away from 1', around(1.002, 1.009), 'failed'],
		['far away', around(1.05, 1.09), 'failed']
	])('%s', (_, ratio, outcome) => {
		expect(checkControl(ratio, 0.02).outcome).toBe(outcome);
	});

	it('is held to 1 % by a run that asked for more, and to 5 % by one that asked for less', () => {
		expect(checkControl(around(0.993, 1.007), 0.005).outcome).toBe('passed');
		expect(checkControl(around(0.96, 1.045), 0.05).outcome).toBe('flagged');
	});

	it('is not judged from too few rounds', () => {
		expect(checkControl({ ...around(0.5, 2), roundsNeeded: 6 }, 0.02).outcome).toBe('not-enough');
	});
});

describe('the checks of a run', () => {
	const random = trialRandom(41, 1);
	const { record } = syntheticRecord({
		trueMs: { a: 30, b: 36 },
		seed: 1,
		noise: () => 0.004 * normal(random)
	});
	const result = analyse(record);

	it('are named, carry their numbers, and travel with the file', () => {
		expect(result.checks!.map(({ name }) => name)).toEqual([
			'control',
			'drift',
			'thirds',
			'dependence'
		]);
		expect(isReliable(result)).toBe(true);
		expect(parseRunJson(runToJson(result))).toEqual({ ok: true, result });
	});

	it('mark a run unreliable whose control fails, and nothing else does', () => {
		const rounds = record.rounds.map((round) => ({
			...round,
			visits: round.visits.map((visit) =>
				visit.control ? { ...visit, ms: visit.ms.map((ms) => ms * 1.04) } : visit
			)
		}));
		expect(isReliable(analyse({ ...record, rounds }))).toBe(false);
		const drifting = record.rounds.map((round, i) => ({
			...round,
			visits: round.visits.map((visit) => ({
				...visit,
				ms: visit.ms.map((ms) => ms * (1 + i / 50))
			}))
		}));
		expect(isReliable(analyse({ ...record, rounds: drifting }))).toBe(true);
	});

	it('say that there was too little, rather than something', () => {
		const few = analyse({ ...record, rounds: record.rounds.slice(0, 4) });
		expect(few.checks!.map(({ outcome }) => outcome)).toEqual([
			'not-enough',
			'not-enough',
			'not-enough',
			'not-enough'
		]);
		expect(isReliable(few)).toBeNull();
		expect(parseRunJson(runToJson(few))).toEqual({ ok: true, result: few });
	});

	it('are missing from files of before, which are read all the same', () => {
		const parsed = parseRunJson(JSON.stringify({ ...result, checks: undefined }));
		expect(parsed.ok && isReliable(parsed.result)).toBeNull();
	});

	it('name the comparisons whose rounds hang together', () => {
		let favour = 0;
		const slow = trialRandom(42, 1);
		const rounds = record.rounds.map((round) => {
			favour = 0.95 * favour + 0.01 * normal(slow);
			return {
				...round,
				visits: round.visits.map((visit) =>
					visit.id === 'b' ? { ...visit, ms: visit.ms.map((ms) => ms * Math.exp(favour)) } : visit
				)
			};
		});
		const dependent = analyse({ ...record, rounds });
		const check = dependent.checks!.find(({ name }) => name === 'dependence')!;
		if (check.name !== 'dependence') throw new Error('a check of another name');
		expect(check.outcome).toBe('flagged');
		expect(check.blocked[0]).toMatchObject({ a: 'b', b: 'a' });
		expect(check.blocked[0]!.blockLength).toBeGreaterThan(1);
		expect(check.blocked[0]!.correlation).toBeGreaterThan(0.3);
		// The control's rounds are still independent.
		expect(check.blocked.every(({ a }) => a === 'b')).toBe(true);
	});
});

describe('the spread of a network', () => {
	it('is told by quartiles and tails in order', () => {
		const random = trialRandom(43, 1);
		const { record } = syntheticRecord({
			trueMs: { a: 30, b: 36 },
			seed: 2,
			noise: () => 0.05 * normal(random)
		});
		for (const each of analyse(record).candidates) {
			const { minMs, p10Ms, p25Ms, medianMs, p75Ms, p90Ms, p99Ms } = each;
			const figures = [minMs, p10Ms, p25Ms, medianMs!.value, p75Ms, p90Ms, p99Ms].map(Number);
			expect(figures.toSorted((a, b) => a - b)).toEqual(figures);
			expect(new Set(figures).size).toBe(7);
		}
	});
});
