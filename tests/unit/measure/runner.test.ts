import { describe, expect, it } from 'vitest';
import { FROM_THE_START } from '$lib/measure/events';
import { runProtocol } from '$lib/measure/runner';
import { mulberry32, normal } from '$lib/stats/random';
import { FakeBench, type FakeModel } from './fakes';

/** Slow at first, then steady with a little jitter. */
function steady(ms: number, seed = 1, jitter = 0.01): FakeModel {
	const random = mulberry32(seed);
	return { runMs: (n) => ms * (n < 5 ? 4 : 1) * Math.exp(jitter * normal(random)) };
}

function ending(bench: FakeBench) {
	return bench.of('ended').at(-1)?.status;
}

function statesOf(bench: FakeBench, id: string): string[] {
	return bench
		.of('candidate')
		.filter((event) => event.id === id)
		.map(({ status }) => status.state);
}

describe('a run', () => {
	it('loads, checks, warms up, measures and ends precise enough', async () => {
		const bench = new FakeBench({ a: steady(10, 1), b: steady(12, 2), c: steady(9, 3) });
		await runProtocol(bench.options(), FROM_THE_START, bench.deps());
		expect(ending(bench)).toEqual({ state: 'done', reason: 'precise-enough' });
		expect(statesOf(bench, 'b')).toEqual([
			'loading',
			'checking',
			'waiting',
			'warming-up',
			'measuring',
			'done'
		]);
		expect(bench.of('status').map(({ state }) => state)).toEqual([
			'loading',
			'warming-up',
			'measuring'
		]);
		const rounds = bench.of('round');
		expect(rounds.length).toBeGreaterThanOrEqual(20);
		expect(rounds.length % 10).toBe(0);
		const measuringMs = rounds.reduce((sum, { round }) => sum + round.durationMs, 0);
		expect(measuringMs).toBeGreaterThanOrEqual(5000);
		expect(bench.released).toBe(3);
	});

	it('visits every design once a round and the reference twice, three runs each', async () => {
		const bench = new FakeBench({ a: steady(10, 1), b: steady(12, 2), c: steady(9, 3) });
		await runProtocol(bench.options({ referenceId: 'b' }), FROM_THE_START, bench.deps());
		const orders = new Set<string>();
		for (const { round } of bench.of('round')) {
			expect(round.visits.map(({ id }) => id).sort()).toEqual(['a', 'b', 'b', 'c']);
			expect(round.visits.filter(({ control }) => control).map(({ id }) => id)).toEqual(['b']);
			for (const { ms } of round.visits) expect(ms).toHaveLength(3);
			orders.add(round.visits.map(({ id, control }) => `${id}${control}`).join(' '));
		}
		expect(orders.size).toBeGreaterThan(8);
		expect(bench.of('reference')).toEqual([{ type: 'reference', id: 'b' }]);
	});

	it('times what the sessions take, and no more than a clock reading beside it', async () => {
		const bench = new FakeBench({ a: { runMs: () => 10 }, b: { runMs: () => 80 } });
		await runProtocol(bench.options(), FROM_THE_START, bench.deps());
		for (const { round } of bench.of('round')) {
			for (const { id, ms } of round.visits) {
				const expected = id === 'a' ? [10, 10, 10] : [80];
				expect(ms).toHaveLength(expected.length);
				ms.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(0.011));
			}
		}
	});

	it('repeats itself with the same seed, and not with another', async () => {
		const orders = async (seed: number) => {
			const bench = new FakeBench({ a: steady(10, 1), b: steady(12, 2), c: steady(9, 3) });
			await runProtocol(bench.options({ seed }), FROM_THE_START, bench.deps());
			return bench.of('round').map(({ round }) => round.visits.map(({ id }) => id).join());
		};
		expect(await orders(1)).toEqual(await orders(1));
		expect((await orders(1)).slice(0, 20)).not.toEqual((await orders(2)).slice(0, 20));
	});

	it('ends at its limits where the noise is too strong', async () => {
		const noisy = () => new FakeBench({ a: steady(10, 1, 0.5), b: steady(10, 2, 0.5) });
		const byRounds = noisy();
		await runProtocol(byRounds.options({ maxRounds: 35 }), FROM_THE_START, byRounds.deps());
		expect(ending(byRounds)).toEqual({ state: 'done', reason: 'round-limit' });
		expect(byRounds.of('round')).toHaveLength(35);
		const byTime = noisy();
		const limits = { minMeasuringMs: 100, maxMeasuringMs: 3000 };
		await runProtocol(byTime.options(limits), FROM_THE_START, byTime.deps());
		expect(ending(byTime)).toEqual({ state: 'done', reason: 'time-limit' });
	});

	it('takes one design alone, against itself', async () => {
		const bench = new FakeBench({ a: steady(10) });
		await runProtocol(bench.options(), FROM_THE_START, bench.deps());
		expect(ending(bench)).toEqual({ state: 'done', reason: 'precise-enough' });
		expect(bench.of('round')[0]!.round.visits).toHaveLength(2);
	});

	it('goes on from the rounds of an earlier worker', async () => {
		const first = new FakeBench({ a: steady(10, 1), b: steady(12, 2) });
		await runProtocol(first.options({ maxRounds: 15 }), FROM_THE_START, first.deps());
		const rounds = first.of('round').map(({ round }) => round);
		const second = new FakeBench({ a: steady(10, 3), b: steady(12, 4) });
		const resume = { rounds, nextRound: 16, skip: [], plans: [] };
		await runProtocol(second.options({ maxRounds: 40 }), resume, second.deps());
		const numbers = second.of('round').map(({ round }) => round.round);
		expect(numbers[0]).toBe(16);
		expect(rounds.length + numbers.length).toBeLessThanOrEqual(40);
	});

	it('tells the clock, an empty call and the effective conditions', async () => {
		const bench = new FakeBench({ a: steady(10) });
		await runProtocol(bench.options(), FROM_THE_START, bench.deps());
		const [{ conditions }] = bench.of('ready') as [ReturnType<typeof bench.of<'ready'>>[0]];
		expect(conditions.timerStepMs).toBeCloseTo(0.005, 6);
		expect(conditions.lanes).toHaveLength(1);
		const [lane] = conditions.lanes;
		expect(lane!.emptyCallMs).toBeCloseTo(0.02, 2);
		expect(lane!.backend.threads).toEqual({ asked: 1, effective: 1 });
	});
});

