import { BASELINE } from '$lib/arch/design';
import { describe, expect, it } from 'vitest';
import { benchOverhead } from '$lib/measure/bench-overhead';
import { startRun } from '$lib/measure/client';
import type { RoundRecord, WorkerCommand, WorkerEvent } from '$lib/measure/events';
import type { RunRecord } from '$lib/measure/record';
import { FakeBench, FakeBrowser } from './fakes';

const options = new FakeBench({
	a: { runMs: () => 10 },
	b: { runMs: () => 12 }
}).options({ threads: 2 });

const READY: WorkerEvent = {
	type: 'ready',
	conditions: {
		lanes: [
			{
				id: 'wasm-2',
				backend: {
					name: 'wasm',
					runtime: { name: 'onnxruntime-web', version: '0.0.0' },
					threads: { asked: 2, effective: 2 },
					sessionOptions: { enableMemPattern: true },
					startMs: 90
				},
				emptyCallMs: 0.02
			}
		],
		timerStepMs: 0.005,
		crossOriginIsolated: true,
		userAgent: 'Test/1.0',
		logicalCores: 2,
		deviceMemoryGib: null
	}
};

function roundEvent(round: number, draw = false): WorkerEvent {
	return { type: 'round', round: roundRecord(round), expectedRounds: 40, draw };
}

function roundRecord(round: number): RoundRecord {
	return {
		round,
		startMs: round * 44,
		durationMs: 44,
		visits: [
			{ id: 'a', control: false, ms: [10, 11, 10] },
			{ id: 'b', control: false, ms: [12, 12, 12] },
			{ id: 'a', control: true, ms: [10, 10, 10] }
		]
	};
}

function start(browser: FakeBrowser) {
	const changes: RunRecord[] = [];
	const drawings: RunRecord[] = [];
	const handle = startRun(
		options,
		{ onChange: (record) => changes.push(record), onDraw: (record) => drawings.push(record) },
		browser.environment
	);
	return { handle, changes, drawings };
}

function startCommand(browser: FakeBrowser) {
	return browser.worker.commands.find(
		(command): command is Extract<WorkerCommand, { type: 'start' }> => command.type === 'start'
	)!;
}

