import * as ort from 'onnxruntime-web/wasm';
import type { Shape } from '../../src/lib/arch/shapes';

// More would be workers, to be started and ended for a single run.
ort.env.wasm.numThreads = 1;

/** Which runtime it is. */
export const RUNTIME = `onnxruntime-web ${ort.env.versions.web ?? 'unknown'}`;

/** Runs an ONNX file once in onnxruntime-web, input and output as our files name them. */
export async function runOnnx({
	bytes,
	inputShape,
	input
}: {
	readonly bytes: Uint8Array;
	readonly inputShape: Shape;
	readonly input: Float32Array;
}): Promise<{ readonly shape: Shape; readonly data: Float32Array }> {
	const session = await ort.InferenceSession.create(bytes);
	try {
		const feeds = { input: new ort.Tensor('float32', input, inputShape) };
		const { logits } = await session.run(feeds);
		if (!(logits?.data instanceof Float32Array)) throw new Error('The output is not float32.');
		return { shape: logits.dims, data: logits.data };
	} finally {
		await session.release();
	}
}
