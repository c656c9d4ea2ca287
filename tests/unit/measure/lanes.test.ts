import { describe, expect, it, vi } from 'vitest';
import { FROM_THE_START } from '$lib/measure/events';
import type { Execution } from '$lib/measure/execution';
import { BackendRefusedError, DeviceLostError } from '$lib/measure/failure';
import { refuseForMemory, type MemoryWatch } from '$lib/measure/guards/memory';
import type { LaneCall } from '$lib/measure/lane-messages';
import { PROTOCOL } from '$lib/measure/protocol';
import { runProtocol, type RunnerDeps } from '$lib/measure/runner';
import type { RunOptions } from '$lib/measure/types';
import { FakeBench, type FakeModel } from './fakes';
import { laneOpener } from './fake-lanes';

const GPU: Execution = { backend: 'webgpu', precision: 'float32' };
const HALF: Execution = { backend: 'webgpu', precision: 'float16' };
const TWO: Execution = { backend: 'wasm', threads: 2, precision: 'float32' };

/**
 * A run of candidates by id, each with its execution and its false model. One design, one output:
 * the models differ only in how they run.
 */
function run(
	plan: Readonly<Record<string, { readonly on?: Execution; readonly model: FakeModel }>>,
	{
		options = {},
		startBackend,
		memoryOf,
		onCall
	}: {
		readonly options?: Partial<RunOptions>;
		readonly startBackend?: (lane: string) => Promise<never>;
		readonly memoryOf?: (lane: string) => MemoryWatch;
		readonly onCall?: (call: LaneCall) => void;
	} = {}
) {
	const models = Object.fromEntries(Object.entries(plan).map(([id, { model }]) => [id, model]));
	const bench = new FakeBench(models);
	const base = bench.options(options);
	const asked: RunOptions = {
		...base,
		candidates: base.candidates.map((each) => {
			const { on } = plan[each.id]!;
			return { ...each, ...(on && { execution: on }) };
		})
	};
	const deps: RunnerDeps = bench.deps({ ...(memoryOf && { memory: memoryOf('own') }) });
	const { workers, openLane } = laneOpener(
		(lane) => ({
			...deps,
			...(memoryOf && { memory: memoryOf(lane) }),
			startBackend: () => startBackend?.(lane) ?? deps.startBackend(1)
		}),
		onCall
	);
	const done = runProtocol(asked, FROM_THE_START, { ...deps, openLane });
	return { bench, workers, done, options: asked };
}

const steady = (ms: number, more: Partial<FakeModel> = {}): FakeModel => ({
	runMs: (n) => ms * (1 + 0.001 * (n % 7)),
	output: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
	...more
});
/** Of a length that suits the candidate's place, which is its number of classes. */
const output = (place: number, scale = 1) =>
	Array.from({ length: 10 + place }, (_, i) => (i + 1) * scale);

function failureOf(bench: FakeBench, id: string) {
	const { status } = bench.of('candidate').findLast((event) => event.id === id)!;
	return status.state === 'failed' ? status.reason : null;
}