describe('a coarse clock', () => {
	it('times runs in batches that are long enough for it', async () => {
		const bench = new FakeBench({ a: steady(4, 1), b: steady(5, 2) });
		bench.clock.stepMs = 0.1;
		await runProtocol(bench.options(), FROM_THE_START, bench.deps());
		expect(ending(bench)?.state).toBe('done');
		const plans = bench.of('candidate').flatMap(({ facts }) => facts?.visitPlan ?? []);
		expect(plans.map(({ timing }) => timing)).toEqual(['batch', 'batch']);
		// 200 steps of 0.1 ms are 20 ms: five runs of 4 ms, four of 5 ms.
		for (const [i, runs] of [5, 4].entries()) {
			expect(Math.abs(plans[i]!.runs - runs)).toBeLessThanOrEqual(1);
		}
		for (const { round } of bench.of('round')) {
			for (const { id, ms } of round.visits) {
				expect(ms).toHaveLength(1);
				expect(ms[0]!).toBeGreaterThan(id === 'a' ? 3.7 : 4.7);
				expect(ms[0]!).toBeLessThan(id === 'a' ? 4.3 : 5.3);
			}
		}
	});

	it('refuses a clock that is too coarse for any batch, with the reason', async () => {
		const bench = new FakeBench({ a: steady(4) });
		bench.clock.stepMs = 16;
		await runProtocol(bench.options(), FROM_THE_START, bench.deps());
		expect(ending(bench)).toMatchObject({ state: 'failed', reason: 'nothing-runs' });
		expect(bench.of('candidate').at(-1)!.status).toMatchObject({
			state: 'failed',
			reason: 'too-fast-for-timer'
		});
	});
});

