/*
 * What the runner needs of an inference runtime. One adapter a backend; each asks its runtime for
 * exactly one execution provider, so that a fallback is an error and never a wrong label.
 */

/** A model to load. */
export interface Model {
	readonly bytes: Uint8Array;
	/** NCHW */
	readonly inputShape: readonly number[];
	readonly outputShape: readonly number[];
}

/** A model that is loaded and bound to its input. */
export interface Session {
	/** One inference, finished when the promise is. Holds nothing but the call: it is what is timed. */
	run(): Promise<void>;
	/** The output of the last run, copied. */
	output(): Float32Array;
	release(): Promise<void>;
}

/** What the runtime gave, beside what was asked of it. */
export interface BackendInfo {
	readonly name: 'wasm';
	readonly runtime: { readonly name: 'onnxruntime-web'; readonly version: string };
	readonly threads: { readonly asked: number; readonly effective: number };
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
