/// <reference lib="webworker" />
/*
 * Runs one network with the runtime's profiler on (METHODOLOGY 12). Apart from the worker that
 * measures, since profiling costs time: nothing that is timed here is ever a latency.
 */
import * as v from 'valibot';
import { isPlanned } from '../../arch/planned-network';
import { emitDesign } from '../../onnx/emit-design';
import { emitPlanned } from '../../onnx/emit-planned';
import { emptyModel } from '../../onnx/empty-model';
import { median } from '../../stats/summary';
import { startWasm, type ProfiledSession, type WasmBackend } from '../backends/wasm';
import { seededInput } from '../input';
import { profileFailureOf } from './failure';
import { ProfileRequest, WorkerFailure, type ProfileReply } from './messages';
import { COMPUTE_MODEL, emitCalibration, MEMORY_MODEL, peaksOf, type Peaks } from './calibration';
import { readTrace, type ProfileTrace } from './trace';

// The runtime keeps the `console.log` that it finds when it is loaded, so ours must be there first.
const trace: string[] = [];
Object.assign(console, { log: (...texts: unknown[]) => void trace.push(texts.join(' ')) });

self.onmessage = ({ data }: MessageEvent<unknown>) => {
	void profile(data).then(
		(reply) => self.postMessage(reply),
		(error: unknown) => self.postMessage(failureReply(error))
	);
};

function failureReply(error: unknown): ProfileReply {
	const { reason, message } = profileFailureOf(error, 'model-refused');
	const { success, output } = v.safeParse(WorkerFailure, reason);
	return { failed: success ? output : 'model-refused', detail: message };
}

/** Does something that fails for a reason of its own. */
async function step<T>(otherwise: WorkerFailure, work: () => T | Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw profileFailureOf(error, otherwise);
	}
}

let toldMs = -Infinity;

/** The page takes a silent worker for lost (METHODOLOGY 8.2). Never while a run is timed. */
function tellOfLife(): void {
	const nowMs = performance.now();
	if (nowMs - toldMs < LIFE_MS) return;
	toldMs = nowMs;
	self.postMessage({ isAlive: true } satisfies ProfileReply);
}

const LIFE_MS = 1000;

async function profile(data: unknown): Promise<ProfileReply> {
	const { design, seed, warmUpRuns, runs } = v.parse(ProfileRequest, data);
	const backend = await step('runtime-refused', () =>
		startWasm(1, () => performance.now(), emptyModel())
	);
	tellOfLife();
	const model = await step('illegal-design', () =>
		isPlanned(design) ? emitPlanned(design, seed) : emitDesign(design, { seed })
	);
	const input = seededInput(model.inputShape, seed);
	const session = await backend.loadProfiled(model, input);
	const plain = await backend.load(model, input);
	const wallMs: number[] = [];
	for (let run = 0; run < warmUpRuns + runs; run++) {
		tellOfLife();
		await session.run();
		const start = performance.now();
		await plain.run();
		wallMs.push(performance.now() - start);
	}
	const {
		kernels,
		runs: counted,
		...sums
	} = await step('no-trace', () => traceOf(session, warmUpRuns));
	await plain.release();
	await session.release();
	return {
		kernels: [...kernels],
		...sums,
		wallMs: median(wallMs.slice(warmUpRuns)),
		// The profile stands without its roofs: a small device may have no room for them.
		peaks: await measurePeaks(backend).catch(() => null),
		runs: counted,
		runtime: backend.info.runtime
	};
}

function traceOf(session: ProfiledSession, warmUpRuns: number): ProfileTrace {
	trace.length = 0;
	session.endProfiling();
	return readTrace(trace.join('\n'), warmUpRuns);
}

/** METHODOLOGY 15.1 */
async function measurePeaks(backend: WasmBackend): Promise<Peaks> {
	const kernelMs = async (each: Parameters<typeof emitCalibration>[0]): Promise<number> => {
		const model = emitCalibration(each);
		const session = await backend.loadProfiled(model, seededInput(model.inputShape, 1));
		for (let run = 0; run < PEAK_RUNS.warmUp + PEAK_RUNS.counted; run++) {
			tellOfLife();
			await session.run();
		}
		// A peak is what is reached at best: a busy machine holds up most runs of so long a kernel.
		const { leastKernelMs } = traceOf(session, PEAK_RUNS.warmUp);
		await session.release();
		return leastKernelMs;
	};
	return peaksOf({
		computeMs: await kernelMs(COMPUTE_MODEL),
		memoryMs: await kernelMs(MEMORY_MODEL)
	});
}

const PEAK_RUNS = { warmUp: 3, counted: 10 } as const;
