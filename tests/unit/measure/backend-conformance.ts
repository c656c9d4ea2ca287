import { expect } from 'vitest';
import { op } from '$lib/arch/module';
import type { Backend, Model } from '$lib/measure/backend';
import type { BackendName, WebnnDevice } from '$lib/measure/execution';
import { BackendRefusedError, DeviceLostError } from '$lib/measure/failure';
import { emitOnnx } from '$lib/onnx/emit';
import { encodeModel } from '$lib/onnx/encode';
import { storedParameters } from '$lib/onnx/parameters';

/*
 * What an adapter of a backend must do, as checks with names. They are run over the real adapters, and
 * over adapters that are broken on purpose, each of which one of them has to catch.
 */

/** What can be seen of a runtime from outside; real ones show less than false ones. */
export interface RuntimeWatch {
	/** Runs begun and not yet finished, at most, ever. */
	readonly mostRunsAtOnce: number;
	/** Runs whose output is not there yet. */
	readonly runsUnfinished: number;
	readonly runsBegun: number;
	readonly sessionsAlive: number;
	/** What the runtime made of the threads it was asked for. */
	readonly threads: number;
	/** Execution providers that each session was created with. */
	readonly providers: readonly (readonly unknown[])[];
}

export interface BackendHarness {
	/** Starts the adapter anew. */
	readonly start: () => Promise<Backend>;
	readonly expected: {
		readonly name: BackendName;
		readonly device?: WebnnDevice;
		readonly float16: boolean;
	};
	readonly watch?: () => RuntimeWatch;
	/** Takes the device away. */
	readonly loseDevice?: () => void;
	/** Whether there are operators that only the CPU could run. */
	readonly hasCpuFallback?: boolean;
}

/** A model whose output is known without a runtime: negative numbers become zero. */
const RELU: Model = emitOnnx({
	root: op('relu', { type: 'relu' }),
	inputShape: [1, 6],
	parameters: storedParameters(() => {})
});
const RELU_HALF: Model = {
	...emitOnnx({
		root: op('relu', { type: 'relu' }),
		inputShape: [1, 6],
		parameters: storedParameters(() => {}),
		precision: 'float16'
	}),
	precision: 'float16'
};
const INPUT = Float32Array.of(-1, 2, -0.5, 0.25, 8, -3);
const OTHER_INPUT = Float32Array.of(5, -2, 1.5, -0.25, 0.125, 3);
const reluOf = (input: Float32Array) => input.map((x) => Math.max(x, 0));

/** An operator that no device backend knows. */
export const CPU_ONLY_OPERATOR = 'Hardmax';
const CPU_ONLY: Model = {
	bytes: encodeModel({
		irVersion: 8,
		opset: 17,
		producerName: 'test',
		producerVersion: '1',
		metadata: {},
		graph: {
			name: 'cpu-only',
			nodes: [
				{ name: 'hardmax', opType: CPU_ONLY_OPERATOR, inputs: ['input'], outputs: ['logits'] }
			],
			initializers: [],
			inputs: [{ name: 'input', shape: [1, 6] }],
			outputs: [{ name: 'logits', shape: [1, 6] }]
		}
	}),
	inputShape: [1, 6],
	outputShape: [1, 6]
};

type Check = (harness: BackendHarness) => Promise<void>;

