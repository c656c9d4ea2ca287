import { describe, expect, it } from 'vitest';
import { analyse } from '$lib/measure/analyse';
import { FROM_THE_START, type RoundRecord } from '$lib/measure/events';
import { applyEvent, newRecord } from '$lib/measure/record';
import { runProtocol } from '$lib/measure/runner';
import { judge } from '$lib/measure/stop-rule';
import { tableOfResult, tableOfRounds } from '$lib/measure/visit-table';
import { mulberry32, normal } from '$lib/stats/random';
import { FakeBench, type FakeModel } from './fakes';

function noisy(ms: number, seed: number): FakeModel {
	const random = mulberry32(seed);
	return { runMs: () => ms * Math.exp(0.003 * normal(random)) };
}

/** A run of 60 rounds whose reference fails at one of its own runs, as the page would see it. */
async function runWithout(
	ms: Readonly<Record<'a' | 'b' | 'c', number>>,
	{ failsAtRun }: { readonly failsAtRun: number }
) {
	const failure = { n: failsAtRun, error: new Error('lost') };
	const bench = new FakeBench({
		a: { ...noisy(ms.a, 1), failsAtRun: failure },
		b: noisy(ms.b, 2),
		c: noisy(ms.c, 3)
	});
	const options = bench.options({ minRounds: 60, maxRounds: 60 });
	await runProtocol(options, FROM_THE_START, bench.deps());
	const record = bench.events.reduce(
		(before, event) => applyEvent(before, event, 0),
		newRecord(options, '2026-01-02T00:00:00.000Z')
	);
	return { record, result: analyse(record) };
}

describe('a reference that is lost between two rounds', () => {
	// Two visits of one untimed and three timed runs a round, after a warm-up of 30 runs.
	const cases = [
		{ when: 'late, and close to the others', ms: { a: 10.8, b: 10, c: 10.15 }, failsAtRun: 360 },
		{ when: 'early, and far from the others', ms: { a: 40, b: 10, c: 10.15 }, failsAtRun: 140 }
	];
	for (const { when, ms, failsAtRun } of cases) {
		it(`leaves all ratios true: ${when}`, async () => {
			const { record, result } = await runWithout(ms, { failsAtRun });
			expect(result.referenceId).toBe('b');
			const lost = result.candidates[0]!;
			expect(lost.status).toMatchObject({ state: 'failed', reason: 'model-refused' });
			expect(lost.samples.length).toBeGreaterThan(50);
			expect(lost.samples.length).toBeLessThan(6 * 50);
			expect(lost.ratio!.value).toBeCloseTo(ms.a / ms.b, 2);
			expect(result.candidates[2]!.ratio!.value).toBeCloseTo(ms.c / ms.b, 2);
			expect(result.pairs).toMatchObject([
				{ a: 'b', b: 'a', ratio: { value: expect.closeTo(ms.b / ms.a, 2) as number } },
				{ a: 'c', b: 'b', ratio: { value: expect.closeTo(ms.c / ms.b, 2) as number } }
			]);
			expect(result.control!.ratio.value).toBeCloseTo(1, 2);
			expect(result.checks).toContainEqual(expect.objectContaining({ name: 'control' }));
			expect(tableOfResult(result)).toEqual(tableOfRounds(record.rounds));
		});
	}
});

describe('the stop rule', () => {
	it('does not end a run whose new reference has not yet been held against itself', () => {
		const bench = new FakeBench({ a: { runMs: () => 10 }, b: { runMs: () => 12 } });
		const rounds = Array.from({ length: 20 }, (_, round): RoundRecord => {
			const visit = (id: string, control = false) => ({
				id,
				control,
				ms: [10 + 0.01 * (round % 3)]
			});
			return {
				round,
				startMs: 300 * round,
				durationMs: 300,
				// The reference a left in the last round, before its second visit.
				visits: [visit('a'), visit('b'), ...(round < 19 ? [visit('a', true)] : [])]
			};
		});
		const judged = (referenceId: string) =>
			judge({
				run: bench.options(),
				rounds,
				ids: ['b'],
				referenceId,
				spentMs: 6000,
				expectedRounds: 0
			});
		expect(judged('a').stop).toBe('precise-enough');
		expect(judged('b')).toEqual({ stop: null, expectedRounds: 30 });
	});
});
