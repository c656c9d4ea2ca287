import * as plainOrt from 'onnxruntime-web/wasm';
import { describe, expect, it, vi } from 'vitest';
import type { Backend, Session } from '$lib/measure/backend';
import { startWasm } from '$lib/measure/backends/wasm';
import { startWebgpu } from '$lib/measure/backends/webgpu';
import { startWebnn } from '$lib/measure/backends/webnn';
import { BackendRefusedError } from '$lib/measure/failure';
import { emptyModel } from '$lib/onnx/empty-model';
import { CONFORMANCE, failedChecks, type BackendHarness } from './backend-conformance';
import { FakeOrt, type FakeOrtOptions } from './fake-ort';
import { FakeGpu, FakeMl } from './fake-devices';

vi.setConfig({ testTimeout: 60_000 });

const clock = () => performance.now();
const probe = emptyModel();
const checks = Object.entries(CONFORMANCE);

function webgpuHarness(
	{ features = ['shader-f16'], ...runtime }: FakeOrtOptions & { features?: string[] } = {},
	wrap: (backend: Backend) => Backend = (backend) => backend
): BackendHarness {
	const ort = new FakeOrt(runtime);
	const gpu = new FakeGpu(features);
	return {
		start: async () =>
			wrap(await startWebgpu({ clock, probe, gpu: gpu.api, importRuntime: ort.import })),
		expected: { name: 'webgpu', float16: features.includes('shader-f16') },
		watch: () => ort.watch,
		loseDevice: () => gpu.lose('GPU reset'),
		hasCpuFallback: true
	};
}

function webnnHarness(dataTypes: string[]): BackendHarness {
	const ort = new FakeOrt();
	const ml = new FakeMl({ npu: dataTypes });
	return {
		start: () => startWebnn({ device: 'npu', clock, probe, ml: ml.api, importRuntime: ort.import }),
		expected: { name: 'webnn', device: 'npu', float16: dataTypes.includes('float16') },
		watch: () => ort.watch,
		loseDevice: () => ml.lose('driver'),
		hasCpuFallback: true
	};
}

const wasm: BackendHarness = {
	start: () => startWasm(1, clock, probe, () => Promise.resolve(plainOrt)),
	expected: { name: 'wasm', float16: false }
};

describe('the adapter of plain WebAssembly, with the real runtime', () => {
	it.each(checks)('%s', (_, check) => check(wasm));
});

describe('the adapter of WebGPU', () => {
	it.each(checks)('%s', (_, check) => check(webgpuHarness()));

	it('refuses float16 where the GPU has none', () =>
		CONFORMANCE['refuses a precision that it does not compute in']!(
			webgpuHarness({ features: [] })
		));

	it('records the adapter, and asks for what it has', async () => {
		const gpu = new FakeGpu(['shader-f16', 'bgra8unorm-storage']);
		const { info } = await startWebgpu({
			clock,
			probe,
			gpu: gpu.api,
			importRuntime: new FakeOrt().import
		});
		expect(info.adapter).toEqual({
			vendor: 'acme',
			architecture: 'one',
			description: 'ACME One',
			isFallback: false,
			features: ['bgra8unorm-storage', 'shader-f16'],
			powerPreference: 'high-performance'
		});
		expect(gpu.descriptor?.requiredFeatures).toEqual(['shader-f16']);
		expect(gpu.descriptor?.requiredLimits).toEqual({ maxBufferSize: 1e9 });
	});

	it('says what is missing', async () => {
		const none = startWebgpu({ clock, probe });
		await expect(none).rejects.toThrow(new BackendRefusedError('no-api'));
		const gpu = { requestAdapter: () => Promise.resolve(null) };
		await expect(startWebgpu({ clock, probe, gpu })).rejects.toThrow('no-adapter');
	});
});

describe('the adapter of WebNN', () => {
	it.each(checks)('%s', (_, check) => check(webnnHarness(['float32', 'float16'])));

	it('refuses float16 where the device has none', () =>
		CONFORMANCE['refuses a precision that it does not compute in']!(webnnHarness(['float32'])));

	it('says what is missing', async () => {
		await expect(startWebnn({ device: 'gpu', clock, probe })).rejects.toThrow('no-api');
		const ml = new FakeMl({}).api;
		const refused = startWebnn({ device: 'gpu', clock, probe, ml });
		await expect(refused).rejects.toThrow(/^context-refused: /);
	});
});

