import { describe, expect, it } from 'vitest';
import { analyse } from '$lib/measure/analyse';
import { samplesCsv, summaryCsv } from '$lib/measure/csv';
import { parseRunJson, runToJson } from '$lib/measure/export';
import { progressOf } from '$lib/measure/progress';
import { RANK_NEEDS, rankAgreement } from '$lib/measure/rank-agreement';
import { applyEvent, endedRecord, newRecord, type RunRecord } from '$lib/measure/record';
import type { RoundRecord } from '$lib/measure/events';
import { tableOfResult, tableOfRounds } from '$lib/measure/visit-table';
import { mulberry32, normal } from '$lib/stats/random';
import { FakeBench } from './fakes';

const TRUE_MS: Record<string, number> = { a: 20, b: 30, c: 24, d: 24.05 };

/** A record of rounds with shared drift, so that ratios are much steadier than latencies. */
function record(rounds: number, without: { id?: string; from?: number } = {}): RunRecord {
	const random = mulberry32(13);
	const bench = new FakeBench(
		Object.fromEntries(Object.keys(TRUE_MS).map((id) => [id, { runMs: () => 1 }]))
	);
	let drift = 0;
	const all: RoundRecord[] = Array.from({ length: rounds }, (_, round) => {
		drift = 0.9 * drift + 0.05 * normal(random);
		const visit = (id: string, control: boolean) => ({
			id,
			control,
			ms: Array.from({ length: 3 }, () => TRUE_MS[id]! * Math.exp(drift + 0.01 * normal(random)))
		});
		const visits = [...Object.keys(TRUE_MS).map((id) => visit(id, false)), visit('a', true)];
		return {
			round: round + (round > 4 ? 1 : 0),
			startMs: round * 300,
			durationMs: 290,
			visits: visits.filter(({ id }) => id !== without.id || round < (without.from ?? 0))
		};
	});
	return {
		...newRecord(bench.options(), '2026-01-02T00:00:00.000Z'),
		status: { state: 'done', reason: 'precise-enough' },
		referenceId: 'a',
		rounds: all,
		droppedRounds: [{ round: 5, reason: 'gap' }]
	};
}

