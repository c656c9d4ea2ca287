import { describe, expect, it, vi } from 'vitest';
import { startWasm } from '$lib/measure/backends/wasm';
import { startWebgpu } from '$lib/measure/backends/webgpu';
import type { Backend } from '$lib/measure/backend';
import { offerOf, probeBackends } from '$lib/measure/probe';
import { emptyModel } from '$lib/onnx/empty-model';
import { CONFORMANCE, type BackendHarness } from '../../unit/measure/backend-conformance';

// A runtime of many megabytes is compiled, and a GPU is played by the processor.
vi.setConfig({ testTimeout: 120_000 });

const clock = () => performance.now();
const probe = emptyModel();
const checks = Object.entries(CONFORMANCE);

/** One backend for all checks: compiling the runtime takes longer than they do. */
function once(start: () => Promise<Backend>): () => Promise<Backend> {
	let started: Promise<Backend> | null = null;
	return () => (started ??= start());
}

describe('the adapter of WebAssembly, in the browser', () => {
	const harness: BackendHarness = {
		start: once(() => startWasm(1, clock, probe)),
		expected: { name: 'wasm', float16: false }
	};
	it.each(checks)('%s', (_, check) => check(harness));
});

/** The browser's GPU, with a handle on the device that is made of it. */
function watchedGpu() {
	let device: GPUDevice | undefined;
	return {
		gpu: {
			requestAdapter: async (options?: GPURequestAdapterOptions) => {
				const adapter = await navigator.gpu.requestAdapter(options);
				if (!adapter) return null;
				const requestDevice = adapter.requestDevice.bind(adapter);
				return Object.assign(adapter, {
					requestDevice: async (descriptor?: GPUDeviceDescriptor) =>
						(device = await requestDevice(descriptor))
				});
			}
		},
		lose: () => device?.destroy()
	};
}

describe('the adapter of WebGPU, on a GPU of software', () => {
	const { gpu, lose } = watchedGpu();
	const harness: BackendHarness = {
		start: once(() => startWebgpu({ clock, probe, gpu })),
		expected: { name: 'webgpu', float16: false },
		loseDevice: lose,
		hasCpuFallback: true
	};
	// The loss of the device comes last, as it is the only one.
	it.each(checks)('%s', (_, check) => check(harness));
});

describe('the probe, in the browser', () => {
	it('finds the GPU of software, and why there is no float16 and no NPU', async () => {
		const found = await probeBackends();
		expect(found.webgpu.adapter?.isFallback).toBe(true);
		expect(offerOf(found, { backend: 'webgpu', precision: 'float32' })).toEqual({ offered: true });
		expect(found.webgpu.float16).toEqual({ offered: false, reason: 'no-float16' });
		expect(found.webnn.npu.float32).toMatchObject({ offered: false });
		expect(found.page.visible).toBe(true);
	});
});
