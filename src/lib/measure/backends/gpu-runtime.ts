/// <reference types="vite/client" />
import type * as Ort from 'onnxruntime-web/webgpu';
import asyncifyScriptUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiScriptUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import { deviceBuild } from '../device-build';
import { absolute } from './absolute';

/** The part of onnxruntime-web that the adapters of WebGPU and WebNN use; tests pass a false one. */
export type OrtModule = Pick<typeof Ort, 'env' | 'InferenceSession' | 'Tensor'>;

export interface GpuRuntime {
	readonly ort: OrtModule;
	readonly build: 'asyncify' | 'jspi';
}

/**
 * Loads the build of onnxruntime-web that knows WebGPU and WebNN, from this site. One thread: the work is
 * elsewhere.
 */
export async function importGpuRuntime(): Promise<GpuRuntime> {
	const build = deviceBuild();
	const ort =
		build === 'jspi'
			? await import('onnxruntime-web/jspi')
			: await import('onnxruntime-web/webgpu');
	ort.env.wasm.numThreads = 1;
	ort.env.wasm.wasmPaths =
		build === 'jspi'
			? { mjs: absolute(jspiScriptUrl), wasm: absolute(jspiWasmUrl) }
			: { mjs: absolute(asyncifyScriptUrl), wasm: absolute(asyncifyWasmUrl) };
	return { ort, build };
}