describe('analysis', () => {
	const result = analyse(record(60));
	const of = (id: string) => result.candidates.find(({ candidate }) => candidate.id === id)!;

	it('finds the true ratios within their intervals, and says what they allow', () => {
		for (const [id, ms] of Object.entries(TRUE_MS)) {
			const { ratio, verdict } = of(id);
			expect(ratio!.low).toBeLessThanOrEqual(ms / 20);
			expect(ratio!.high).toBeGreaterThanOrEqual(ms / 20);
			expect(verdict).toBe(id === 'a' ? null : 'slower');
		}
		expect(of('a').ratio).toEqual({ value: 1, low: 1, high: 1 });
	});

	it('compares each candidate with the one before it', () => {
		expect(result.pairs.map(({ a, b, verdict }) => [a, b, verdict])).toEqual([
			['b', 'a', 'slower'],
			['c', 'b', 'faster'],
			['d', 'c', 'cannot-tell']
		]);
	});

	it('keeps the A/A control at one', () => {
		expect(result.control!.verdict).toBe('cannot-tell');
		expect(result.control!.ratio.low).toBeLessThan(1.005);
		expect(result.control!.ratio.high).toBeGreaterThan(0.995);
	});

	it('summarises all timed runs, dropped rounds left out of the numbering only', () => {
		expect(of('b').samples).toHaveLength(180);
		expect(of('a').samples).toHaveLength(360);
		expect(of('a').samples.filter(({ control }) => control)).toHaveLength(180);
		expect(of('b').samples.some(({ round }) => round === 5)).toBe(false);
		const { minMs, p10Ms, medianMs, p90Ms } = of('b');
		expect(minMs!).toBeLessThan(p10Ms!);
		expect(p10Ms!).toBeLessThan(medianMs!.value);
		expect(medianMs!.low).toBeLessThan(medianMs!.value);
		expect(medianMs!.high).toBeLessThan(p90Ms! * 1.1);
		expect(result.measuringMs).toBe(60 * 290);
	});

	it('gives the same result for the same record', () => {
		expect(analyse(record(60))).toEqual(result);
	});

	it('is empty, and whole, before the first round', () => {
		const early = analyse({ ...record(0), referenceId: null });
		expect(early.candidates.every(({ medianMs, ratio }) => !medianMs && !ratio)).toBe(true);
		expect(early.control).toBeNull();
		expect(early.pairs).toEqual([]);
		expect(analyse(record(1)).candidates[1]!.ratio).toBeNull();
	});

	it('takes a candidate that failed on the way for the rounds it was in', () => {
		const partial = analyse(record(60, { id: 'c', from: 25 }));
		const { ratio, samples } = partial.candidates[2]!;
		expect(samples).toHaveLength(75);
		expect(ratio!.low).toBeLessThanOrEqual(1.2);
		expect(ratio!.high).toBeGreaterThanOrEqual(1.2);
		expect(partial.pairs.map(({ a, b }) => a + b)).toEqual(['ba', 'cb', 'dc']);
		const absent = analyse(record(60, { id: 'c' }));
		expect(absent.pairs.map(({ a, b }) => a + b)).toEqual(['ba']);
	});

	it('gives no verdict from too few rounds, however large the difference, and says what it takes', () => {
		const few = analyse(record(5));
		const [, b] = few.candidates;
		expect(few.pairs[0]).toMatchObject({ a: 'b', b: 'a', verdict: 'cannot-tell' });
		// Three comparisons a family, at 1 - 0.05 / 3 each; the median and the control stand alone.
		expect(few.pairs[0]!.ratio.roundsNeeded).toBe(7);
		expect(b).toMatchObject({ verdict: 'cannot-tell', ratio: { roundsNeeded: 7 } });
		expect(b!.medianMs).toMatchObject({ roundsNeeded: 6 });
		expect(few.control!.ratio.roundsNeeded).toBe(6);
		expect(b!.ratio!.low).toBeLessThan(1.5);
		expect(b!.ratio!.high).toBeGreaterThan(1.5);
		const enough = analyse(record(7));
		expect(enough.pairs[0]).toMatchObject({ verdict: 'slower' });
		expect(enough.pairs[0]!.ratio).not.toHaveProperty('roundsNeeded');
		expect(parseRunJson(runToJson(few))).toEqual({ ok: true, result: few });
	});

	it('counts a pair once, whichever way round it is asked for again', () => {
		const base = record(60);
		const extraPairs = [
			{ a: 'b', b: 'a' },
			{ a: 'b', b: 'c' },
			{ a: 'd', b: 'a' },
			{ a: 'd', b: 'd' }
		];
		const asked = analyse({ ...base, options: { ...base.options, extraPairs } });
		expect(asked.pairs.map(({ a, b }) => a + b)).toEqual(['ba', 'cb', 'dc', 'da']);
	});
});

describe('export', () => {
	const result = analyse(record(20));

	it('survives the way out and back', () => {
		const parsed = parseRunJson(runToJson(result));
		expect(parsed).toEqual({ ok: true, result });
	});

	it('starts statistics from the same table again', () => {
		expect(tableOfResult(result)).toEqual(tableOfRounds(record(20).rounds));
	});

	it('names what is wrong with a file', () => {
		const problemOf = (text: string) => {
			const parsed = parseRunJson(text);
			return parsed.ok ? null : parsed.problem;
		};
		const change = (part: object) => JSON.stringify({ ...result, ...part });
		expect(problemOf('{')).toEqual({ code: 'not-json' });
		expect(problemOf('[]')).toEqual({ code: 'not-a-run' });
		expect(problemOf('{"schema":"other"}')).toEqual({ code: 'not-a-run' });
		expect(problemOf(change({ schemaVersion: 3 }))).toEqual({
			code: 'unknown-version',
			version: '3'
		});
		expect(problemOf(change({ roundCount: -1 }))).toMatchObject({
			code: 'invalid',
			path: 'roundCount'
		});
		const candidates = result.candidates.map((each, i) =>
			i === 1 ? { ...each, samples: each.samples.with(3, { round: 1, ms: -1 }) } : each
		);
		expect(problemOf(change({ candidates }))).toMatchObject({
			code: 'invalid',
			path: 'candidates.1.samples.3.ms'
		});
	});

	it('writes tables that a spreadsheet reads, and no formulas', () => {
		const named = structuredClone(result) as typeof result;
		Object.assign(named.candidates[0]!.candidate, { label: '=1+1, "quoted"' });
		const [header, first, ...rest] = summaryCsv(named).trimEnd().split('\r\n');
		expect(header).toMatch(/^id,label,design,status,params/);
		expect(first).toContain(`"'=1+1, ""quoted"""`);
		expect(rest).toHaveLength(3);
		for (const row of rest) expect(row.split(',')).toHaveLength(header!.split(',').length);
		const samples = samplesCsv(result).trimEnd().split('\r\n');
		expect(samples).toHaveLength(1 + 20 * 5 * 3);
		expect(samples[1]).toMatch(/^a,0,0,\d/);
	});
});