describe('failures end one candidate, and the others go on', () => {
	const cases: [string, FakeModel, string][] = [
		['refused', { ...steady(9), refuses: new Error('unsupported operator') }, 'model-refused'],
		['memory', { ...steady(9), refuses: new RangeError('Out of memory') }, 'out-of-memory'],
		['illegal', { ...steady(9), illegal: new Error('shapes do not fit') }, 'illegal-design'],
		['zeros', { ...steady(9), output: new Array<number>(11).fill(0) }, 'wrong-output'],
		[
			'not a number',
			{ ...steady(9), output: [NaN, ...new Array<number>(10).fill(1)] },
			'wrong-output'
		],
		['short', { ...steady(9), output: [1] }, 'wrong-output'],
		[
			'late',
			{ ...steady(9), failsAtRun: { n: 120, error: new Error('std::bad_alloc') } },
			'out-of-memory'
		]
	];
	for (const [name, broken, reason] of cases) {
		it(name, async () => {
			const bench = new FakeBench({ a: steady(10, 1), b: broken, c: steady(12, 2) });
			await runProtocol(bench.options(), FROM_THE_START, bench.deps());
			expect(ending(bench)).toEqual({ state: 'done', reason: 'precise-enough' });
			const failed = bench.of('candidate').filter(({ status }) => status.state === 'failed');
			expect(failed).toHaveLength(1);
			expect(failed[0]).toMatchObject({ id: 'b', status: { reason } });
			expect(
				bench
					.of('round')
					.at(-1)!
					.round.visits.map(({ id }) => id)
					.sort()
			).toEqual(['a', 'a', 'c']);
		});
	}

	it('another candidate takes the reference’s place', async () => {
		const bench = new FakeBench({
			a: { ...steady(10), refuses: new Error('no') },
			b: steady(11, 2),
			c: steady(12, 3)
		});
		await runProtocol(bench.options(), FROM_THE_START, bench.deps());
		expect(bench.of('reference')).toEqual([{ type: 'reference', id: 'b' }]);
		expect(bench.of('log').map(({ event }) => event)).toContain('reference-replaced');
		expect(ending(bench)?.state).toBe('done');
	});

	it('the reference while the page draws: the others warm up again before they are timed', async () => {
		let isLost = false;
		const reference: FakeModel = {
			...steady(10),
			get failsAtRun() {
				return isLost ? { n: 0, error: new Error('lost') } : undefined;
			}
		};
		const bench = new FakeBench({ a: reference, b: steady(11, 2), c: steady(12, 3) });
		const deps = bench.deps({
			post: (event) => {
				bench.events.push(event);
				isLost ||= event.type === 'round' && event.draw && event.round.round >= 5;
				// The page answers at once, but for the drawing that the reference is lost in.
				if (event.type === 'round' && event.draw && !isLost) bench.page.drawn();
			}
		});
		await runProtocol(bench.options(), FROM_THE_START, deps);
		expect(ending(bench)?.state).toBe('done');
		const lostAt = bench.events.findIndex(
			(event) => event.type === 'candidate' && event.status.state === 'failed'
		);
		expect(bench.events[lostAt - 1]).toMatchObject({ type: 'round', draw: true });
		const after = bench.events
			.slice(lostAt)
			.filter(({ type }) => type === 'status' || type === 'round');
		expect(after[0]).toEqual({ type: 'status', state: 'warming-up' });
		expect(bench.of('log').map(({ event }) => event)).toContain('warmed-up-again');
	});

	it('within a round is told when the round is over: the page would draw beside what is timed', async () => {
		const told: string[] = [];
		const fails = { n: 70, error: new Error('lost') };
		const bench = new FakeBench({
			a: { ...steady(10), afterRun: () => void told.push('run') },
			b: { ...steady(11, 2), failsAtRun: fails },
			c: { ...steady(12, 3), afterRun: () => void told.push('run') }
		});
		const base = bench.deps();
		const deps = bench.deps({
			post: (event) => {
				if (event.type === 'candidate') told.push(event.status.state);
				else if (event.type === 'round') told.push('round');
				base.post(event);
			}
		});
		await runProtocol(bench.options(), FROM_THE_START, deps);
		const failedAt = told.indexOf('failed');
		expect(told[failedAt - 1]).toBe('run');
		expect(told[failedAt + 1]).toBe('round');
		const whole = bench.of('round').find(({ round }) => round.visits.length === 3)!;
		expect(whole.round.visits.every(({ id }) => id !== 'b')).toBe(true);
		expect(ending(bench)?.state).toBe('done');
	});

	it('in the warm-up has the others warm up again, in their own rotation', async () => {
		const fails = { n: 8, error: new Error('lost') };
		const bench = new FakeBench({
			a: steady(10),
			b: { ...steady(11, 2), failsAtRun: fails },
			c: steady(12, 3)
		});
		await runProtocol(bench.options(), FROM_THE_START, bench.deps());
		expect(ending(bench)?.state).toBe('done');
		expect(bench.of('status').map(({ state }) => state)).toEqual([
			'loading',
			'warming-up',
			'warming-up',
			'measuring'
		]);
	});

	it('with none left the run fails', async () => {
		const bench = new FakeBench({ a: { ...steady(10), refuses: new Error('no') } });
		await runProtocol(bench.options(), FROM_THE_START, bench.deps());
		expect(ending(bench)).toMatchObject({ state: 'failed', reason: 'nothing-runs' });
	});

	it('a runtime that does not start fails the run with its reason', async () => {
		const bench = new FakeBench({ a: steady(10) });
		const startBackend = () => Promise.reject(new RangeError('shared memory refused'));
		await runProtocol(bench.options(), FROM_THE_START, bench.deps({ startBackend }));
		expect(ending(bench)).toEqual({
			state: 'failed',
			reason: 'runtime-refused',
			detail: 'shared memory refused'
		});
	});

	it('an abort of the runtime blames the candidate and says that this worker is broken', async () => {
		const error = new WebAssembly.RuntimeError('unreachable');
		const bench = new FakeBench({ a: steady(10), b: { ...steady(9), refuses: error } });
		await runProtocol(bench.options(), FROM_THE_START, bench.deps());
		expect(bench.of('broken')).toEqual([{ type: 'broken', id: 'b', detail: 'unreachable' }]);
		expect(bench.of('ended')).toEqual([]);
		expect(bench.of('candidate').at(-1)!.status).toMatchObject({ reason: 'worker-crashed' });
	});
});

