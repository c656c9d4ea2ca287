import { describeAdapter } from '../adapter-info';
import type { Backend, Model } from '../backend';
import type { Clock } from '../clock';
import { BackendRefusedError } from '../failure';
import { createDeviceSession, DEVICE_SESSION_OPTIONS, Device } from './ort-session';
import { importGpuRuntime, type GpuRuntime } from './gpu-runtime';

/** Beyond the defaults, what onnxruntime's kernels make use of where an adapter has it. */
const FEATURES = ['shader-f16', 'subgroups'] as const;
const LIMITS = [
	'maxBindGroups',
	'maxBufferSize',
	'maxComputeInvocationsPerWorkgroup',
	'maxComputeWorkgroupSizeX',
	'maxComputeWorkgroupSizeY',
	'maxComputeWorkgroupSizeZ',
	'maxComputeWorkgroupStorageSize',
	'maxComputeWorkgroupsPerDimension',
	'maxStorageBufferBindingSize',
	'maxStorageBuffersPerShaderStage'
] as const;

/** Whoever measures wants the faster of two GPUs; it is recorded, and the browser may not listen. */
const POWER_PREFERENCE = 'high-performance';

export interface WebgpuDeps {
	readonly clock: Clock;
	/** A small model: the runtime compiles with its first session. */
	readonly probe: Model;
	/** `navigator.gpu`; undefined where a browser has none. */
	readonly gpu?: Pick<GPU, 'requestAdapter'>;
	readonly importRuntime?: () => Promise<GpuRuntime>;
}

/**
 * Loads onnxruntime-web with WebGPU on a device of our own: the runtime's is destroyed with its last
 * session, and does not tell of its loss. Call once a worker.
 * @throws {BackendRefusedError} where there is no WebGPU or no adapter
 */
export async function startWebgpu({
	clock,
	probe,
	gpu,
	importRuntime = importGpuRuntime
}: WebgpuDeps): Promise<Backend> {
	const start = clock();
	if (!gpu) throw new BackendRefusedError('no-api');
	const adapter = await gpu.requestAdapter({ powerPreference: POWER_PREFERENCE });
	if (!adapter) throw new BackendRefusedError('no-adapter');
	const features = FEATURES.filter((name) => adapter.features.has(name));
	const gpuDevice = await adapter.requestDevice({
		requiredFeatures: features,
		requiredLimits: Object.fromEntries(
			LIMITS.filter((name) => adapter.limits[name] !== undefined).map((name) => [
				name,
				adapter.limits[name]
			])
		)
	});
	const device = new Device(gpuDevice.lost.then(({ reason, message }) => `${reason}: ${message}`));
	const { ort, build } = await importRuntime();
	const precisions = features.includes('shader-f16')
		? (['float32', 'float16'] as const)
		: (['float32'] as const);
	const load = (model: Model, input: Float32Array) =>
		createDeviceSession({
			ort,
			device,
			provider: { name: 'webgpu', device: gpuDevice },
			precisions,
			model,
			input
		});
	const session = await load(probe, new Float32Array(1));
	await session.release();
	return {
		info: {
			name: 'webgpu',
			runtime: { name: 'onnxruntime-web', version: ort.env.versions.web ?? 'unknown', build },
			threads: { asked: 1, effective: ort.env.wasm.numThreads ?? 1 },
			adapter: describeAdapter(adapter, POWER_PREFERENCE),
			precisions,
			sessionOptions: DEVICE_SESSION_OPTIONS,
			startMs: clock() - start
		},
		load
	};
}
