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
import { detailOf } from '../failure';
import { seededInput } from '../input';
import { ProfileRequest, type ProfileReply } from './messages';
import { COMPUTE_MODEL, emitCalibration, MEMORY_MODEL, peaksOf, type Peaks } from './calibration';
import { readTrace, type ProfileTrace } from './trace';

// The runtime keeps the `console.log` that it finds when it is loaded, so ours must be there first.
const trace: string[] = [];
Object.assign(console, { log: (...texts: unknown[]) => void trace.push(texts.join(' ')) });

self.onmessage = ({ data }: MessageEvent<unknown>) => {
	void profile(data).then(
		(reply) => self.postMessage(reply),
		(error: unknown) => self.postMessage({ error: detailOf(error) } satisfies ProfileReply)
	);
};

async function profile(data: unknown): Promise<ProfileReply> {
	const { design, seed, warmUpRuns, runs } = v.parse(ProfileRequest, data);
	const backend = await startWasm(1, () => performance.now(), emptyModel());
	const model = isPlanned(design) ? emitPlanned(design, seed) : emitDesign(design, { seed });
	const input = seededInput(model.inputShape, seed);
	const session = await backend.loadProfiled(model, input);
	const plain = await backend.load(model, input);
	const wallMs: number[] = [];
	for (let run = 0; run < warmUpRuns + runs; run++) {
		await session.run();
		const start = performance.now();
		await plain.run();
		wallMs.push(performance.now() - start);
	}
	const { kernels, runs: counted, ...sums } = traceOf(session, warmUpRuns);
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
		for (let run = 0; run < PEAK_RUNS.warmUp + PEAK_RUNS.counted; run++) await session.run();
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
