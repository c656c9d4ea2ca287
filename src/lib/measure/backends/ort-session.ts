import type { InferenceSession } from 'onnxruntime-web/webgpu';
import type { Model, Session } from '../backend';
import { BackendRefusedError, DeviceLostError } from '../failure';
import type { Precision } from '../execution';
import type { OrtModule } from './gpu-runtime';

/**
 * Options of every session on a device. An operator that the device cannot run must not go to the CPU
 * without a word: the session is refused instead. What the CPU's own options do has no place here.
 */
export const DEVICE_SESSION_OPTIONS = {
	graphOptimizationLevel: 'all',
	executionMode: 'sequential',
	disableCpuFallback: true
} as const;

/** How long the loss of a device may take to be told after a call has failed for it. */
const LOSS_TOLD_MS = 100;

/** A device that may be lost, and its turns: two runs at once may never finish (docs/QUIRKS.md). */
export class Device {
	readonly #lost: Promise<DeviceLostError>;
	#loss: DeviceLostError | null = null;
	#tail: Promise<unknown> = Promise.resolve();
	#abort: (error: DeviceLostError) => void = () => {};

	/** @param lost resolves with the reason when the device is gone; never, for most */
	constructor(lost: Promise<string>) {
		this.#lost = lost.then((detail) => {
			this.#loss = new DeviceLostError(detail);
			this.#abort(this.#loss);
			return this.#loss;
		});
	}

	/**
	 * Does one thing after the other. After a loss nothing is begun: the runtime would wait for ever.
	 * @throws {DeviceLostError} also for what was under way
	 */
	take<T>(action: () => Promise<T>): Promise<T> {
		const turn = this.#tail.then(
			() =>
				new Promise<T>((resolve, reject) => {
					if (this.#loss) return reject(this.#loss);
					this.#abort = reject;
					action().then(resolve, (error: unknown) => void this.#explain(error).then(reject));
				})
		);
		this.#tail = turn.catch(() => {});
		return turn;
	}

	/** What fails because the device is gone says so in the runtime's words, and may be first. */
	#explain(error: unknown): Promise<unknown> {
		const wait = new Promise((resolve) => setTimeout(resolve, LOSS_TOLD_MS, error));
		return Promise.race([this.#lost, wait]);
	}
}

/**
 * A session on a device. Its run ends when the output's data is there and not when the work has been
 * handed over.
 */
export async function createDeviceSession(options: {
	readonly ort: OrtModule;
	readonly device: Device;
	/** Exactly one. */
	readonly provider: InferenceSession.ExecutionProviderConfig;
	readonly precisions: readonly Precision[];
	readonly model: Model;
	readonly input: Float32Array;
}): Promise<Session> {
	const { ort, device, provider, precisions, model, input } = options;
	const { bytes, inputShape, precision = 'float32' } = model;
	if (!precisions.includes(precision)) throw new BackendRefusedError(`no-${precision}`);
	const { graphOptimizationLevel, executionMode } = DEVICE_SESSION_OPTIONS;
	const session = await device.take(() =>
		ort.InferenceSession.create(bytes, {
			graphOptimizationLevel,
			executionMode,
			executionProviders: [provider],
			extra: { session: { disable_cpu_ep_fallback: '1' } }
		})
	);
	const feeds = { [session.inputNames[0]!]: new ort.Tensor('float32', input, [...inputShape]) };
	const outputName = session.outputNames[0]!;
	let last: unknown = null;
	return {
		run: () =>
			device.take(async () => {
				const results = await session.run(feeds);
				last = await results[outputName]!.getData();
			}),
		output() {
			if (!(last instanceof Float32Array)) throw new Error('The output is not float32.');
			return Float32Array.from(last);
		},
		release: () => device.take(() => session.release())
	};
}
