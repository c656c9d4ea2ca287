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
import { startWasm } from '../backends/wasm';
import { detailOf } from '../failure';
import { seededInput } from '../input';
import { ProfileRequest, type ProfileReply } from './messages';
import { readTrace } from './trace';

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
	const session = await backend.loadProfiled(model, seededInput(model.inputShape, seed));
	for (let run = 0; run < warmUpRuns + runs; run++) await session.run();
	trace.length = 0;
	session.endProfiling();
	const { kernels, runMs, runs: counted } = readTrace(trace.join('\n'), warmUpRuns);
	return { kernels: [...kernels], runMs, runs: counted, runtime: backend.info.runtime };
}
