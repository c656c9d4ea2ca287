import { describe, expect, it } from 'vitest';
import type { RunResult, Verdict } from '$lib/measure/types';
import { normal, type Random } from '$lib/stats/random';
import { median } from '$lib/stats/summary';
import { machineNoise, trialRandom } from '../stats/simulate';
import { syntheticRun } from './synthetic';

/*
 * What the instrument promises, on machines that are made up: whole runs, by the stop rule and the
 * analysis of every run, with no clock. What needs one is in `npm run benchmark`.
 */

/** Drift, a neighbour that comes and goes, spikes, and two speeds of the core that a visit lands on. */
function roughMachine(random: Random): () => number {
	const drift = machineNoise({ random });
	return () => {
		const spike = random() < 0.03 ? random() * 1.2 : 0;
		const slowCore = random() < 0.35 ? 0.06 : 0;
		return drift() + spike + slowCore + 0.003 * normal(random);
	};
}

const TRIALS = 200;
/** Whole runs by default options: they take seconds of computing, and more beside other tests. */
const TIMEOUT = 120_000;

function share(trials: number, holds: (trial: number) => boolean): number {
	return Array.from({ length: trials }, (_, trial) => holds(trial)).filter(Boolean).length / trials;
}

/** Two networks on rough machines, one a trial, until the stop rule ends it within the default budget. */
function roughRuns(trueMs: { readonly a: number; readonly b: number }, seed: number): RunResult[] {
	return Array.from({ length: TRIALS }, (_, trial) =>
		syntheticRun({ trueMs, seed: trial, noise: roughMachine(trialRandom(seed, trial)) })
	);
}

function shareOf(results: readonly RunResult[], ...verdicts: readonly Verdict[]): number {
	const some = results.filter(({ candidates }) => verdicts.includes(candidates[1]!.verdict!));
	return some.length / results.length;
}

describe('a network against itself', () => {
	it(
		'comes out faster or slower in at most 5 % of 200 runs: drift, spikes, bimodality',
		() => {
			const results = roughRuns({ a: 30, b: 30 }, 31);
			expect(shareOf(results, 'faster', 'slower')).toBeLessThanOrEqual(0.05);
			// Many rounds were looked at on the way: the stop rule was at work, and no run was cut off by a limit.
			const rounds = results.map(({ roundCount }) => roundCount);
			expect(median(rounds)).toBeGreaterThan(60);
			const ends = results.map(({ status }) => (status.state === 'done' ? status.reason : null));
			expect(new Set(ends)).toEqual(new Set(['precise-enough']));
		},
		TIMEOUT
	);
});

describe('a true difference of 5 %', () => {
	it(
		'is found in at least 90 % of 200 runs within the default budget',
		() => {
			const results = roughRuns({ a: 30, b: 31.5 }, 32);
			expect(shareOf(results, 'slower')).toBeGreaterThanOrEqual(0.9);
		},
		TIMEOUT
	);
});

describe('a run judges itself', () => {
	const steadily = (random: Random) => () => 0.004 * normal(random);

	it('passes on a quiet machine in most runs', () => {
		const passed = share(40, (trial) => {
			const noise = steadily(trialRandom(33, trial));
			const { checks } = syntheticRun({ trueMs: { a: 30, b: 36 }, seed: trial, noise });
			return checks!.every(({ outcome }) => outcome === 'passed');
		});
		// The control's interval misses 1 in one sound run of twenty; few rounds may look dependent.
		expect(passed).toBeGreaterThanOrEqual(0.8);
	});

	it('flags a device that heats up, and still finds the ratio', () => {
		const random = trialRandom(34, 1);
		let visits = 0;
		const { checks, candidates } = syntheticRun({
			trueMs: { a: 30, b: 36 },
			seed: 1,
			noise: () => 0.002 * visits++ + 0.004 * normal(random)
		});
		const outcomes = Object.fromEntries(checks!.map(({ name, outcome }) => [name, outcome]));
		expect(outcomes).toMatchObject({ drift: 'flagged', thirds: 'flagged' });
		const { low, high } = candidates[1]!.ratio!;
		expect(low).toBeLessThanOrEqual(1.2);
		expect(high).toBeGreaterThanOrEqual(1.2);
	});
});
