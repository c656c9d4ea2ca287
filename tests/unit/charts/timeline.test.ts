import { describe, expect, it } from 'vitest';
import { checkRows, eventText, reliabilityText, sweepControlRow } from '$lib/charts/check-texts';
import { livePairs, reachedCount } from '$lib/charts/live-pairs';
import { layoutTimeline, timelineEvents } from '$lib/charts/timeline';
import type { RunCheck } from '$lib/measure/check-types';
import type { LogEntry, RunResult } from '$lib/measure/types';
import { candidateResult, estimate, runResult } from './sample-data';

const entry = (event: LogEntry['event'], round: number, detail = ''): LogEntry => ({
	atMs: round * 1000,
	event,
	detail,
	round
});

const LOG: readonly LogEntry[] = [
	entry('pressure', 2, 'serious'),
	entry('round-dropped', 5, '5: page-hidden'),
	entry('paused', 6, 'page-hidden'),
	entry('resumed', 6, 'page-hidden'),
	entry('warmed-up-again', 6),
	entry('paused', 20, 'battery-low'),
	entry('worker-restarted', 30, 'killed'),
	{ atMs: 1, event: 'paused', detail: 'from before rounds were kept' }
];

function layout(over: Partial<RunResult> = {}, ids = ['step8', 'step0'], width = 800) {
	return layoutTimeline({ result: runResult({ log: LOG, ...over }), ids, width });
}

describe('a run in time', () => {
	it('holds a point for every round, within the plot, over each network’s own median', () => {
		for (const width of [340, 800, 1300]) {
			const { plot, series } = layout({}, ['step8', 'step0'], width)!;
			expect(series.map(({ id, points }) => [id, points.length])).toEqual([
				['step8', 40],
				['step0', 40]
			]);
			for (const { points, low, high } of series) {
				expect(low).toBeLessThan(1);
				expect(high).toBeGreaterThan(1);
				for (const { x, y } of points) {
					expect(x).toBeGreaterThanOrEqual(plot.x);
					expect(x).toBeLessThanOrEqual(width);
					expect(y).toBeGreaterThanOrEqual(plot.y);
					expect(y).toBeLessThanOrEqual(plot.y + plot.height);
				}
			}
		}
	});

	it('breaks the line where a round was dropped', () => {
		const base = candidateResult('step0', 'Start', 1);
		const samples = base.samples.filter(({ round }) => round !== 5);
		const { series } = layout({ candidates: [{ ...base, samples }] }, ['step0'])!;
		expect(series[0]!.line.match(/M/g)).toHaveLength(2);
		expect(series[0]!.points).toHaveLength(39);
	});

	it('marks what happened at its round, and no two marks on each other', () => {
		const { marks, series, plot } = layout()!;
		expect(marks.map(({ kind }) => kind)).toEqual([
			'pressure',
			'dropped',
			'hidden',
			'warm-up',
			'held',
			'restart'
		]);
		const dropped = marks.find(({ kind }) => kind === 'dropped')!;
		expect(dropped.x).toBeCloseTo(series[1]!.points[5]!.x, 6);
		for (const a of marks) {
			expect(a.y).toBeLessThan(plot.y);
			for (const b of marks) {
				if (a !== b) expect(Math.abs(a.x - b.x) >= 16 || Math.abs(a.y - b.y) >= 16).toBe(true);
			}
		}
	});

	it('keeps its height however much happens', () => {
		const many = Array.from({ length: 300 }, (_, i) => entry('pressure', i % 40, 'fair'));
		const { plot, marks } = layout({ log: many })!;
		expect(plot.y).toBeLessThan(80);
		expect(marks.length).toBeGreaterThan(20);
	});

	it('has ticks that all read differently, however steady or wild a run is', () => {
		for (const spread of [0.0001, 0.002, 0.008, 0.05, 0.4, 3, 30]) {
			const samples = [0, 0.4, 1, 0.7].map((share, round) => ({
				round,
				ms: 10 * (1 + spread * share)
			}));
			const candidates = [candidateResult('step0', 'Start', 1, { samples })];
			const texts = layout({ candidates, log: [] }, ['step0'])!.valueTicks.map(({ text }) => text);
			expect(new Set(texts).size, `${spread}: ${texts.join(', ')}`).toBe(texts.length);
			expect(texts.length).toBeGreaterThan(0);
		}
	});

	it('is nothing before the first round', () => {
		const candidates = [candidateResult('step0', 'Start', 1, { samples: [] })];
		expect(layout({ candidates }, ['step0'])).toBeNull();
	});

	it('says each event in words, rounds counted from 1', () => {
		expect(timelineEvents(LOG).map(eventText)).toEqual([
			'Round 3: processor pressure: serious',
			'Round 6: dropped (page hidden)',
			'Round 7: the page was hidden; paused',
			'Round 7: warmed up again',
			'Round 21: paused by a guard (battery low)',
			'Round 31: a fresh worker took over'
		]);
	});
});