describe('candidates on several lanes', () => {
	it('are measured in the same rounds, each timed in its own lane', async () => {
		const { bench, workers, done } = run({
			cpu: { model: steady(10, { output: output(0) }) },
			gpu: { on: GPU, model: steady(5, { output: output(1) }) }
		});
		await done;
		expect(bench.of('ended')[0]!.status).toEqual({ state: 'done', reason: 'precise-enough' });
		const rounds = bench.of('round').map(({ round }) => round);
		expect(rounds.length).toBeGreaterThanOrEqual(20);
		for (const { visits } of rounds) {
			expect(visits.map(({ id }) => id).sort()).toEqual(['cpu', 'cpu', 'gpu']);
			for (const { id, ms } of visits) {
				for (const value of ms) expect(Math.abs(value - (id === 'cpu' ? 10 : 5))).toBeLessThan(0.2);
			}
		}
		expect(workers.get('webgpu')!.terminated).toBe(true);
		expect(bench.of('ready')[0]!.conditions.lanes.map(({ id }) => id)).toEqual([
			'wasm-1',
			'webgpu'
		]);
	});

	it('let a lane that takes over run untimed, until the one before is quiet', async () => {
		const { bench, done } = run({
			cpu: { model: steady(10, { output: output(0) }) },
			gpu: { on: GPU, model: steady(5, { output: output(1) }) }
		});
		await done;
		const measured = bench.of('round')[0]!.round.visits;
		const timedMs = measured.flatMap(({ ms }) => ms).reduce((sum, ms) => sum + ms, 0);
		// At least one change of lanes a round, and what it costs is in no value.
		expect(bench.of('round')[0]!.round.durationMs - timedMs).toBeGreaterThan(
			PROTOCOL.lane.settleMs
		);
	});

	it('settle before a visit also where the lane has only run for the page’s drawing since', async () => {
		const told: string[] = [];
		const { bench, done } = run(
			{
				gpu: { on: GPU, model: steady(5, { output: output(0) }) },
				cpu: {
					model: steady(10, { output: output(1), afterRun: () => void told.push('other lane') })
				}
			},
			{
				options: { minRounds: 100 },
				onCall: (call) => {
					if (call.type === 'visit') told.push(`visit ${call.settleMs}`);
					if (call.type === 'run') told.push('run');
				}
			}
		);
		// The page takes a while to draw: the reference, on the GPU, runs on until it has.
		bench.drawsAtOnce = false;
		bench.onYield = () => bench.page.drawn();
		await done;
		const visitsAfter = (...before: string[]) =>
			told.filter(
				(each, i) =>
					each.startsWith('visit') && before.every((one, k) => told[i - before.length + k] === one)
			);
		const settle = `visit ${PROTOCOL.lane.settleMs}`;
		expect(visitsAfter('other lane', 'run').length).toBeGreaterThan(0);
		expect(new Set(visitsAfter('other lane', 'run'))).toEqual(new Set([settle]));
		expect(new Set(visitsAfter(settle))).toEqual(new Set(['visit 0']));
	});

	it('are alone with one lane: no other worker, no settling', async () => {
		const { bench, workers, done } = run({
			a: { model: steady(10) },
			b: { model: steady(12, { output: output(1) }) }
		});
		await done;
		expect(workers.size).toBe(0);
		const { durationMs, visits } = bench.of('round')[0]!.round;
		const timedMs = visits.flatMap(({ ms }) => ms).reduce((sum, ms) => sum + ms, 0);
		// One discarded run a visit, and nothing else.
		expect(durationMs - timedMs).toBeLessThan(34);
	});

	it('may all be elsewhere: plain WebAssembly then only gives the outputs to compare with', async () => {
		const { bench, done } = run({ gpu: { on: GPU, model: steady(5, { output: output(0) }) } });
		await done;
		expect(bench.of('ended')[0]!.status.state).toBe('done');
		expect(bench.loaded).toBe(2);
		expect(bench.released).toBe(2);
	});
});

describe('the guard of memory', () => {
	const MIB = 2 ** 20;

	/** Three lanes on a device of 1 GiB, of which a run may fill 256 MiB. */
	async function withHeapOfGpu(gpuMib: number) {
		const heaps: Record<string, number> = { own: 10, wasm: 60, webgpu: 1 };
		const grows = (lane: string, mib: number) => ({
			afterRun: () => (heaps[lane] = mib)
		});
		const { bench, done } = run(
			{
				gpu: { on: GPU, model: steady(5, { output: output(0), ...grows('webgpu', gpuMib) }) },
				cpu: { model: steady(10, { output: output(1), ...grows('own', 30) }) },
				two: { on: TWO, model: steady(8, { output: output(2) }) },
				late: { model: steady(10, { output: output(3) }) }
			},
			{
				memoryOf: (lane) => {
					const heapBytes = () => heaps[lane]! * MIB;
					return {
						heapBytes,
						refuse: (modelBytes, elsewhereBytes) =>
							refuseForMemory({
								modelBytes,
								heapBytes: heapBytes(),
								elsewhereBytes,
								deviceMemoryGib: 1
							})
					};
				}
			}
		);
		await done;
		expect(bench.of('ended')[0]!.status.state).toBe('done');
		return bench;
	}

	it('counts the heaps of all lanes, as each has told: what is too large fails in its own', async () => {
		const bench = await withHeapOfGpu(180);
		const reasons = ['gpu', 'cpu', 'two', 'late'].map((id) => failureOf(bench, id));
		expect(reasons).toEqual([null, null, 'low-memory', 'low-memory']);
		const { status } = bench.of('candidate').findLast(({ id }) => id === 'two')!;
		expect(status).toMatchObject({
			detail: 'loading takes about 271 MiB of the 256 MiB that a run may fill'
		});
		expect(bench.of('broken')).toEqual([]);
	});

	it('refuses nothing while all of them together fit', async () => {
		const bench = await withHeapOfGpu(150);
		for (const id of ['gpu', 'cpu', 'two', 'late']) expect(failureOf(bench, id)).toBeNull();
	});
});

