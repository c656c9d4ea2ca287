import { expect, it } from 'vitest';
import { emptyModel } from '$lib/onnx/empty-model';
import { runModel } from './runtime';

it('the empty model passes on one number', async () => {
	const { bytes, inputShape, outputShape } = emptyModel();
	expect(bytes.length).toBeLessThan(200);
	const { shape, data } = await runModel(bytes, inputShape, Float32Array.of(42));
	expect(shape).toEqual(outputShape);
	expect([...data]).toEqual([42]);
});