describe('agreement of orders', () => {
	const result = analyse(record(60));

	it('is 1 for the same order and -1 for the opposite one', () => {
		const same = new Map([
			['a', 1],
			['b', 3],
			['c', 2]
		]);
		expect(rankAgreement(result, same, [])).toMatchObject({
			latencies: { value: 1, low: 1, high: 1 },
			count: 3
		});
		const opposite = new Map([...same].map(([id, ms]) => [id, 10 - ms]));
		expect(rankAgreement(result, opposite, []).latencies!.value).toBe(-1);
	});

	const changes = [
		{ a: 'b', b: 'a' },
		{ a: 'c', b: 'b' },
		{ a: 'd', b: 'c' }
	];

	it('compares the changes that it is given, from three on', () => {
		const reported = new Map([
			['a', 1],
			['b', 1.6],
			['c', 1.2],
			['d', 1.3]
		]);
		// Changes: up, down, hardly any, in both orders.
		expect(rankAgreement(result, reported, changes).changes!.value).toBe(1);
		expect(rankAgreement(result, reported, changes.slice(1)).changes).toBeNull();
		reported.delete('b');
		expect(rankAgreement(result, reported, changes).changes).toBeNull();
		expect(rankAgreement(result, new Map(), changes).latencies).toBeNull();
	});

	it('says nothing from too few rounds', () => {
		const reported = new Map(Object.entries(TRUE_MS));
		expect(RANK_NEEDS.rounds).toBe(6);
		expect(rankAgreement(analyse(record(5)), reported, changes).latencies).toBeNull();
		expect(rankAgreement(analyse(record(6)), reported, changes).latencies).not.toBeNull();
	});

	it('has a wide interval where the measured order is not sure', () => {
		const reported = new Map([
			['b', 3],
			['c', 1],
			['d', 2]
		]);
		const few = analyse(record(10));
		const { latencies } = rankAgreement(few, reported, []);
		expect(latencies!.high - latencies!.low).toBeGreaterThan(0.3);
	});
});

describe('progress', () => {
	it('grows through the phases and tells the time left', () => {
		let now = newRecord(record(0).options, '');
		const fractions = [progressOf(now).fraction];
		const step = (...events: Parameters<typeof applyEvent>[1][]) => {
			for (const event of events) now = applyEvent(now, event, 0);
			fractions.push(progressOf(now).fraction);
		};
		step({ type: 'status', state: 'loading' });
		step({
			type: 'candidate',
			id: 'a',
			status: { state: 'waiting' },
			facts: { outputChecksum: '00000000' }
		});
		step({ type: 'status', state: 'warming-up' });
		step({ type: 'candidate', id: 'a', status: { state: 'measuring' } });
		step({ type: 'status', state: 'measuring' });
		for (const round of record(10).rounds) {
			step({ type: 'round', round, expectedRounds: 40, draw: false });
		}
		expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
		const { secondsLeft, roundCount, expectedRounds } = progressOf(now);
		expect([roundCount, expectedRounds]).toEqual([10, 40]);
		expect(secondsLeft!).toBeGreaterThan(30 * 0.29);
		expect(secondsLeft!).toBeLessThan(30 * 0.4);
		step({ type: 'ended', status: { state: 'done', reason: 'round-limit' } });
		expect(progressOf(now)).toMatchObject({ fraction: 1, secondsLeft: 0 });
	});

	it('marks what was under way when a run ends from outside', () => {
		const ended = endedRecord(record(3), { state: 'stopped' });
		expect(ended.candidates.map(({ status }) => status.state)).toEqual(
			new Array(4).fill('stopped')
		);
		expect(progressOf(ended).secondsLeft).toBeNull();
	});
});