/** The same backend with sessions that are broken in one way. */
const breaking = (broken: (session: Session) => Partial<Session>) => (backend: Backend) => ({
	...backend,
	load: async (...args: Parameters<Backend['load']>) => {
		const session = await backend.load(...args);
		return { ...session, ...broken(session) };
	}
});

describe('the conformance suite catches an adapter that', () => {
	/** Starts runs of its own accord and hands back what the first one gave. */
	const impatient = breaking((session) => ({
		run: () => {
			void session.run();
			return Promise.resolve();
		},
		output: () => new Float32Array(6)
	}));

	it.each<[string, string, () => BackendHarness]>([
		['passes everything', '', () => webgpuHarness()],
		['returns before the work is done', 'waits for the work', () => webgpuHarness({}, impatient)],
		['gives zeros', 'gives the right output', () => webgpuHarness({ zeros: true })],
		[
			'falls back to the CPU without a word',
			'refuses what only the CPU could run',
			() => withoutAdapter((ort, bytes) => ort.create(bytes, ['webgpu'], false))
		],
		[
			'asks for a list of providers',
			'asks for one execution provider',
			() => withoutAdapter((ort, bytes) => ort.create(bytes, ['webgpu', 'wasm'], true))
		],
		[
			'lets runs overlap',
			'runs one thing at a time',
			() => withoutAdapter((ort, bytes) => ort.create(bytes, ['webgpu'], true))
		],
		[
			'does not release',
			'releases a session, and no other',
			() =>
				webgpuHarness(
					{},
					breaking(() => ({ release: () => Promise.resolve() }))
				)
		],
		[
			'tells the threads asked for, not those it got',
			'says how many threads there are',
			() =>
				webgpuHarness({ threads: 1 }, (backend) => ({
					...backend,
					info: { ...backend.info, threads: { asked: 4, effective: 4 } }
				}))
		],
		[
			'hands out its own memory',
			'hands out copies',
			() =>
				webgpuHarness(
					{},
					breaking((session) => ({ output: remembered(session) }))
				)
		],
		[
			'gives what the first session gave',
			'gives each session its own input',
			() => {
				const shared: { first?: Session } = {};
				return webgpuHarness(
					{},
					breaking((session) => (shared.first ??= session))
				);
			}
		],
		[
			'goes by another name',
			'says what it is',
			() =>
				webgpuHarness({}, (backend) => ({ ...backend, info: { ...backend.info, name: 'wasm' } }))
		],
		[
			'goes on after its device is lost',
			'tells when its device is lost, and begins nothing more',
			() => withoutAdapter((ort, bytes) => ort.create(bytes, ['webgpu'], true))
		],
		[
			'takes any precision',
			'refuses a precision that it does not compute in',
			() =>
				webgpuHarness({ features: [] }, (backend) => ({
					...backend,
					load: (model, input) => backend.load({ ...model, precision: 'float32' }, input)
				}))
		]
	])('%s', async (_, name, harness) => {
		const failed = await failedChecks(harness);
		if (name === '') expect(failed).toEqual([]);
		else expect(failed).toContain(name);
	});
});

/** One array, given again and again. */
function remembered(session: Session): () => Float32Array {
	let output: Float32Array | null = null;
	return () => (output ??= session.output());
}

/** An adapter that is none: the false runtime as it is, with what a careless caller would ask. */
function withoutAdapter(
	create: (
		runtime: {
			create: (bytes: Uint8Array, providers: string[], strict: boolean) => Promise<Session>;
		},
		bytes: Uint8Array
	) => Promise<Session>
): BackendHarness {
	const fake = new FakeOrt();
	const good = webgpuHarness();
	return {
		...good,
		watch: () => fake.watch,
		start: async () => {
			const { info } = await good.start();
			const { ort } = await fake.import();
			return {
				info,
				load: (model, input) =>
					create(
						{
							create: async (bytes, executionProviders, strict) => {
								const session = await ort.InferenceSession.create(bytes, {
									executionProviders,
									...(strict && { extra: { session: { disable_cpu_ep_fallback: '1' } } })
								});
								const feeds = { input: new ort.Tensor('float32', input) };
								let last: unknown;
								return {
									run: async () => {
										const { logits } = await session.run(feeds);
										last = await logits!.getData();
									},
									output: () => Float32Array.from(last as Float32Array),
									release: () => session.release()
								};
							}
						},
						model.bytes
					)
			};
		}
	};
}
