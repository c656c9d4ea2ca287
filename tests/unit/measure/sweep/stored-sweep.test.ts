import { describe, expect, test } from 'vitest';
import { parseRunJson, runToJson } from '$lib/measure/export';
import { parseRunsJson, runsToJson } from '$lib/measure/history/bundle';
import { runId } from '$lib/measure/history/run-id';
import { defaultFactor } from '$lib/measure/sweep/factors';
import { parseSweep, planOf, sweepOf } from '$lib/measure/sweep/stored-sweep';
import { askedOf } from '$lib/measure/sweep/sweep-plan';
import type { RunResult } from '$lib/measure/types';
import { exampleRun } from '../example-run';
import { SMALL_PLAN, sweepRun } from './sweep-run';

const run = sweepRun('2026-11-27T08:00:00.000Z');
const stored = sweepOf(run)!;
const json = () => JSON.parse(JSON.stringify(stored)) as Record<string, unknown>;

/** The run as it was written before runs said what they were planned for. */
function olderRun(): RunResult {
	const { sweep, ...options } = run.options;
	expect(sweep).toBeDefined();
	return { ...run, options };
}

const BROKEN: readonly [string, Record<string, unknown>][] = [
	['a plan that there is not', { size: 12 }],
	['a size that is no number', { size: '8' }],
	['no choices', { factors: [], size: 1 }],
	['a level that the choice does not have', { factors: [{ key: 'se', low: 'none', high: 3 }] }],
	['two equal levels', { factors: [{ key: 'se', low: 'none', high: 'none' }], size: 2 }],
	['a choice twice', { factors: [defaultFactor('se'), defaultFactor('se')], size: 4 }],
	['a base that is no design', { base: { ...SMALL_PLAN.base, stem: 'wide' } }],
	['no base', { base: undefined }]
];

describe('a run of a sweep', () => {
	test('says what it was planned for, and comes back so from a file', () => {
		const read = parseRunJson(runToJson(run));
		expect(read).toEqual({ ok: true, result: run });
		expect(read.ok && sweepOf(read.result)).toEqual(stored);
		expect(planOf(stored)).toEqual(SMALL_PLAN);
	});

	test('keeps that among other runs of a file, under its name', () => {
		const read = parseRunsJson(
			runsToJson([
				{ name: 'Plain', run: exampleRun() },
				{ name: 'Mine', run }
			])
		);
		const runs = read.ok ? read.runs : [];
		expect(runs.map(({ name }) => name)).toEqual(['Plain', 'Mine']);
		expect(runs.map((each) => each.ok && sweepOf(each.result))).toEqual([null, stored]);
	});

	test.each(BROKEN)('is refused with %s', (_, change) => {
		const sweep = { ...askedOf(SMALL_PLAN), ...change };
		const read = parseRunJson(JSON.stringify({ ...run, options: { ...run.options, sweep } }));
		expect(read).toMatchObject({ ok: false, problem: { code: 'invalid' } });
		expect(!read.ok && 'path' in read.problem && read.problem.path).toMatch(/^options\.sweep/);
	});

	test('is known by the same id whether it says so or not', () => {
		expect(runId(olderRun())).toBe(runId(run));
		expect(sweepOf(olderRun())).toBeNull();
	});
});

describe('a stored sweep', () => {
	test('is read back as it was, plan and all', () => {
		expect(parseSweep(json())).toEqual(stored);
		expect(planOf(parseSweep(json())!)).toEqual(SMALL_PLAN);
	});

	test('from before runs said so tells it to its run', () => {
		expect(parseSweep({ ...json(), run: olderRun() })).toEqual(stored);
	});

	test('is a file of one run, which stands among others too', () => {
		const alone = parseRunsJson(JSON.stringify({ ...stored, run: olderRun() }));
		expect(alone).toEqual({ ok: true, runs: [{ place: 1, name: '', ok: true, result: run }] });
		const listed = parseRunsJson(JSON.stringify([exampleRun(), stored]));
		expect(listed.ok && listed.runs[1]).toMatchObject({ ok: true, result: run });
	});

	test.each([
		...BROKEN,
		['another schema', { schema: 'repvit-explorer/run' }],
		['a version from the future', { schemaVersion: 2 }],
		['a run that is broken', { run: {} }]
	] as const)('is refused with %s', (_, change) => {
		expect(parseSweep({ ...json(), ...change })).toBeNull();
	});

	test('is refused as a file with the reason', () => {
		const problemOf = (change: Record<string, unknown>) => {
			const read = parseRunsJson(JSON.stringify({ ...stored, ...change }));
			return read.ok ? null : read.problem;
		};
		expect(problemOf({ schemaVersion: 7 })).toEqual({ code: 'unknown-version', version: '7' });
		expect(problemOf({ size: 12 })).toMatchObject({ code: 'invalid', path: 'size' });
		expect(problemOf({ run: { ...run, roundCount: -1 } })).toMatchObject({
			code: 'invalid',
			path: 'roundCount'
		});
		expect(problemOf({ run: undefined })).toEqual({ code: 'not-a-run' });
	});

	test('is refused where it is none at all', () => {
		for (const other of [null, 'x', [], {}]) expect(parseSweep(other)).toBeNull();
	});
});