describe('a run’s client', () => {
	it('starts a worker with the options and gathers what it tells', async () => {
		const browser = new FakeBrowser();
		const { handle, drawings } = start(browser);
		expect(handle.record.status).toEqual({ state: 'starting' });
		expect(startCommand(browser)).toMatchObject({ threads: 2, resume: { nextRound: 0 } });
		const { worker } = browser;
		worker.say(READY);
		worker.say({ type: 'status', state: 'measuring' });
		worker.say({ type: 'reference', id: 'a' });
		worker.say(roundEvent(0));
		worker.say(roundEvent(1, true));
		expect(drawings).toHaveLength(1);
		expect(drawings[0]!.rounds).toHaveLength(2);
		expect(worker.commands.at(-1)).toEqual({ type: 'drawn' });
		worker.say({ type: 'ended', status: { state: 'done', reason: 'precise-enough' } });
		const record = await handle.ended;
		expect(record.conditions).toMatchObject({
			lanes: [{ id: 'wasm-2', use: 'measuring', threads: { asked: 2, effective: 2 } }],
			protocolVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
			startedAt: '2026-01-02T00:00:00.000Z'
		});
		expect(worker.terminated).toBe(true);
		expect(browser.listening).toBe(0);
	});

	it('stops at once, keeps the samples and marks what was under way', async () => {
		const browser = new FakeBrowser();
		const { handle } = start(browser);
		browser.worker.say(READY);
		browser.worker.say({ type: 'candidate', id: 'a', status: { state: 'measuring' } });
		browser.worker.say(roundEvent(0));
		handle.stop();
		expect(browser.worker.terminated).toBe(true);
		const record = await handle.ended;
		expect(record.status).toEqual({ state: 'stopped' });
		expect(record.rounds).toHaveLength(1);
		expect(record.candidates.map(({ status }) => status.state)).toEqual(['stopped', 'stopped']);
		handle.stop();
		browser.worker.say(roundEvent(1));
		expect(handle.record.rounds).toHaveLength(1);
		expect(browser.listening).toBe(0);
	});

	it('frees the device before the page makes anything of a stopped run', () => {
		const browser = new FakeBrowser();
		const wasFree: boolean[] = [];
		const handle = startRun(
			options,
			{
				onChange: ({ status }) => {
					if (status.state === 'stopped') wasFree.push(browser.worker.terminated);
				}
			},
			browser.environment
		);
		handle.stop();
		expect(wasFree).toEqual([true]);
	});

	it('tells the worker when the page is hidden and shown, also from the start', () => {
		const browser = new FakeBrowser();
		browser.visibilityState = 'hidden';
		start(browser);
		browser.setVisible(true);
		const told = browser.worker.commands.filter(({ type }) => type === 'visibility');
		expect(told[0]).toEqual({ type: 'visibility', visible: false });
		expect(told.at(-1)).toEqual({ type: 'visibility', visible: true });
		browser.worker.say({ type: 'status', state: 'paused' });
	});

	it('a crash while one candidate loads is its own; the others go on in a fresh worker', async () => {
		const browser = new FakeBrowser();
		const { handle } = start(browser);
		browser.worker.say(READY);
		browser.worker.say({ type: 'candidate', id: 'a', status: { state: 'waiting' } });
		browser.worker.say({ type: 'candidate', id: 'b', status: { state: 'loading' } });
		browser.worker.crash('Out of memory');
		expect(browser.workers).toHaveLength(2);
		expect(browser.workers[0]!.terminated).toBe(true);
		expect(startCommand(browser).resume.skip).toEqual(['b']);
		expect(handle.record.candidates[1]!.status).toMatchObject({
			state: 'failed',
			reason: 'out-of-memory'
		});
		browser.worker.say({ type: 'ended', status: { state: 'done', reason: 'round-limit' } });
		const events = (await handle.ended).log.map(({ event }) => event);
		expect(events).toEqual(['candidate-failed', 'worker-restarted']);
	});

	it('a crash while measuring loses the current round only, and ends the run the third time', async () => {
		const browser = new FakeBrowser();
		const { handle } = start(browser);
		for (let crashes = 0; crashes < 3; crashes++) {
			expect(startCommand(browser).resume).toMatchObject({
				nextRound: 2 * crashes,
				rounds: Array.from({ length: 2 * crashes }, (_, i) => ({ round: i })),
				skip: []
			});
			browser.worker.say(READY);
			browser.worker.say({ type: 'candidate', id: 'a', status: { state: 'measuring' } });
			browser.worker.say(roundEvent(2 * crashes));
			browser.worker.say(roundEvent(2 * crashes + 1));
			browser.worker.crash('killed');
		}
		const record = await handle.ended;
		expect(record.status).toEqual({ state: 'failed', reason: 'worker-crashed', detail: 'killed' });
		expect(record.rounds).toHaveLength(6);
		expect(browser.workers).toHaveLength(3);
	});

	it('a runtime that aborted under a candidate is replaced without it', () => {
		const browser = new FakeBrowser();
		start(browser);
		browser.worker.say(READY);
		const status = { state: 'failed', reason: 'worker-crashed', detail: 'abort' } as const;
		browser.worker.say({ type: 'candidate', id: 'a', status });
		browser.worker.say({ type: 'broken', id: 'a', detail: 'abort' });
		expect(browser.workers).toHaveLength(2);
		expect(startCommand(browser).resume.skip).toEqual(['a']);
	});

	it('a lane whose worker is gone is treated as the worker itself', async () => {
		const browser = new FakeBrowser();
		const { handle } = start(browser);
		browser.worker.say(READY);
		browser.worker.say({ type: 'candidate', id: 'b', status: { state: 'loading' } });
		browser.worker.say({ type: 'broken', id: null, detail: 'webgpu: killed' });
		expect(startCommand(browser).resume.skip).toEqual(['b']);
		for (let deaths = 0; deaths < 3; deaths++) {
			expect(browser.workers).toHaveLength(2 + deaths);
			expect(startCommand(browser).resume.skip).toEqual(['b']);
			browser.worker.say(READY);
			browser.worker.say({ type: 'candidate', id: 'a', status: { state: 'measuring' } });
			browser.worker.say(roundEvent(deaths));
			browser.worker.say({ type: 'broken', id: null, detail: 'webgpu: killed' });
		}
		const record = await handle.ended;
		const detail = 'webgpu: killed';
		expect(record.status).toEqual({ state: 'failed', reason: 'worker-crashed', detail });
		expect(record.candidates[0]!.status.state).toBe('stopped');
		expect(record.candidates[1]!.status).toMatchObject({ reason: 'worker-crashed' });
		expect(record.rounds).toHaveLength(3);
	});

	it('a worker that falls silent while it measures is replaced; a paused one may be silent', () => {
		const browser = new FakeBrowser();
		const { handle } = start(browser);
		browser.worker.say(READY);
		browser.worker.say({ type: 'status', state: 'paused' });
		browser.tick(100);
		expect(browser.workers).toHaveLength(1);
		browser.worker.say({ type: 'status', state: 'measuring' });
		browser.worker.say(roundEvent(0));
		browser.tick(30);
		expect(browser.workers.length).toBeGreaterThan(1);
		expect(handle.record.log.at(-1)).toMatchObject({ event: 'worker-restarted' });
	});

	it('messages that are not understood end the worker, not the page', () => {
		const browser = new FakeBrowser();
		const { handle } = start(browser);
		browser.worker.sayRaw({ type: 'round', round: 'first' });
		expect(browser.workers).toHaveLength(2);
		expect(handle.record.log[0]!.detail).toMatch(/not understood/);
	});

	it('refused shared memory means one thread, and the request stays on record', () => {
		const browser = new FakeBrowser();
		const { handle } = start(browser);
		browser.worker.say({
			type: 'ended',
			status: { state: 'failed', reason: 'runtime-refused', detail: 'RangeError' }
		});
		expect(startCommand(browser).threads).toBe(1);
		browser.worker.say(READY);
		expect(handle.record.conditions?.lanes[0]?.threads.asked).toBe(2);
		expect(handle.record.log.map(({ event }) => event)).toEqual(['threads-reduced']);
	});

	it('a page that may not start workers gets a status', async () => {
		const browser = new FakeBrowser();
		const environment = {
			...browser.environment,
			createWorker: () => {
				throw new Error('blocked by policy');
			}
		};
		const record = await startRun(options, {}, environment).ended;
		expect(record.status).toMatchObject({ state: 'failed', detail: 'blocked by policy' });
	});
});

describe('the check of the instrument', () => {
	const design = BASELINE;

	it('gives the ratio of instrument to bare loop', async () => {
		const browser = new FakeBrowser();
		const promise = benchOverhead({ design, rounds: 4 }, browser.environment);
		expect(browser.worker.commands[0]).toMatchObject({ type: 'bench-overhead', rounds: 4 });
		const instrumentMs = [[10], [11], [10], [12]];
		const bareMs = instrumentMs.map(([ms]) => [ms! / 1.001]);
		browser.worker.say({ type: 'overhead', samples: { instrumentMs, bareMs } });
		const { ratio, rounds } = await promise;
		expect(ratio.value).toBeCloseTo(1.001, 9);
		expect(rounds).toBe(4);
		expect(browser.worker.terminated).toBe(true);
	});

	it('fails with the reason', async () => {
		const browser = new FakeBrowser();
		const promise = benchOverhead({ design }, browser.environment);
		browser.worker.say({ type: 'overhead-failed', detail: 'no such operator' });
		await expect(promise).rejects.toThrow('no such operator');
	});
});