describe('a clock that is too coarse', () => {
	it('refuses every candidate of a lane by name, one after the other', async () => {
		const { bench, done } = run({
			one: { on: GPU, model: steady(4, { output: output(0) }) },
			two: { on: GPU, model: steady(5, { output: output(1) }) },
			three: { on: GPU, model: steady(6, { output: output(2) }) }
		});
		bench.clock.stepMs = 16;
		await done;
		for (const id of ['one', 'two', 'three']) {
			expect(failureOf(bench, id)).toBe('too-fast-for-timer');
		}
		expect(bench.of('broken')).toEqual([]);
		expect(bench.of('ended')[0]!.status).toMatchObject({ reason: 'nothing-runs' });
		// Each once, and once more for the output that it is compared with.
		expect(bench.released).toBe(6);
	});
});

describe('an output', () => {
	const checkOf = async (half: FakeModel['output'], on: Execution) => {
		const bench = new FakeBench({ cpu: steady(10, { output: output(0) }) });
		const [candidate] = bench.options().candidates;
		const options = bench.options({
			candidates: [candidate!, { ...candidate!, id: 'other', execution: on }]
		});
		const other = new FakeBench({ cpu: steady(5, { output: half }) });
		Object.assign(other, { clock: bench.clock });
		const deps = other.deps();
		const { openLane } = laneOpener(() => ({ ...deps, startBackend: () => deps.startBackend(1) }));
		await runProtocol(options, FROM_THE_START, { ...bench.deps(), openLane });
		const events = bench.of('candidate').filter(({ id }) => id === 'other');
		const check = events.findLast(({ facts }) => facts?.outputCheck)?.facts?.outputCheck;
		const last = events.at(-1)!.status;
		return { check, last, bench };
	};

	it('that agrees is kept with its largest difference', async () => {
		const { check, last } = await checkOf(output(0).with(3, 4.0045), GPU);
		expect(check!.maxDifference).toBeCloseTo(0.0045, 4);
		expect(check!.relative).toBeCloseTo(0.0045 / 9, 5);
		expect(last.state).toBe('done');
	});

	it('that is too far off fails the candidate, and the difference is still told', async () => {
		const { check, last, bench } = await checkOf(output(0).with(3, 4.1), GPU);
		expect(check!.relative).toBeGreaterThan(check!.tolerance);
		expect(last).toMatchObject({ state: 'failed', reason: 'wrong-output' });
		expect(bench.of('ended')[0]!.status.state).toBe('done');
	});

	it('of float16 may be further off than one of float32, and not by much', async () => {
		expect((await checkOf(output(0).with(3, 4.1), HALF)).last.state).toBe('done');
		expect((await checkOf(output(0).with(3, 4.6), HALF)).last).toMatchObject({
			reason: 'wrong-output'
		});
	});

	it('of more threads is compared as well', async () => {
		expect((await checkOf(output(0), TWO)).check).toMatchObject({ maxDifference: 0 });
		expect((await checkOf(output(0, 2), TWO)).last).toMatchObject({ reason: 'wrong-output' });
	});
});

