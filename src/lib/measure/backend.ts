import type { BackendName, Precision, WebnnDevice } from './execution';

/*
 * What the runner needs of an inference runtime. One adapter a backend; each asks its runtime for
 * exactly one execution provider, so that a fallback is an error and never a wrong label. What an
 * adapter must do is held by tests/unit/measure/backend-conformance.ts.
 */

/** A model to load. */
export interface Model {
	readonly bytes: Uint8Array;
	/** NCHW */
	readonly inputShape: readonly number[];
	readonly outputShape: readonly number[];
	/** Float32 unless said. Input and output are float32 always. */
	readonly precision?: Precision;
}

/** A model that is loaded and bound to its input. */
export interface Session {
	/** One inference, finished when the promise is. Holds nothing but the call: it is what is timed. */
	run(): Promise<void>;
	/** The output of the last run, copied. */
	output(): Float32Array;
	release(): Promise<void>;
}

/** A GPU, as far as the browser tells. Empty texts are what it keeps to itself. */
export interface AdapterInfo {
	readonly vendor: string;
	readonly architecture: string;
	readonly description: string;
	/** Software that stands in for a GPU: its outputs are right, its times mean nothing. */
	readonly isFallback: boolean;
	readonly features: readonly string[];
	readonly powerPreference: 'low-power' | 'high-performance' | null;
}

/** What the runtime gave, beside what was asked of it. */
export interface BackendInfo {
	readonly name: BackendName;
	readonly runtime: {
		readonly name: 'onnxruntime-web';
		readonly version: string;
		/** Which of the runtime's builds, where it is not the plain one. */
		readonly build?: 'asyncify' | 'jspi';
	};
	readonly threads: { readonly asked: number; readonly effective: number };
	/** Of WebNN. */
	readonly device?: WebnnDevice;
	/** Of WebGPU. */
	readonly adapter?: AdapterInfo;
	/** What models may compute in; float32 alone where nothing is said. */
	readonly precisions?: readonly Precision[];
	readonly sessionOptions: Readonly<Record<string, string | boolean>>;
	/** Loading and compiling the runtime. */
	readonly startMs: number;
}

export interface Backend {
	readonly info: BackendInfo;
	/**
	 * Creates a session. `input` has the length of the model's input shape. The bytes may be freed after.
	 * @throws what the runtime throws: see `failureOf`
	 */
	load(model: Model, input: Float32Array): Promise<Session>;
}