describe('guards', () => {
	it('drop the round in which the page was hidden, pause, and warm up again', async () => {
		const bench = new FakeBench({ a: steady(10, 1), b: steady(12, 2) });
		let yields = 0;
		const resumed: (() => void)[] = [];
		bench.onYield = () => {
			if (bench.of('round').length === 5 && yields++ === 0) {
				bench.page.setVisible(false);
				resumed.push(() => bench.page.setVisible(true));
			}
		};
		const post = bench.deps().post;
		await runProtocol(
			bench.options(),
			FROM_THE_START,
			bench.deps({
				post: (event) => {
					post(event);
					if (event.type === 'status' && event.state === 'paused') {
						bench.clock.advance(60_000);
						queueMicrotask(() => resumed.pop()!());
					}
				}
			})
		);
		expect(bench.of('round-dropped')).toHaveLength(1);
		expect(bench.of('round-dropped')[0]).toMatchObject({ reason: 'page-hidden' });
		expect(bench.of('status').map(({ state }) => state)).toEqual([
			'loading',
			'warming-up',
			'measuring',
			'paused',
			'warming-up',
			'measuring'
		]);
		const dropped = bench.of('round-dropped')[0]!.round;
		expect(bench.of('round').map(({ round }) => round.round)).not.toContain(dropped);
		expect(bench.of('log').map(({ event }) => event)).toEqual(['resumed', 'warmed-up-again']);
		expect(ending(bench)?.state).toBe('done');
	});

	it('drop a round with a gap in which nothing ran', async () => {
		let stalled = false;
		const bench = new FakeBench({ a: steady(10, 1), b: steady(12, 2) });
		bench.onYield = () => {
			if (bench.of('round').length === 7 && !stalled) {
				stalled = true;
				bench.clock.advance(400);
			}
		};
		await runProtocol(bench.options(), FROM_THE_START, bench.deps());
		expect(bench.of('round-dropped').map(({ reason }) => reason)).toEqual(['gap']);
		expect(ending(bench)?.state).toBe('done');
	});

	it('never drop a slow run', async () => {
		const slow: FakeModel = { runMs: (n) => (n > 150 && n % 7 === 6 ? 900 : 10) };
		const bench = new FakeBench({ a: slow, b: steady(12, 2) });
		await runProtocol(bench.options({ maxRounds: 40 }), FROM_THE_START, bench.deps());
		expect(bench.of('round-dropped')).toEqual([]);
		const all = bench.of('round').flatMap(({ round }) => round.visits.flatMap(({ ms }) => ms));
		expect(Math.max(...all)).toBeGreaterThan(890);
	});
});

describe('messages', () => {
	it('stay rare: one a round, and a heartbeat a second where rounds are long', async () => {
		const bench = new FakeBench({ a: { runMs: () => 800 }, b: { runMs: () => 900 } });
		await runProtocol(bench.options({ maxRounds: 20 }), FROM_THE_START, bench.deps());
		expect(bench.of('heartbeat').length).toBeGreaterThan(20);
		const quick = new FakeBench({ a: steady(2, 1), b: steady(2, 2) });
		await runProtocol(quick.options(), FROM_THE_START, quick.deps());
		expect(quick.of('heartbeat').length).toBeLessThan(5);
		expect(quick.of('round').filter(({ draw }) => draw).length).toBeLessThan(
			quick.of('round').length / 10
		);
	});
});