describe('a lane that fails', () => {
	it('to start takes its own candidates with it, each with the reason', async () => {
		const { bench, done } = run(
			{
				cpu: { model: steady(10, { output: output(0) }) },
				gpu: { on: GPU, model: steady(5, { output: output(1) }) }
			},
			{ startBackend: () => Promise.reject(new BackendRefusedError('no-adapter')) }
		);
		await done;
		expect(failureOf(bench, 'gpu')).toBe('backend-refused');
		expect(bench.of('ended')[0]!.status).toMatchObject({ state: 'done' });
	});

	it('by never starting is given up after a while, as one that was refused', async () => {
		vi.useFakeTimers();
		try {
			const { bench, workers, done } = run(
				{
					cpu: { model: steady(10, { output: output(0) }) },
					gpu: { on: GPU, model: steady(5, { output: output(1) }) }
				},
				{ startBackend: () => new Promise<never>(() => {}) }
			);
			await vi.advanceTimersByTimeAsync(PROTOCOL.lane.startLimitMs - 1);
			// The page has heard that it is being started, and nothing since.
			expect(bench.events).toEqual([{ type: 'heartbeat', id: 'gpu' }]);
			await vi.advanceTimersByTimeAsync(1);
			await done;
			expect(failureOf(bench, 'gpu')).toBe('backend-refused');
			const { status } = bench.of('candidate').findLast(({ id }) => id === 'gpu')!;
			expect(status).toMatchObject({ detail: 'webgpu: did not start within 150 s' });
			expect(workers.get('webgpu')!.terminated).toBe(true);
			expect(bench.of('ended')[0]!.status).toMatchObject({ state: 'done' });
			expect(vi.getTimerCount()).toBe(0);
		} finally {
			vi.useRealTimers();
		}
	});

	it('by losing its device fails all of its candidates; the others go on with their rounds', async () => {
		const lost = { n: 60, error: new DeviceLostError('unknown: GPU reset') };
		const { bench, workers, done } = run({
			cpu: { model: steady(10, { output: output(0) }) },
			gpu: { on: GPU, model: steady(5, { output: output(1), failsAtRun: lost }) },
			half: { on: HALF, model: steady(4, { output: output(2) }) }
		});
		await done;
		expect(failureOf(bench, 'gpu')).toBe('device-lost');
		expect(failureOf(bench, 'half')).toBe('device-lost');
		expect(workers.get('webgpu')!.terminated).toBe(true);
		expect(bench.of('ended')[0]!.status).toEqual({ state: 'done', reason: 'precise-enough' });
		expect(bench.of('broken')).toEqual([]);
		const last = bench.of('round').at(-1)!.round;
		expect(last.visits.map(({ id }) => id)).toEqual(['cpu', 'cpu']);
	});

	it('by losing the only device ends the run in a status, with what there is', async () => {
		const lost = { n: 150, error: new DeviceLostError('destroyed: test') };
		const { bench, done } = run({
			gpu: { on: GPU, model: steady(5, { output: output(0), failsAtRun: lost }) }
		});
		await done;
		expect(bench.of('ended')[0]!.status).toMatchObject({ state: 'failed', reason: 'device-lost' });
		expect(bench.of('round').length).toBeGreaterThan(0);
	});

	it('while it loads fails what comes after it in the lane too', async () => {
		const refuses = new DeviceLostError('unknown: out of memory');
		const { bench, done } = run({
			cpu: { model: steady(10, { output: output(0) }) },
			gpu: { on: GPU, model: steady(5, { output: output(1), refuses }) },
			half: { on: HALF, model: steady(4, { output: output(2) }) }
		});
		await done;
		expect(failureOf(bench, 'gpu')).toBe('device-lost');
		expect(failureOf(bench, 'half')).toBe('device-lost');
		expect(bench.of('ended')[0]!.status.state).toBe('done');
	});

	it('by the death of its worker blames nobody: the run goes on in a fresh one', async () => {
		const { bench, workers, done } = run({
			cpu: {
				model: steady(10, {
					output: output(0),
					afterRun: (n) => n === 150 && workers.get('webgpu')!.die('killed')
				})
			},
			gpu: { on: GPU, model: steady(5, { output: output(1) }) }
		});
		await done;
		expect(bench.of('round').length).toBeGreaterThan(5);
		expect(bench.of('broken')).toEqual([{ type: 'broken', id: null, detail: 'webgpu: killed' }]);
		expect([failureOf(bench, 'cpu'), failureOf(bench, 'gpu')]).toEqual([null, null]);
		expect(bench.of('ended')).toEqual([]);
	});

	it('by an abort of its runtime is replaced without the candidate that it ran', async () => {
		const error = new WebAssembly.RuntimeError('unreachable');
		const { bench, done } = run({
			cpu: { model: steady(10, { output: output(0) }) },
			gpu: { on: GPU, model: steady(5, { output: output(1), failsAtRun: { n: 60, error } }) }
		});
		await done;
		expect(bench.of('broken')).toEqual([{ type: 'broken', id: 'gpu', detail: 'unreachable' }]);
		expect(failureOf(bench, 'gpu')).toBe('worker-crashed');
	});
});
