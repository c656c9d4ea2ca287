import { afterEach, describe, expect, test, vi } from 'vitest';
import {
	compareReports,
	comparisonLines,
	slowDowns,
	whyNotJudged
} from '../../../scripts/lib/bench-compare';
import { readEarlier } from '../../../scripts/lib/bench-earlier';
import { benchReport } from '../../../scripts/lib/bench-report';
import { NotJudgedError, parsePercent, runCommand, UsageError } from '../../../scripts/lib/cli';
import { findNamedDesign } from '$lib/arch/named-designs';
import { runToJson } from '$lib/measure/export';
import { runsToJson } from '$lib/measure/history/bundle';
import { sweepOf } from '$lib/measure/sweep/stored-sweep';
import type { Conditions } from '$lib/measure/types';
import { candidateResult, estimate, runResult } from '../charts/sample-data';
import { sweepRun } from '../measure/sweep/sweep-run';

const CONDITIONS = {
	protocolVersion: '1.0.0',
	appVersion: '0.1.0',
	lanes: [
		{
			id: 'wasm-1',
			use: 'measuring',
			backend: 'wasm',
			device: null,
			threads: { asked: 1, effective: 1 },
			precisions: ['float32'],
			runtime: { name: 'onnxruntime-web', version: '1.30.0', build: 'plain' },
			adapter: null,
			sessionOptions: {},
			runtimeStartMs: 100,
			emptyCallMs: 0.02
		}
	],
	crossOriginIsolated: true,
	timerStepMs: 0.005,
	userAgent: 'test',
	logicalCores: 2,
	deviceMemoryGib: 8,
	seed: 1,
	startedAt: '2026-11-27T00:00:00.000Z'
} as const satisfies Conditions;

function report(ratio: number, { ms = 40, relative = 0.01 } = {}) {
	const candidates = [
		candidateResult('step0', 'Start', 1, { verdict: null, medianMs: estimate(ms, relative) }),
		candidateResult('step1', 'Mixers', ratio, {
			ratio: estimate(ratio, relative),
			medianMs: estimate(ms * ratio, relative)
		})
	];
	return benchReport(runResult({ candidates, conditions: CONDITIONS }), ['step0', 'step1']);
}

const earlier = (old: ReturnType<typeof report>) =>
	readEarlier(JSON.stringify(old), 'old.json', []);

