import { describe, expect, test } from 'vitest';
import { shortfallOf } from '$lib/measure/shortfall';
import type { RunResult } from '$lib/measure/types';
import { candidateResult, estimate, runResult } from '../charts/sample-data';

const reference = candidateResult('step0', 'Start', 1, { verdict: null, ratio: estimate(1, 0) });

/** A run of two that ended by its time, with a ratio of this half-width. */
function run(ratio: number, halfWidth: number, overrides: Partial<RunResult> = {}): RunResult {
	const other = candidateResult('step1', 'Mixers', ratio, { ratio: estimate(ratio, halfWidth) });
	return runResult({
		status: { state: 'done', reason: 'time-limit' },
		candidates: [reference, other],
		pairs: [],
		measuringMs: 120_000,
		...overrides
	});
}

describe('what a run fell short by', () => {
	test('is the widest interval that is neither narrow nor clear, and the time for four times the rounds', () => {
		const shortfall = shortfallOf(run(1, 0.04))!;
		expect(shortfall.halfWidth).toBeCloseTo(0.04);
		expect(shortfall.secondsNeeded).toBeCloseTo(480);
	});

	test('counts pairs and the control too', () => {
		const pairs = [
			{ a: 'step1', b: 'step0', ratio: estimate(1, 0.06), verdict: 'cannot-tell' as const }
		];
		expect(shortfallOf(run(1, 0.01, { pairs }))!.halfWidth).toBeCloseTo(0.06);
		const control = { ratio: estimate(1, 0.03), verdict: 'cannot-tell' as const };
		expect(shortfallOf(run(1, 0.01, { control }))!.halfWidth).toBeCloseTo(0.03);
	});

	test('leaves out what is clear', () => {
		expect(shortfallOf(run(1.5, 0.04))).toBeNull();
	});

	test.each([
		['was precise enough', { status: { state: 'done', reason: 'precise-enough' } }],
		['was stopped', { status: { state: 'stopped' } }],
		[
			'was of a fixed number of rounds',
			{ options: { ...runResult().options, minRounds: 40, maxRounds: 40 } }
		],
		['was of a fixed time', { options: { ...runResult().options, minMeasuringMs: 120_000 } }]
	] as const)('is nothing where the run %s', (_, overrides) => {
		expect(shortfallOf(run(1, 0.04, overrides))).toBeNull();
	});
});