export const CONFORMANCE: Readonly<Record<string, Check>> = {
	'says what it is': async ({ start, expected }) => {
		const { info } = await start();
		expect(info.name).toBe(expected.name);
		expect(info.device).toBe(expected.device);
		expect(info.runtime.name).toBe('onnxruntime-web');
		expect(info.runtime.version).toMatch(/^\d+\.\d+\.\d+/);
		expect(info.startMs).toBeGreaterThanOrEqual(0);
		expect((info.precisions ?? ['float32']).includes('float16')).toBe(expected.float16);
	},
	'says how many threads there are': async ({ start, watch }) => {
		const { info } = await start();
		expect(info.threads.effective).toBeGreaterThanOrEqual(1);
		if (watch) expect(info.threads.effective).toBe(watch().threads);
	},
	'asks for one execution provider': async ({ start, watch, expected }) => {
		const backend = await start();
		await backend.load(RELU, INPUT);
		// The real runtime does not tell; what its backend calls itself is all there is.
		expect(backend.info.name).toBe(expected.name);
		for (const providers of watch?.().providers ?? []) {
			expect(providers).toHaveLength(1);
			const [provider] = providers;
			const name = typeof provider === 'string' ? provider : (provider as { name: string }).name;
			expect(name).toBe(expected.name);
		}
	},
	'gives the right output': async ({ start }) => {
		const session = await (await start()).load(RELU, INPUT);
		await session.run();
		expect([...session.output()]).toEqual([...reluOf(INPUT)]);
	},
	'gives each session its own input': async ({ start }) => {
		const backend = await start();
		const [one, other] = [await backend.load(RELU, INPUT), await backend.load(RELU, OTHER_INPUT)];
		await one.run();
		await other.run();
		expect([...one.output()]).toEqual([...reluOf(INPUT)]);
		expect([...other.output()]).toEqual([...reluOf(OTHER_INPUT)]);
	},
	'waits for the work': async ({ start, watch }) => {
		const session = await (await start()).load(RELU, INPUT);
		await session.run();
		if (watch) expect(watch().runsUnfinished).toBe(0);
		expect(session.output()).toHaveLength(INPUT.length);
	},
	'runs one thing at a time': async ({ start, watch }) => {
		const backend = await start();
		const [one, other] = [await backend.load(RELU, INPUT), await backend.load(RELU, OTHER_INPUT)];
		await Promise.all([one.run(), other.run(), one.run()]);
		if (watch) expect(watch().mostRunsAtOnce).toBeLessThanOrEqual(1);
		expect([...one.output()]).toEqual([...reluOf(INPUT)]);
		expect([...other.output()]).toEqual([...reluOf(OTHER_INPUT)]);
	},
	'hands out copies': async ({ start }) => {
		const session = await (await start()).load(RELU, INPUT);
		await session.run();
		session.output().fill(99);
		expect([...session.output()]).toEqual([...reluOf(INPUT)]);
	},
	'releases a session, and no other': async ({ start, watch }) => {
		const backend = await start();
		const kept = await backend.load(RELU, INPUT);
		const before = watch?.().sessionsAlive;
		const gone = await backend.load(RELU, OTHER_INPUT);
		await gone.run();
		await gone.release();
		if (watch) expect(watch().sessionsAlive).toBe(before);
		await kept.run();
		expect([...kept.output()]).toEqual([...reluOf(INPUT)]);
	},
	'refuses what is no model': async ({ start }) => {
		const backend = await start();
		const bytes = Uint8Array.of(1, 2, 3, 4);
		await expect(backend.load({ ...RELU, bytes }, INPUT)).rejects.toThrow();
	},
	'refuses a precision that it does not compute in': async ({ start, expected }) => {
		const loading = (await start()).load(RELU_HALF, INPUT);
		if (expected.float16) await expect(loading).resolves.toBeDefined();
		else await expect(loading).rejects.toBeInstanceOf(BackendRefusedError);
	},
	'refuses what only the CPU could run': async ({ start, hasCpuFallback }) => {
		const backend = await start();
		const loading = backend.load(CPU_ONLY, INPUT);
		if (hasCpuFallback) await expect(loading).rejects.toThrow();
		else await expect(loading).resolves.toBeDefined();
	},
	'tells when its device is lost, and begins nothing more': async ({
		start,
		watch,
		loseDevice
	}) => {
		const session = await (await start()).load(RELU, INPUT);
		await session.run();
		if (!loseDevice) return expect([...session.output()]).toEqual([...reluOf(INPUT)]);
		const underWay = session.run();
		loseDevice();
		await expect(underWay).rejects.toBeInstanceOf(DeviceLostError);
		const begun = watch?.().runsBegun;
		await expect(session.run()).rejects.toBeInstanceOf(DeviceLostError);
		if (watch) expect(watch().runsBegun).toBe(begun);
	}
};

/** The names of the checks that an adapter does not pass. */
export async function failedChecks(harness: () => BackendHarness): Promise<string[]> {
	const failed: string[] = [];
	for (const [name, check] of Object.entries(CONFORMANCE)) {
		const passed = await check(harness()).then(
			() => true,
			() => false
		);
		if (!passed) failed.push(name);
	}
	return failed;
}
