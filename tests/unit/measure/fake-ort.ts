import type { GpuRuntime, OrtModule } from '$lib/measure/backends/gpu-runtime';
import type { RuntimeWatch } from './backend-conformance';
import { CPU_ONLY_OPERATOR } from './backend-conformance';

/** What a false runtime does wrong, or finds in its browser. */
export interface FakeOrtOptions {
	/** How many threads it really takes. */
	readonly threads?: number;
	/** Gives zeros, as the old WebGPU kernels did. */
	readonly zeros?: boolean;
}

interface SessionOptions {
	readonly executionProviders: readonly unknown[];
	readonly extra?: { readonly session?: { readonly disable_cpu_ep_fallback?: string } };
}

/**
 * A false onnxruntime-web whose only model is a ReLU. Its runs give a tensor at once and the tensor's
 * data in a later task, as a GPU does.
 */
export class FakeOrt {
	readonly #state = {
		mostRunsAtOnce: 0,
		runsUnfinished: 0,
		runsBegun: 0,
		sessionsAlive: 0,
		threads: 1,
		providers: [] as (readonly unknown[])[]
	};
	readonly #options: FakeOrtOptions;

	constructor(options: FakeOrtOptions = {}) {
		this.#options = options;
		this.#state.threads = options.threads ?? 1;
	}

	get watch(): RuntimeWatch {
		return this.#state;
	}

	readonly import = (): Promise<GpuRuntime> =>
		Promise.resolve({ ort: this.#module(), build: 'asyncify' });

	#module(): OrtModule {
		const { threads = 1 } = this.#options;
		const module = {
			env: {
				versions: { web: '9.9.9' },
				wasm: {
					// What was asked for is not what there is.
					get numThreads() {
						return threads;
					},
					set numThreads(_: number) {}
				}
			},
			Tensor: class {
				constructor(
					readonly type: string,
					readonly data: Float32Array
				) {}
			},
			InferenceSession: {
				create: (bytes: Uint8Array, options: SessionOptions) => this.#create(bytes, options)
			}
		};
		return module as unknown as OrtModule;
	}

	#create(bytes: Uint8Array, { executionProviders, extra }: SessionOptions): Promise<unknown> {
		const state = this.#state;
		// Every ONNX file of ours begins with its version.
		if (bytes[0] !== 8) return Promise.reject(new Error('no model'));
		const isStrict = extra?.session?.disable_cpu_ep_fallback === '1';
		if (isStrict && new TextDecoder().decode(bytes).includes(CPU_ONLY_OPERATOR)) {
			return Promise.reject(new Error('an operator has no kernel'));
		}
		state.sessionsAlive++;
		state.providers.push(executionProviders);
		return Promise.resolve({
			inputNames: ['input'],
			outputNames: ['logits'],
			run: (feeds: { readonly input: { readonly data: Float32Array } }) =>
				this.#run(feeds.input.data),
			release: () => {
				state.sessionsAlive--;
				return Promise.resolve();
			}
		});
	}

	#run(input: Float32Array): Promise<unknown> {
		const state = this.#state;
		state.runsBegun++;
		state.runsUnfinished++;
		state.mostRunsAtOnce = Math.max(state.mostRunsAtOnce, state.runsUnfinished);
		const data = new Promise<Float32Array>((resolve) =>
			setTimeout(() => {
				state.runsUnfinished--;
				resolve(this.#options.zeros ? input.map(() => 0) : input.map((x) => Math.max(x, 0)));
			}, 2)
		);
		return Promise.resolve({ logits: { getData: () => data } });
	}
}
