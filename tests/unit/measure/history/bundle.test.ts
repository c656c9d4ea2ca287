import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToJson } from '$lib/measure/export';
import { parseRunsJson, runsToJson } from '$lib/measure/history/bundle';
import { exampleRun, runAt } from '../example-run';

const asValues = (run: unknown) => JSON.parse(JSON.stringify(run)) as Record<string, unknown>;

describe('runs in a file', () => {
	it('are one, as the page exports it', () => {
		const read = parseRunsJson(runToJson(exampleRun()));
		expect(read).toMatchObject({ ok: true, runs: [{ ok: true, place: 1, name: '' }] });
	});

	it('are several, with their names, samples and all', () => {
		const [first, second] = [exampleRun(), runAt('2026-01-02T03:04:05.678Z')];
		const read = parseRunsJson(
			runsToJson([
				{ name: 'Laptop', run: first },
				{ name: '', run: second }
			])
		);
		expect(read.ok && read.runs.map((run) => [run.name, run.ok && run.result])).toEqual([
			['Laptop', first],
			['', second]
		]);
	});

	it('are several in a bare list, as people put files together', () => {
		const read = parseRunsJson(JSON.stringify([exampleRun(), exampleRun()]));
		expect(read.ok && read.runs.map(({ ok, place }) => [ok, place])).toEqual([
			[true, 1],
			[true, 2]
		]);
	});

	it('are each refused for themselves: a bad one costs none of the others', () => {
		const broken = asValues(exampleRun());
		broken['roundCount'] = -1;
		const future = { ...asValues(exampleRun()), schemaVersion: 99 };
		const read = parseRunsJson(
			JSON.stringify([exampleRun(), broken, 'no run', future, exampleRun()])
		);
		if (!read.ok) throw new Error('the file itself is fine');
		expect(read.runs.map(({ ok }) => ok)).toEqual([true, false, false, false, true]);
		const problems = read.runs.flatMap((run) => (run.ok ? [] : [run.problem]));
		expect(problems).toMatchObject([
			{ code: 'invalid', path: 'roundCount' },
			{ code: 'not-a-run' },
			{ code: 'unknown-version', version: '99' }
		]);
	});

	it.each([
		['{', { code: 'not-json' }],
		['7', { code: 'not-a-run' }],
		['[]', { code: 'invalid', path: 'runs' }],
		['{"schema":"repvit-explorer/design"}', { code: 'not-a-run' }],
		[
			'{"schema":"repvit-explorer/runs","schemaVersion":2,"runs":[]}',
			{ code: 'unknown-version', version: '2' }
		],
		['{"schema":"repvit-explorer/runs","schemaVersion":1}', { code: 'invalid', path: 'runs' }]
	])('are none in %s', (text, problem) => {
		const read = parseRunsJson(text);
		expect(read.ok).toBe(false);
		expect(!read.ok && read.problem).toMatchObject(problem);
	});

	it('are read from any text without throwing', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
				expect(typeof parseRunsJson(text).ok).toBe('boolean');
			})
		);
	});
});
