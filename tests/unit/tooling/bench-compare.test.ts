import { describe, expect, test } from 'vitest';
import {
	compareReports,
	comparisonLines,
	slowDowns,
	whyNotJudged
} from '../../../scripts/lib/bench-compare';
import { readEarlier } from '../../../scripts/lib/bench-earlier';
import { benchReport } from '../../../scripts/lib/bench-report';
import { parsePercent, UsageError } from '../../../scripts/lib/cli';
import { findNamedDesign } from '$lib/arch/named-designs';
import { runToJson } from '$lib/measure/export';
import type { Conditions } from '$lib/measure/types';
import { candidateResult, estimate, runResult } from '../charts/sample-data';

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
	});

	test('says why nothing is known to be well where nothing is judged', () => {
		const shaky = { ...report(1.1), reliable: false };
		expect(whyNotJudged(compareReports(shaky, earlier(report(1.1)), 0.05))).toContain('unreliable');
		expect(whyNotJudged(compareReports(report(1.1), earlier(report(1.1)), 0.05))).toBeNull();
		const other = report(1.1);
		const renamed = { ...other, designs: other.designs.map((each) => ({ ...each, name: 'x' })) };
		const compared = compareReports(renamed, earlier(report(1.1)), 0.05);
		expect(whyNotJudged(compared)).toContain('no design');
	});

	test('holds the second of a name against the second', () => {
		const twice = (ratio: number) => {
			const one = report(ratio);
			return { ...one, designs: one.designs.map((each) => ({ ...each, name: 'step0' })) };
		};
		const { changes, missing } = compareReports(twice(1.2), earlier(twice(1)), 0.05);
		expect(changes.map(({ how }) => how)).toEqual(['unpaired', 'paired']);
		expect(changes[1]!.ratio).toBeCloseTo(1.2);
		expect(missing).toEqual([]);
	});

	test('judges no design that has too few rounds of its own, in either run', () => {
		const few = (ratio: number) => {
			const one = report(ratio);
			const designs = one.designs.map((each, i) => ({ ...each, roundsNeeded: i === 1 ? 8 : null }));
			return { ...one, designs };
		};
		for (const [now, then] of [
			[few(3), report(1)],
			[report(3), few(1)]
		] as const) {
			const { changes } = compareReports(now, earlier(then), 0.05);
			expect(changes[1]).toMatchObject({ verdict: 'cannot-tell', isTooSlow: false });
		}
		// Lines from before there was such a field say nothing of it.
		const old = report(1);
		const designs = old.designs.map((each) => ({ ...each, roundsNeeded: undefined }));
		const [, change] = compareReports(
			report(3),
			readEarlier(JSON.stringify({ ...old, designs }), 'old.json', []),
			0.05
		).changes;
		expect(change).toMatchObject({ verdict: 'slower', isTooSlow: true });
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

test('shares are read with and without their sign', () => {
	expect(parsePercent('--limit', '5%')).toBe(0.05);
	expect(parsePercent('--limit', '2.5')).toBe(0.025);
	for (const text of ['0%', 'x', '-1%', '101%', '']) {
		expect(() => parsePercent('--limit', text)).toThrow(UsageError);
	}
});