describe('a run beside an earlier one', () => {
	test("is compared by each run's own ratios, so that a slower day is no slower design", () => {
		const { changes } = compareReports(report(1.1, { ms: 80 }), earlier(report(1.1)), 0.05);
		const [reference, design] = changes;
		expect(design).toMatchObject({ how: 'paired', verdict: 'cannot-tell', isTooSlow: false });
		expect(design!.ratio).toBeCloseTo(1);
		expect(reference).toMatchObject({ how: 'unpaired', verdict: 'slower' });
	});

	test('fails where a design is slower beyond doubt and beyond the limit', () => {
		const comparison = compareReports(report(1.21), earlier(report(1.1)), 0.05);
		expect(slowDowns(comparison)).toEqual(['step1 has become 10.0 % slower']);
		expect(comparisonLines(comparison).join('\n')).toContain('over the limit of 5.0 %');
		expect(slowDowns(compareReports(report(1.21), earlier(report(1.1)), 0.2))).toEqual([]);
		const vague = { relative: 0.2 };
		expect(
			slowDowns(compareReports(report(1.21, vague), earlier(report(1.1, vague)), 0.05))
		).toEqual([]);
	});

	test('judges nothing where one of the two does not hold, and says why', () => {
		const [slow, before] = [report(1.21), report(1.1)];
		const busy = compareReports(slow, earlier({ ...before, reliable: false }), 0.05);
		expect(slowDowns(busy)).toEqual([]);
		expect(busy.changes.map(({ verdict }) => verdict)).toEqual(['cannot-tell', 'cannot-tell']);
		expect(comparisonLines(busy).join('\n')).toContain('The earlier run is unreliable');
		const short = compareReports({ ...slow, rounds: 3 }, earlier(before), 0.05);
		expect(slowDowns(short)).toEqual([]);
		expect(short.unjudged).toEqual(['This run has 3 rounds, and 6 are needed.']);
		expect(whyNotJudged(busy)).toEqual(busy.unjudged);
		expect(whyNotJudged(short)).toEqual(short.unjudged);
	});

	test('has judged nothing where no design is in both, and something where one is', () => {
		const now = report(1.1);
		const [reference, design] = now.designs;
		const others = now.designs.map((each) => ({ ...each, name: `old ${each.name}` }));
		expect(whyNotJudged(compareReports(now, earlier({ ...now, designs: others }), 0.05))).toEqual([
			'No design has figures in both runs.'
		]);
		for (const designs of [[reference!], [reference!, design!]]) {
			expect(whyNotJudged(compareReports(now, earlier({ ...now, designs }), 0.05))).toEqual([]);
		}
	});

	test('does not judge a design that has too few rounds of its own, in a run of many', () => {
		const few = (ratio: number) => {
			const now = report(ratio);
			const [reference, design] = now.designs;
			return { ...now, designs: [reference!, { ...design!, roundsNeeded: 6 }] };
		};
		for (const [now, before] of [
			[few(1.21), report(1.1)],
			[report(1.21), few(1.1)]
		] as const) {
			const comparison = compareReports(now, earlier(before), 0.05);
			expect(comparison.changes[1]).toMatchObject({
				verdict: 'cannot-tell',
				roundsNeeded: 6,
				isTooSlow: false
			});
			expect(slowDowns(comparison)).toEqual([]);
			expect(comparisonLines(comparison).join('\n')).toContain('step1 is not judged.');
			// The reference still is: the comparison as a whole stands.
			expect(whyNotJudged(comparison)).toEqual([]);
			const alone = { ...comparison, changes: comparison.changes.slice(1) };
			expect(whyNotJudged(alone)).toEqual([expect.stringMatching(/^step1: .*fewer than 6 rounds/)]);
		}
	});

	test("has a median's own need of rounds where it compares medians", () => {
		const now = report(1.1, { ms: 80 });
		const [reference, design] = now.designs;
		const designs = [{ ...reference!, medianRoundsNeeded: 6 }, design!];
		const { changes } = compareReports({ ...now, designs }, earlier(report(1.1)), 0.05);
		expect(changes.map(({ roundsNeeded }) => roundsNeeded)).toEqual([6, null]);
		expect(changes[0]).toMatchObject({ how: 'unpaired', verdict: 'cannot-tell' });
	});

	test('takes a design that is given twice in order, the second with the second', () => {
		const twice = (first: number, second: number) => {
			const now = report(first);
			const again = report(second).designs[1]!;
			return { ...now, designs: [...now.designs, { ...again, id: 'step1#2' }] };
		};
		const old = twice(1.1, 1.5);
		const comparison = compareReports(twice(1.1, 1.5), earlier(old), 0.05);
		expect(comparison.changes.map(({ name }) => name)).toEqual(['step0', 'step1', 'step1 (2)']);
		for (const { ratio } of comparison.changes) expect(ratio).toBeCloseTo(1);
		expect(slowDowns(compareReports(twice(1.1, 1.8), earlier(old), 0.05))).toEqual([
			'step1 (2) has become 20.0 % slower'
		]);
		expect(compareReports(twice(1.1, 1.5), earlier(report(1.1)), 0.05).missing).toEqual([
			'step1 (2)'
		]);
		expect(compareReports(report(1.1), earlier(old), 0.05).missing).toEqual(['step1 (2)']);
	});

	test("has an interval that holds both runs' doubt", () => {
		const [, change] = compareReports(report(1.1), earlier(report(1.1)), 0.05).changes;
		const half = Math.log(change!.interval[1] / change!.interval[0]) / 2;
		expect(half).toBeCloseTo(0.01 * Math.SQRT2, 3);
	});

	test('names designs that one of them lacks', () => {
		const now = report(1.1);
		const lacking = { ...now, designs: now.designs.slice(0, 1) };
		expect(compareReports(now, earlier(lacking), 0.05).missing).toEqual(['step1']);
		expect(compareReports(lacking, earlier(now), 0.05).missing).toEqual(['step1']);
	});

	test('is refused under other threads, and names another runtime', () => {
		const now = report(1.1);
		const conditions = now.conditions!;
		const [lane] = conditions.lanes;
		const threads = { asked: 9, effective: 9 };
		expect(() =>
			compareReports(
				now,
				earlier({ ...now, conditions: { ...conditions, lanes: [{ ...lane!, threads }] } }),
				0.05
			)
		).toThrow(/lanes was .*"effective":9/);
		const runtime = { ...lane!.runtime, version: '0.1' };
		const { differences } = compareReports(
			now,
			earlier({ ...now, conditions: { ...conditions, lanes: [{ ...lane!, runtime }] } }),
			0.05
		);
		expect(differences).toEqual([expect.stringContaining('runtime was')]);
	});

	test('reads the file of a run as well, whose networks get the names of this command line', () => {
		const [start, other] = [findNamedDesign('step0')!.design, findNamedDesign('step8')!.design];
		const result = runResult({
			conditions: CONDITIONS,
			candidates: [
				candidateResult('a', 'Start', 1, { verdict: null }),
				candidateResult('b', 'Twice', 1.1),
				candidateResult('c', 'Another', 1.2)
			].map((each, index) => ({
				...each,
				candidate: { ...each.candidate, design: index === 2 ? other : start }
			}))
		});
		const { designs } = readEarlier(runToJson(result), 'run.json', [
			{ name: 'mine', design: start },
			{ name: 'mine again', design: start }
		]);
		expect(designs.map(({ name }) => name)).toEqual(['mine', 'mine again', 'c']);
		expect(designs[1]!.ratio).toBe(result.candidates[1]!.ratio!.value);
	});

	test('reads a list of one run, and the file of a sweep, as that run', () => {
		const { candidates, ...rest } = runResult({ conditions: CONDITIONS });
		const result = { ...rest, candidates: candidates.slice(0, 2) };
		const ids = result.candidates.map(({ candidate: { id } }) => id);
		const namesIn = (text: string) => readEarlier(text, 'x.json', []).designs.map((d) => d.name);
		expect(namesIn(runsToJson([{ name: 'Laptop', run: result }]))).toEqual(ids);
		expect(namesIn(JSON.stringify([result]))).toEqual(ids);
		const several = runsToJson([1, 2].map((count) => ({ name: `${count}`, run: result })));
		expect(() => namesIn(several)).toThrow(UsageError);
		expect(() => namesIn(several)).toThrow('x.json holds 2 runs: give a file of one run.');

		const swept = sweepRun('2026-11-27T00:00:00.000Z');
		expect(namesIn(JSON.stringify(sweepOf(swept)))).toEqual(
			swept.candidates.map(({ candidate: { id } }) => id)
		);
	});

	test('reads a line of before it had a head, and of before it held the rounds needed', () => {
		const { schema, schemaVersion, ...line } = report(1.1);
		expect([schema, schemaVersion]).toEqual(['repvit-explorer/bench', 1]);
		const designs = line.designs.map(({ name, medianMs, medianInterval, ...of }) => {
			const { ratio, interval, verdict } = of;
			return { name, medianMs, medianInterval, ratio, interval, verdict };
		});
		const read = readEarlier(JSON.stringify({ ...line, designs }), 'old.json', []);
		expect(read).toEqual(earlier(report(1.1)));
		const newer = JSON.stringify({ ...report(1.1), schemaVersion: 2 });
		expect(() => readEarlier(newer, 'new.json', [])).toThrow('new.json is a run of version 2');
	});

	test('is refused where the file is something else, with the reason', () => {
		const told = (text: string) => () => readEarlier(text, 'x.json', []);
		expect(told('no json')).toThrow(UsageError);
		expect(told('{"designs": 3}')).toThrow('x.json is neither');
		const run = runResult({ conditions: CONDITIONS });
		expect(told(JSON.stringify({ ...run, schemaVersion: 99 }))).toThrow('version 99');
		expect(told(JSON.stringify({ ...run, roundCount: 'many' }))).toThrow('roundCount does not fit');
		expect(told(runToJson(runResult()))).toThrow('without figures');
	});
});

describe('the exit code', () => {
	afterEach(() => {
		process.exitCode = undefined;
		vi.restoreAllMocks();
	});

	test.each([
		[new UsageError('wrong'), 2, 'wrong\n\nUsage'],
		[new NotJudgedError('too few rounds'), 3, 'too few rounds\n'],
		[new Error('too slow'), 1, 'too slow\n']
	])('of %s is %i, with the reason on stderr', async (error, code, said) => {
		const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
		await runCommand('Usage', () => Promise.reject(error));
		expect(process.exitCode).toBe(code);
		expect(stderr.mock.calls.join('')).toContain(said);
	});
});

test('shares are read with and without their sign', () => {
	expect(parsePercent('--limit', '5%')).toBe(0.05);
	expect(parsePercent('--limit', '2.5')).toBe(0.025);
	for (const text of ['0%', 'x', '-1%', '101%', '']) {
		expect(() => parsePercent('--limit', text)).toThrow(UsageError);
	}
});
