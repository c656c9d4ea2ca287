import type { Ml } from '$lib/measure/backends/webnn-context';

/** A GPU with one adapter, whose device can be taken away. */
export class FakeGpu {
	descriptor: GPUDeviceDescriptor | undefined;
	#lose: (info: { reason: string; message: string }) => void = () => {};
	readonly #features: readonly string[];

	constructor(features: readonly string[]) {
		this.#features = features;
	}

	readonly api = {
		requestAdapter: () =>
			Promise.resolve({
				info: {
					vendor: 'acme',
					architecture: 'one',
					description: 'ACME One',
					isFallbackAdapter: false
				},
				features: new Set(this.#features),
				limits: { maxBufferSize: 1e9 },
				requestDevice: (descriptor: GPUDeviceDescriptor) => {
					this.descriptor = descriptor;
					const lost = new Promise((resolve) => (this.#lose = resolve));
					return Promise.resolve({ lost });
				}
			} as unknown as GPUAdapter)
	};

	lose(message: string): void {
		this.#lose({ reason: 'unknown', message });
	}
}

/** WebNN with a context for each device that is listed, with its data types. */
export class FakeMl {
	#lose: (info: { message: string }) => void = () => {};
	readonly #devices: Readonly<Record<string, readonly string[]>>;

	constructor(devices: Readonly<Record<string, readonly string[]>>) {
		this.#devices = devices;
	}

	readonly api: Ml = {
		createContext: ({ deviceType }) => {
			const dataTypes = this.#devices[deviceType];
			if (!dataTypes) return Promise.reject(new Error(`no ${deviceType}`));
			const lost = new Promise<{ message: string }>((resolve) => (this.#lose = resolve));
			return Promise.resolve({ lost, opSupportLimits: () => ({ input: { dataTypes } }) });
		}
	};

	lose(message: string): void {
		this.#lose({ message });
	}
}
