import type { Backend, Model } from '../backend';
import type { Clock } from '../clock';
import type { WebnnDevice } from '../execution';
import { BackendRefusedError, detailOf } from '../failure';
import { createDeviceSession, DEVICE_SESSION_OPTIONS, Device } from './ort-session';
import { importGpuRuntime, type GpuRuntime } from './gpu-runtime';
import { hasFloat16, type Ml } from './webnn-context';

export interface WebnnDeps {
	readonly device: WebnnDevice;
	readonly clock: Clock;
	/** A small model: the runtime compiles with its first session. */
	readonly probe: Model;
	readonly ml?: Ml;
	readonly importRuntime?: () => Promise<GpuRuntime>;
}

/**
 * Loads onnxruntime-web with WebNN on a context of our own. Call once a worker.
 * @throws {BackendRefusedError} where there is no WebNN or no context for this device
 */
export async function startWebnn({
	device: deviceType,
	clock,
	probe,
	ml,
	importRuntime = importGpuRuntime
}: WebnnDeps): Promise<Backend> {
	const start = clock();
	if (!ml) throw new BackendRefusedError('no-api');
	const context = await ml
		.createContext({ deviceType, powerPreference: 'high-performance' })
		.catch((cause: unknown) => {
			throw new BackendRefusedError(`context-refused: ${detailOf(cause)}`, { cause });
		});
	const lost = context.lost ?? new Promise<never>(() => {});
	const device = new Device(lost.then(({ message }) => message));
	const { ort, build } = await importRuntime();
	const precisions = hasFloat16(context)
		? (['float32', 'float16'] as const)
		: (['float32'] as const);
	const load = (model: Model, input: Float32Array) =>
		createDeviceSession({
			ort,
			device,
			provider: { name: 'webnn', deviceType, context },
			precisions,
			model,
			input
		});
	const session = await load(probe, new Float32Array(1));
	await session.release();
	return {
		info: {
			name: 'webnn',
			runtime: { name: 'onnxruntime-web', version: ort.env.versions.web ?? 'unknown', build },
			threads: { asked: 1, effective: ort.env.wasm.numThreads ?? 1 },
			device: deviceType,
			precisions,
			sessionOptions: DEVICE_SESSION_OPTIONS,
			startMs: clock() - start
		},
		load
	};
}
