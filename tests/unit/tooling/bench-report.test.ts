import { describe, expect, test } from 'vitest';
import { benchReport, failuresOf } from '../../../scripts/lib/bench-report';
import { benchTable } from '../../../scripts/lib/bench-table';
import { checkControl } from '$lib/measure/checks';
import { candidateResult, estimate, runResult } from '../charts/sample-data';

const candidates = [
	candidateResult('step0', 'Start', 1, { verdict: null }),
	candidateResult('step1', 'Mixers', 0.9),
	candidateResult('step0#2', 'Start (2)', 1)
];
const pairs = [
	{ a: 'step1', b: 'step0', ratio: estimate(0.9, 0.01), verdict: 'faster' as const },
	{ a: 'step0#2', b: 'step1', ratio: estimate(1.11, 0.01), verdict: 'slower' as const }
];
const names = ['step0', 'Step1', 'step0'];
const result = runResult({ candidates, pairs });

describe('the report of a run', () => {
	test('calls designs what they were asked for as, also where one was asked for twice', () => {
		const { designs } = benchReport(result, names);
		expect(designs.map(({ name, id }) => [name, id])).toEqual([
			['step0', 'step0'],
			['Step1', 'step1'],
			['step0', 'step0#2']
		]);
		expect(designs[1]).toMatchObject({ ratio: 0.9, verdict: 'faster', status: 'done' });
		expect(designs.map(({ verdict }) => verdict)[0]).toBe('reference');
	});

	test('adds every other design against the reference to the neighbours', () => {
		const report = benchReport(result, names);
		expect(report.pairs.map(({ aId, bId, verdict }) => [aId, bId, verdict])).toEqual([
			['step1', 'step0', 'faster'],
			['step0#2', 'step1', 'slower'],
			['step0#2', 'step0', 'cannot-tell']
		]);
		for (const { interval, ratio } of report.pairs) {
			expect(interval[0]).toBeLessThan(ratio);
			expect(interval[1]).toBeGreaterThan(ratio);
		}
	});

	test('says where a design has fewer rounds of its own than its figures take', () => {
		const early = candidateResult('step1', 'Mixers', 0.9, {
			ratio: { ...estimate(0.9, 0.3), roundsNeeded: 7 },
			medianMs: { ...estimate(36, 0.3), roundsNeeded: 6 }
		});
		const run = runResult({ candidates: [candidates[0]!, early] });
		const needs = benchReport(run, names).designs.map((each) => [
			each.medianRoundsNeeded,
			each.roundsNeeded
		]);
		expect(needs).toEqual([
			[null, null],
			[6, 7]
		]);
	});

	test('survives JSON', () => {
		const report = benchReport(result, names);
		expect(JSON.parse(JSON.stringify(report))).toEqual(report);
	});

	test('says that a run whose control does not hold is not reliable', () => {
		const control = { ratio: estimate(0.9, 0.01), verdict: 'faster' as const };
		const checks = [checkControl(control.ratio, 0.02)];
		const busy = runResult({ candidates, pairs, control, checks });
		const report = benchReport(busy, names);
		expect(report.reliable).toBe(false);
		expect(report.checks).toEqual(checks);
		expect(benchTable(report, busy)).toContain('✗ Control: ');
	});
});

describe('the reason of a failure', () => {
	test('is none where all went well', () => {
		expect(failuresOf(benchReport(result, names))).toEqual([]);
	});

	test('names the design', () => {
		const failed = candidateResult('step1', 'Mixers', 1, {
			status: { state: 'failed', reason: 'out-of-memory', detail: 'no room' },
			medianMs: null,
			ratio: null,
			verdict: null
		});
		const report = benchReport(runResult({ candidates: [candidates[0]!, failed] }), names);
		expect(failuresOf(report)).toEqual(['Step1 failed: out-of-memory: no room']);
	});

	test('names how the run ended', () => {
		const status = { state: 'failed', reason: 'runtime-refused', detail: 'no WASM' } as const;
		expect(failuresOf(benchReport(runResult({ candidates: [], status }), []))).toEqual([
			'the run failed: runtime-refused: no WASM'
		]);
		expect(
			failuresOf(benchReport(runResult({ candidates, status: { state: 'stopped' } }), names))
		).toEqual(['the run stopped']);
	});
});

test('the table has a line a design, figures no finer than their interval', () => {
	const [head, first, second] = benchTable(benchReport(result, names), result).split('\n');
	expect(head).toMatch(/^design +median +p90 +ratio to step0 +verdict$/);
	expect(first).toMatch(/^step0 +40\.0\sms ±\s0\.4 .*reference$/);
	expect(second).toMatch(/^Step1 .* 0\.900x \(0\.890 to 0\.910\) +faster$/);
});
