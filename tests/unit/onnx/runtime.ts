import * as ort from 'onnxruntime-web/wasm';
import { vi } from 'vitest';
import { volume, type Shape } from '$lib/arch/shapes';
import { runOnnx } from '../../../scripts/lib/onnx-runtime';

// Compiling the runtime's 14 MB takes seconds where other tests run beside it.
vi.setConfig({ testTimeout: 60_000 });

/** Runs a file once in onnxruntime-web; input and output as the files name them. */
export function runModel(
	bytes: Uint8Array,
	inputShape: Shape,
	input: Float32Array = seededInput(inputShape)
): Promise<{ readonly shape: Shape; readonly data: Float32Array }> {
	return runOnnx({ bytes, inputShape, input });
}

/** Whether onnxruntime-web takes a file: its checks, its optimiser, folded constants. */
export async function loads(bytes: Uint8Array): Promise<boolean> {
	const session = await ort.InferenceSession.create(bytes);
	const { inputNames, outputNames } = session;
	await session.release();
	return inputNames.join() === 'input' && outputNames.join() === 'logits';
}

/** The inputs of the reference data: 4 r - 2, r from mulberry32. */
export function seededInput(shape: Shape, seed = 11): Float32Array {
	let state = seed;
	return Float32Array.from({ length: volume(shape) }, () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return 4 * (((t ^ (t >>> 14)) >>> 0) / 2 ** 32) - 2;
	});
}

export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
	if (a.length !== b.length) return Infinity;
	return Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);
}

export function rootMeanSquare(values: Float32Array): number {
	return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
}
