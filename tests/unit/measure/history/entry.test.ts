import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	isWorthKeeping,
	newestFirst,
	readRecord,
	recordOf,
	renamed
} from '$lib/measure/history/entry';
import { failureOf } from '$lib/measure/history/failure';
import { runId } from '$lib/measure/history/run-id';
import { exampleRun, runAt } from '../example-run';

const KEPT_AT = '2026-11-27T12:00:00.000Z';

describe('a run is known by', () => {
	it('its start and samples, whatever its networks are called', () => {
		const run = exampleRun();
		const again = {
			...run,
			candidates: run.candidates.map((each) => ({
				...each,
				candidate: { ...each.candidate, label: 'Schritt' }
			}))
		};
		expect(runId(again)).toBe(runId(run));
		expect(runId(run)).toMatch(/^\d{14}-[0-9a-f]{16}$/);
	});

	it('nothing that another run has too', () => {
		const run = exampleRun();
		const [first, ...rest] = run.candidates;
		const [sample, ...samples] = first!.samples;
		const other = {
			...run,
			candidates: [
				{ ...first!, samples: [{ ...sample!, ms: sample!.ms + 0.001 }, ...samples] },
				...rest
			]
		};
		const ids = [run, other, runAt('2026-01-02T03:04:05.678Z')].map(runId);
		expect(new Set(ids).size).toBe(3);
	});
});

describe('a record', () => {
	it('gives back the run that was kept, under its name', () => {
		const run = exampleRun();
		const record = renamed(recordOf(run, { keptAt: KEPT_AT }), 'Laptop');
		// Storage clones values.
		const entry = readRecord(structuredClone(record));
		expect(entry).toMatchObject({ state: 'readable', name: 'Laptop', keptAt: KEPT_AT });
		expect(entry.state === 'readable' && entry.result).toEqual(run);
	});

	it.each([
		['nothing', undefined, 'not-a-run'],
		['a word', 'run', 'not-a-run'],
		['no run', { name: 'x', keptAt: KEPT_AT }, 'not-a-run'],
		['a future run', { run: { ...exampleRun(), schemaVersion: 99 } }, 'unknown-version'],
		['a broken run', { run: { ...exampleRun(), candidates: 3 } }, 'invalid']
	])('that holds %s is a line with its reason', (_what, value, code) => {
		const entry = readRecord({ id: 'x', value });
		expect(entry.state).toBe('unreadable');
		expect(entry.state === 'unreadable' && entry.problem.code).toBe(code);
		expect(entry.found).toEqual({ id: 'x', value });
	});

	it('of any shape is read without throwing', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				expect(readRecord({ id: 'x', value }).state).toBe('unreadable');
			})
		);
	});

	it('stands by when its run began, newest first, unreadable ones by when they were kept', () => {
		const entries = [
			readRecord(recordOf(runAt('2026-02-01T00:00:00.000Z'), { keptAt: KEPT_AT })),
			readRecord({ id: 'broken', value: { keptAt: '2026-03-01T00:00:00.000Z' } }),
			readRecord({ id: 'lost', value: 7 }),
			readRecord(recordOf(runAt('2026-04-01T00:00:00.000Z'), { keptAt: KEPT_AT }))
		];
		expect(newestFirst(entries).map(({ id }) => id.slice(0, 6))).toEqual([
			'202604',
			'broken',
			'202602',
			'lost'
		]);
	});

	it('is kept of a run with samples only', () => {
		const run = exampleRun();
		expect(isWorthKeeping(run)).toBe(true);
		const empty = { ...run, candidates: run.candidates.map((each) => ({ ...each, samples: [] })) };
		expect(isWorthKeeping(empty)).toBe(false);
	});
});

describe('a refusal of the storage', () => {
	it.each([
		['QuotaExceededError', 'full'],
		['SecurityError', 'denied'],
		['InvalidStateError', 'denied'],
		['VersionError', 'newer'],
		['UnknownError', 'failed']
	])('%s means %s', (name, code) => {
		expect(failureOf(new DOMException('words', name))).toEqual({
			code,
			detail: `${name}: words`
		});
	});

	it('of any other kind has failed, in its own words', () => {
		expect(failureOf('odd')).toEqual({ code: 'failed', detail: 'Error: odd' });
	});
});