describe('checks in words', () => {
	const control = (
		outcome: 'passed' | 'flagged' | 'failed',
		ratio = estimate(1.001, 0.006)
	): RunCheck => ({
		name: 'control',
		outcome,
		ratio,
		passLimit: 0.01,
		failLimit: 0.02
	});
	const textOf = (checks: readonly RunCheck[], key: string) =>
		checkRows(runResult({ checks })).find((row) => row.key === key)!;

	it('tell each outcome of the control apart', () => {
		expect(textOf([control('passed')], 'control').text).toContain(
			'alike, to within ±\u00a01\u00a0%'
		);
		expect(textOf([control('flagged')], 'control').text).toContain('Read no difference smaller');
		expect(textOf([control('failed', estimate(1.05, 0.01))], 'control').text).toContain(
			'should hold 1, and does not'
		);
		expect(textOf([control('failed', estimate(1, 0.06))], 'control').text).toContain('busy');
	});

	it('take the control of a sweep for one pair: its width is no fault, not to hold 1 is', () => {
		const rowOf = (...checks: RunCheck[]) => sweepControlRow(runResult({ checks }));
		const wide = rowOf(control('failed', estimate(1, 0.06)));
		expect(wide?.outcome).toBe('passed');
		expect(wide?.text).toContain('one pair');
		const off = rowOf(control('failed', estimate(1.05, 0.01)));
		expect(off?.outcome).toBe('failed');
		expect(off?.text).toContain('should hold 1, and does not');
		expect(rowOf()).toBeUndefined();
	});

	it('give drift and dependence with their numbers and names', () => {
		const checks: RunCheck[] = [
			{ name: 'drift', outcome: 'flagged', change: 0.083, limit: 0.05 },
			{
				name: 'dependence',
				outcome: 'flagged',
				largest: 0.45,
				limit: 0.3,
				blocked: [{ a: 'step3', b: 'step0', correlation: 0.45, blockLength: 6 }]
			}
		];
		expect(textOf(checks, 'drift').text).toContain('+8.3\u00a0%');
		const { text } = textOf(checks, 'dependence');
		expect(text).toContain('0.45');
		expect(text).toContain('Early-convolution stem / MobileNetV3-L');
	});

	it('say how the intervals hold together, and that outliers stay', () => {
		expect(textOf([], 'together').text).toMatch(/8 between neighbours.*99\.4/);
		expect(textOf([], 'outliers').text).toContain('nothing is dropped for being slow');
	});

	it('say whether the run holds, once', () => {
		expect(reliabilityText(runResult({ checks: [control('passed')] }))).toContain('holds');
		expect(reliabilityText(runResult({ checks: [control('failed')] }))).toBeNull();
		expect(reliabilityText(runResult())).toBeNull();
	});
});

describe('comparisons under way', () => {
	it('are the neighbours beside the reference, and the control', () => {
		const pairs = livePairs(runResult());
		expect(pairs).toHaveLength(8);
		expect(pairs.at(-1)).toMatchObject({ key: 'control', live: { reached: true } });
		expect(reachedCount(pairs)).toBe(8);
		const far = livePairs(
			runResult({ control: { ratio: estimate(1, 0.2), verdict: 'cannot-tell' } })
		);
		expect(reachedCount(far)).toBe(7);
	});
});
