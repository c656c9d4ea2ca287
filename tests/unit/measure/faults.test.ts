import { describe, expect, it } from 'vitest';
import { analyse } from '$lib/measure/analyse';
import { calibrationOf, calibrationOptions } from '$lib/measure/calibration';
import { startRun, type RunHandle } from '$lib/measure/client';
import { FROM_THE_START, type WorkerEvent } from '$lib/measure/events';
import { parseRunJson, runToJson } from '$lib/measure/export';
import { runProtocol } from '$lib/measure/runner';
import type { RunResult } from '$lib/measure/types';
import { MeasureRun } from '$lib/state/run.svelte';
import { exampleRun } from './example-run';
import { FakeBench, FakeBrowser } from './fakes';
import { FakeLocks } from './fake-locks';

/*
 * Each fault that a run can meet is made here, and must end in a status with a name, with what was
 * measured before it kept, and in a file that is read again.
 */

const bench = new FakeBench({ a: { runMs: () => 10 }, b: { runMs: () => 12 } });
const options = bench.options();

const READY: WorkerEvent = {
	type: 'ready',
	conditions: {
		lanes: [
			{
				id: 'wasm-1',
				backend: {
					name: 'wasm',
					runtime: { name: 'onnxruntime-web', version: '0.0.0' },
					threads: { asked: 1, effective: 1 },
					sessionOptions: {},
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

/** A worker that has loaded both networks and made some rounds. */
function measuring(browser: FakeBrowser, rounds: number, from = 0): void {
	const { worker } = browser;
	worker.say(READY);
	for (const id of ['a', 'b']) {
		worker.say({ type: 'candidate', id, status: { state: 'measuring' } });
	}
	worker.say({ type: 'status', state: 'measuring' });
	worker.say({ type: 'reference', id: 'a' });
	for (let i = 0; i < rounds; i++) worker.say(roundEvent(from + i));
}

function roundEvent(round: number): WorkerEvent {
	const jitter = 1 + 0.001 * (round % 3);
	return {
		type: 'round',
		round: {
			round,
			startMs: round * 44,
			durationMs: 44,
			visits: [
				{ id: 'a', control: false, ms: [10 * jitter] },
				{ id: 'b', control: false, ms: [12] },
				{ id: 'a', control: true, ms: [10] }
			]
		},
		expectedRounds: 40,
		draw: false
	};
}

async function resultOf(handle: RunHandle): Promise<RunResult> {
	const result = analyse(await handle.ended);
	expect(parseRunJson(runToJson(result))).toEqual({ ok: true, result });
	return result;
}

describe('a fault ends in a status with a name, and keeps the results', () => {
	it('the worker is killed, again and again: one round at most is lost each time', async () => {
		const browser = new FakeBrowser();
		const handle = startRun(options, {}, browser.environment);
		for (let life = 0; life < 3; life++) {
			measuring(browser, 4, 4 * life);
			browser.tick(30);
		}
		const result = await resultOf(handle);
		expect(result.status).toEqual({
			state: 'failed',
			reason: 'worker-crashed',
			detail: 'no sign of life'
		});
		// Nothing that was told is lost: the round under way is all that a killed worker takes with it.
		expect(result.roundCount).toBe(12);
		expect(result.candidates[1]!.ratio!.value).toBeCloseTo(1.2, 1);
		expect(result.log.filter(({ event }) => event === 'worker-restarted')).toMatchObject([
			{ round: 4 },
			{ round: 8 }
		]);
	});

	it('the memory runs out under one network: it fails by name, the other is measured', async () => {
		const model = {
			runMs: () => 12,
			failsAtRun: { n: 150, error: new RangeError('out of memory') }
		};
		const failing = new FakeBench({ a: { runMs: () => 10 }, b: model });
		await runProtocol(failing.options(), FROM_THE_START, failing.deps());
		expect(failing.of('ended')[0]!.status).toEqual({ state: 'done', reason: 'precise-enough' });
		const status = failing.of('candidate').findLast(({ id }) => id === 'b')!.status;
		expect(status).toMatchObject({ state: 'failed', reason: 'out-of-memory' });
		expect(failing.of('round').length).toBeGreaterThan(20);
		expect(failing.of('round').some(({ round }) => round.visits.some(({ id }) => id === 'b'))).toBe(
			true
		);
	});

	it('the runtime refuses every model: nothing runs, and each says why', async () => {
		const refuses = new Error('unsupported operator');
		const failing = new FakeBench({
			a: { runMs: () => 10, refuses },
			b: { runMs: () => 12, refuses }
		});
		await runProtocol(failing.options(), FROM_THE_START, failing.deps());
		expect(failing.of('ended')[0]!.status).toMatchObject({
			state: 'failed',
			reason: 'nothing-runs'
		});
		const failed = failing.of('candidate').filter(({ status }) => status.state === 'failed');
		expect(failed.map(({ status }) => status)).toMatchObject([
			{ reason: 'model-refused', detail: 'unsupported operator' },
			{ reason: 'model-refused' }
		]);
	});

	it('the tab is hidden and left: paused by name, and stopped with what there was', async () => {
		const browser = new FakeBrowser();
		const handle = startRun(options, {}, browser.environment);
		measuring(browser, 6);
		browser.setVisible(false);
		browser.worker.say({ type: 'round-dropped', round: 6, reason: 'page-hidden' });
		browser.worker.say({ type: 'status', state: 'paused', reason: 'page-hidden' });
		browser.tick(600);
		expect(handle.record.status).toEqual({ state: 'paused', reason: 'page-hidden' });
		expect(browser.workers).toHaveLength(1);
		handle.stop();
		const result = await resultOf(handle);
		expect(result.status).toEqual({ state: 'stopped' });
		expect(result.roundCount).toBe(6);
		expect(result.droppedRounds).toEqual([{ round: 6, reason: 'page-hidden' }]);
		expect(result.log).toMatchObject([
			{ event: 'round-dropped', round: 6 },
			{ event: 'paused', detail: 'page-hidden', round: 7 }
		]);
	});

	it('the clock jumps: the round is dropped by name, all others are kept', async () => {
		const browser = new FakeBrowser();
		const handle = startRun(options, {}, browser.environment);
		measuring(browser, 6);
		browser.worker.say({ type: 'round-dropped', round: 6, reason: 'clock-jumped' });
		browser.worker.say(roundEvent(7));
		browser.worker.say({ type: 'ended', status: { state: 'done', reason: 'round-limit' } });
		const result = await resultOf(handle);
		expect(result.roundCount).toBe(7);
		expect(result.droppedRounds).toEqual([{ round: 6, reason: 'clock-jumped' }]);
	});

	it('two tabs: the second waits by name, and starts when the first has ended', async () => {
		const locks = new FakeLocks();
		const [first, second] = [new FakeBrowser(), new FakeBrowser()];
		const one = startRun(options, {}, { ...first.environment, locks });
		await locks.settle();
		measuring(first, 3);
		const two = startRun(options, {}, { ...second.environment, locks });
		await locks.settle();
		second.tick(1);
		expect(two.record.status).toEqual({ state: 'paused', reason: 'another-tab' });
		expect(second.workers).toHaveLength(0);
		second.tick(120);
		expect(two.record.status.state).toBe('paused');
		one.stop();
		await locks.settle();
		expect(second.workers).toHaveLength(1);
		measuring(second, 2);
		second.worker.say({ type: 'ended', status: { state: 'done', reason: 'round-limit' } });
		const result = await resultOf(two);
		expect(result.roundCount).toBe(2);
		expect(result.log.map(({ event, detail }) => `${event} ${detail}`)).toEqual([
			'paused another-tab',
			'resumed another-tab'
		]);
		await locks.settle();
		expect(locks.isFree).toBe(true);
	});

	it('two tabs: the second gives up, and the first never knows', async () => {
		const locks = new FakeLocks();
		const [first, second] = [new FakeBrowser(), new FakeBrowser()];
		const one = startRun(options, {}, { ...first.environment, locks });
		await locks.settle();
		const two = startRun(options, {}, { ...second.environment, locks });
		second.tick(1);
		two.stop();
		expect((await two.ended).status).toEqual({ state: 'stopped' });
		expect(second.listening).toBe(0);
		expect(first.worker.terminated).toBe(false);
		one.stop();
		await locks.settle();
		expect(second.workers).toHaveLength(0);
		expect(locks.isFree).toBe(true);
	});
});

describe('the visitor', () => {
	it('pauses after the round under way, goes on after a new warm-up, and loses nothing', async () => {
		const paused = new FakeBench({ a: { runMs: () => 10 }, b: { runMs: () => 12 } });
		let isPaused = false;
		const { post } = paused.deps();
		paused.onYield = () => {
			if (paused.of('round').length === 5 && !isPaused) {
				isPaused = true;
				paused.page.setHeld('visitor', true);
			}
		};
		await runProtocol(
			paused.options(),
			FROM_THE_START,
			paused.deps({
				post: (event) => {
					post(event);
					if (event.type !== 'status' || event.state !== 'paused') return;
					expect(event.reason).toBe('visitor');
					paused.clock.advance(600_000);
					queueMicrotask(() => paused.page.setHeld('visitor', false));
				}
			})
		);
		expect(paused.of('round-dropped')).toEqual([]);
		expect(paused.of('round').map(({ round }) => round.round)).toEqual(
			Array.from({ length: paused.of('round').length }, (_, i) => i)
		);
		expect(paused.of('log').map(({ event, detail }) => `${event} ${detail}`.trim())).toEqual([
			'resumed visitor',
			'warmed-up-again'
		]);
		expect(paused.of('ended')[0]!.status.state).toBe('done');
	});

	it('holds a fresh worker too that takes over meanwhile', () => {
		const browser = new FakeBrowser();
		const handle = startRun(options, {}, browser.environment);
		measuring(browser, 2);
		handle.pause();
		browser.worker.crash('killed');
		expect(browser.workers).toHaveLength(2);
		expect(browser.worker.commands.at(-1)).toEqual({ type: 'hold', reason: 'visitor', held: true });
		handle.resume();
		expect(browser.worker.commands.at(-1)).toEqual({
			type: 'hold',
			reason: 'visitor',
			held: false
		});
		handle.stop();
		handle.pause();
		expect(browser.worker.commands.at(-1)).toEqual({
			type: 'hold',
			reason: 'visitor',
			held: false
		});
	});

	it('stops within a task, not a round: the page is idle and the worker gone at once', async () => {
		const browser = new FakeBrowser();
		const run = new MeasureRun(() => browser.environment);
		const ended = run.start(options);
		measuring(browser, 12);
		const start = performance.now();
		run.stop();
		expect(performance.now() - start).toBeLessThan(100);
		expect(run.isRunning).toBe(false);
		expect(browser.worker.terminated).toBe(true);
		const result = await ended;
		expect(result.status).toEqual({ state: 'stopped' });
		expect(result.roundCount).toBe(12);
		expect(result.candidates[1]!.verdict).toBe('slower');
	});
});

describe('a calibration', () => {
	const candidate = options.candidates[0]!;

	async function calibrate(runMs: (n: number) => number) {
		const twice = calibrationOptions(candidate, { threads: 1, seed: 1 });
		const browser = new FakeBrowser();
		const handle = startRun(twice, {}, browser.environment);
		const fake = new FakeBench({ a: { runMs: () => 10 } });
		// The second session of the same bytes takes what it is told to take.
		let sessions = 0;
		const { startBackend, ...rest } = fake.deps();
		await runProtocol(twice, FROM_THE_START, {
			...rest,
			startBackend: async (threads) => {
				const backend = await startBackend(threads);
				return {
					...backend,
					load: async (model, input) => {
						const session = await backend.load(model, input);
						const isSecond = model.outputShape[1] !== 1 && sessions++ === 1;
						let n = 0;
						return isSecond
							? {
									...session,
									run: () => {
										fake.clock.advance(runMs(n++));
										return Promise.resolve();
									}
								}
							: session;
					}
				};
			}
		});
		for (const event of fake.events) browser.worker.say(event);
		return calibrationOf(analyse(await handle.ended))!;
	}

	it('passes where the network cannot be told from itself', async () => {
		expect(await calibrate((n) => 10 + 0.02 * (n % 5))).toMatchObject({
			outcome: 'passed',
			verdict: 'cannot-tell',
			emptyCallMs: expect.closeTo(0.02, 2) as number,
			label: 'a'
		});
	});

	it('fails where it can, and flags a machine that could tell nothing', async () => {
		expect(await calibrate(() => 10.5)).toMatchObject({ outcome: 'failed', verdict: 'slower' });
		expect(await calibrate((n) => (Math.floor(n / 4) % 2 === 0 ? 8.5 : 11.5))).toMatchObject({
			outcome: 'flagged',
			verdict: 'cannot-tell'
		});
	});

	it('has the empty call of what the network ran on, not of the lane its outputs are checked in', () => {
		const base = exampleRun();
		const [own] = base.conditions!.lanes;
		const conditions = {
			...base.conditions!,
			lanes: [
				{ ...own!, use: 'reference-output' as const, emptyCallMs: 0.02 },
				{ ...own!, id: 'webgpu', backend: 'webgpu' as const, emptyCallMs: 0.7 }
			]
		};
		const onGpu = { backend: 'webgpu', precision: 'float32' } as const;
		const candidates = base.candidates.map((each) => ({
			...each,
			candidate: { ...each.candidate, execution: onGpu }
		}));
		expect(calibrationOf({ ...base, conditions, candidates })).toMatchObject({ emptyCallMs: 0.7 });
	});

	it('travels with the run that follows it', async () => {
		const calibration = await calibrate(() => 10);
		const browser = new FakeBrowser();
		const handle = startRun(options, {}, browser.environment);
		measuring(browser, 8);
		handle.stop();
		const result = { ...analyse(await handle.ended), calibration };
		expect(parseRunJson(runToJson(result))).toEqual({ ok: true, result });
	});
});
