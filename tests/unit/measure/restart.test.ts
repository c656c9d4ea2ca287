import { describe, expect, it } from 'vitest';
import type { LaneFacts, RoundRecord, WorkerEvent } from '$lib/measure/events';
import { startRun } from '$lib/measure/client';
import { runProtocol } from '$lib/measure/runner';
import type { VisitPlan } from '$lib/measure/types';
import { FakeBench, FakeBrowser } from './fakes';

/*
 * A fresh worker goes on with a run: what the first one found out still holds for its samples.
 */

const base = new FakeBench({ a: { runMs: () => 10 }, b: { runMs: () => 12 } }).options();
const options = {
	...base,
	candidates: base.candidates.map((each) =>
		each.id === 'a'
			? each
			: { ...each, execution: { backend: 'webgpu', precision: 'float32' } as const }
	)
};

function lane(id: 'wasm-1' | 'webgpu', emptyCallMs: number): LaneFacts {
	return {
		id,
		backend: {
			name: id === 'webgpu' ? 'webgpu' : 'wasm',
			runtime: { name: 'onnxruntime-web', version: '0.0.0' },
			threads: { asked: 1, effective: 1 },
			sessionOptions: {},
			startMs: 90
		},
		emptyCallMs
	};
}

function ready(timerStepMs: number, ...lanes: LaneFacts[]): WorkerEvent {
	return {
		type: 'ready',
		conditions: {
			lanes,
			timerStepMs,
			crossOriginIsolated: true,
			userAgent: 'Test/1.0',
			logicalCores: 2,
			deviceMemoryGib: null
		}
	};
}

const ROUND: RoundRecord = {
	round: 0,
	startMs: 0,
	durationMs: 44,
	visits: [
		{ id: 'a', control: false, ms: [10] },
		{ id: 'b', control: false, ms: [12] },
		{ id: 'a', control: true, ms: [10] }
	]
};

/** A run whose WebGPU runtime aborts after some rounds, and which goes on without it. */
function withoutWebgpu(rounds: readonly RoundRecord[]) {
	const browser = new FakeBrowser();
	const handle = startRun(options, {}, browser.environment);
	browser.worker.say(ready(0.1, lane('wasm-1', 0.02), lane('webgpu', 0.3)));
	for (const round of rounds) {
		browser.worker.say({ type: 'round', round, expectedRounds: 20, draw: false });
	}
	const status = { state: 'failed', reason: 'worker-crashed', detail: 'abort' } as const;
	browser.worker.say({ type: 'candidate', id: 'b', status });
	browser.worker.say({ type: 'broken', id: 'b', detail: 'abort' });
	browser.worker.say(ready(0.005, lane('wasm-1', 0.05)));
	return handle.record.conditions!;
}

describe('the conditions of a run that goes on in a fresh worker', () => {
	it('still hold the lanes that there are samples from, as they were then', () => {
		const { lanes, timerStepMs } = withoutWebgpu([ROUND]);
		expect(lanes.map(({ id, emptyCallMs }) => [id, emptyCallMs])).toEqual([
			['wasm-1', 0.02],
			['webgpu', 0.3]
		]);
		// The coarsest clock that a sample was read off.
		expect(timerStepMs).toBe(0.1);
	});

	it('are the fresh worker’s alone where nothing had been measured', () => {
		const { lanes, timerStepMs } = withoutWebgpu([]);
		expect(lanes.map(({ id, emptyCallMs }) => [id, emptyCallMs])).toEqual([['wasm-1', 0.05]]);
		expect(timerStepMs).toBe(0.005);
	});
});

describe('the threads of the runner’s own lane', () => {
	const onThreads = (threads: number) =>
		({ execution: { backend: 'wasm', threads, precision: 'float32' } }) as const;
	const [a, b] = base.candidates;
	const both = {
		...base,
		candidates: [
			{ ...a!, ...onThreads(1) },
			{ ...b!, ...onThreads(2) }
		]
	};
	const threadsTold = (browser: FakeBrowser) =>
		browser.workers.map(({ commands: [first] }) => first?.type === 'start' && first.threads);

	it('are those of what is left: another lane may have become it', () => {
		const browser = new FakeBrowser();
		startRun(both, {}, browser.environment);
		browser.worker.say(ready(0.1, lane('wasm-1', 0.02)));
		browser.worker.say({ type: 'round', round: ROUND, expectedRounds: 20, draw: false });
		const status = { state: 'failed', reason: 'worker-crashed', detail: 'abort' } as const;
		browser.worker.say({ type: 'candidate', id: 'a', status });
		browser.worker.say({ type: 'broken', id: 'a', detail: 'abort' });
		expect(threadsTold(browser)).toEqual([1, 2]);
	});

	it('stay one where the browser has refused the memory that more of them share', () => {
		const browser = new FakeBrowser();
		startRun({ ...base, threads: 2 }, {}, browser.environment);
		const status = { state: 'failed', reason: 'runtime-refused', detail: 'RangeError' } as const;
		browser.worker.say({ type: 'ended', status });
		browser.worker.say(ready(0.1, lane('wasm-1', 0.02)));
		browser.worker.crash('killed');
		expect(threadsTold(browser)).toEqual([2, 1, 1]);
	});
});

describe('the plan of a visit', () => {
	const plan: VisitPlan = { timing: 'batch', runs: 7 };

	it('is told to a fresh worker', () => {
		const browser = new FakeBrowser();
		startRun(options, {}, browser.environment);
		browser.worker.say(ready(0.1, lane('wasm-1', 0.02)));
		const facts = { visitPlan: plan };
		browser.worker.say({ type: 'candidate', id: 'a', status: { state: 'measuring' }, facts });
		browser.worker.crash('killed');
		expect(browser.workers).toHaveLength(2);
		expect(browser.worker.commands[0]).toMatchObject({
			type: 'start',
			resume: { plans: [['a', plan]] }
		});
	});

	it('is made once a run: a fresh worker keeps it, and makes one only for those that have none', async () => {
		const bench = new FakeBench({ a: { runMs: () => 10 }, b: { runMs: () => 12 } });
		const resume = { rounds: [], nextRound: 1, skip: [], plans: [['a', plan]] as const };
		await runProtocol(bench.options({ maxRounds: 20 }), resume, bench.deps());
		const planOf = (id: string) =>
			bench.of('candidate').findLast((event) => event.id === id && event.facts)!.facts!.visitPlan;
		expect([planOf('a'), planOf('b')]).toEqual([plan, { timing: 'each', runs: 3 }]);
		for (const { round } of bench.of('round')) {
			for (const { id, ms } of round.visits) expect(ms).toHaveLength(id === 'a' ? 1 : 3);
		}
		expect(bench.of('log').map(({ event }) => event)).toEqual(['warmed-up-again']);
	});
});
