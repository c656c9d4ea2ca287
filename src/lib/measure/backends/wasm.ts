/// <reference types="vite/client" />
import type * as Ort from 'onnxruntime-web/wasm';
import threadScriptUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { Backend, BackendInfo, Model, Session } from '../backend';
import type { Clock } from '../clock';
import { BackendRefusedError } from '../failure';
import { absolute } from './absolute';

type OrtModule = Pick<typeof Ort, 'env' | 'InferenceSession' | 'Tensor'>;

/**
 * One choice for all designs, recorded with each result. The web binding leaves arena and pattern off
 * unless they are set; together they gain about 2 %.
 */
const SESSION_OPTIONS = {
	graphOptimizationLevel: 'all',
	executionMode: 'sequential',
	enableCpuMemArena: true,
	enableMemPattern: true
} as const;

/** A session and the runtime's own call beneath it, for the check of the instrument. */
export interface WasmSession extends Session {
	/** What a bare loop would call. */
	readonly bareRun: () => Promise<unknown>;
}

/** A session whose runs the runtime writes a trace of, which costs time: never one to time. */
export interface ProfiledSession extends Session {
	/** Prints the trace by `console.log`, line by line: see `captureTrace`. */
	readonly endProfiling: () => void;
}

export interface WasmBackend extends Backend {
	load(model: Model, input: Float32Array): Promise<WasmSession>;
	/** The same with the runtime's profiler on. */
	loadProfiled(model: Model, input: Float32Array): Promise<ProfiledSession>;
}

/**
 * Loads onnxruntime-web's plain WASM build, from this site. Call once a worker: threads are fixed with
 * the first session and stay so for the module's life.
 * @param threads 1 or more; where the browser shares no memory the runtime gives 1
 * @param probe a small model: the runtime compiles with its first session
 * @param importRuntime the runtime's module, which knows where its files are
 * @throws what the runtime throws where it does not start, for example for lack of shared memory
 */
export async function startWasm(
	threads: number,
	clock: Clock,
	probe: Model,
	importRuntime: () => Promise<OrtModule> = importPlainRuntime
): Promise<WasmBackend> {
	const start = clock();
	const ort = await importRuntime();
	ort.env.wasm.numThreads = threads;
	const session = await createSession(ort, probe, new Float32Array(1));
	await session.release();
	const startMs = clock() - start;
	const info: BackendInfo = {
		name: 'wasm',
		runtime: { name: 'onnxruntime-web', version: ort.env.versions.web ?? 'unknown' },
		threads: { asked: threads, effective: ort.env.wasm.numThreads },
		sessionOptions: SESSION_OPTIONS,
		startMs
	};
	return {
		info,
		load: (model, input) => createSession(ort, model, input),
		loadProfiled: (model, input) => createSession(ort, model, input, { enableProfiling: true })
	};
}

async function importPlainRuntime(): Promise<OrtModule> {
	const ort = await import('onnxruntime-web/wasm');
	// Without the script's own address threads would start from this worker's file, and wait for ever.
	ort.env.wasm.wasmPaths = { mjs: absolute(threadScriptUrl), wasm: absolute(wasmUrl) };
	return ort;
}

async function createSession(
	ort: OrtModule,
	{ bytes, inputShape, precision = 'float32' }: Model,
	input: Float32Array,
	extraOptions: Pick<Ort.InferenceSession.SessionOptions, 'enableProfiling'> = {}
): Promise<WasmSession & ProfiledSession> {
	// It would run, in float32 with a cast around each operator: a wrong label.
	if (precision !== 'float32') throw new BackendRefusedError(`no-${precision}`);
	const session = await ort.InferenceSession.create(bytes, {
		...SESSION_OPTIONS,
		...extraOptions,
		executionProviders: ['wasm']
	});
	const feeds = { [session.inputNames[0]!]: new ort.Tensor('float32', input, [...inputShape]) };
	const outputName = session.outputNames[0]!;
	let last: Ort.InferenceSession.ReturnType | null = null;
	return {
		async run() {
			last = await session.run(feeds);
		},
		output() {
			const data = last?.[outputName]?.data;
			if (!(data instanceof Float32Array)) throw new Error('The output is not float32.');
			return Float32Array.from(data);
		},
		bareRun: () => session.run(feeds),
		endProfiling: () => session.endProfiling(),
		release: () => session.release()
	};
}
