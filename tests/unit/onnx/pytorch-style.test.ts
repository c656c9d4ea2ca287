import { expect, it } from 'vitest';
import type { Design } from '$lib/arch/design';
import { findNamedDesign } from '$lib/arch/named-designs';
import { emitDesign } from '$lib/onnx/emit-design';
import { emitPytorchStyle } from '../../../scripts/benchmark/pytorch-style';
import { decodeModel } from './onnx-proto';
import { maxDifference, runModel } from './runtime';

it('the benchmark compares two graphs of the same function', async () => {
	const { design: published } = findNamedDesign('repvit-m0.6')!;
	const design: Design = { ...published, widths: [8, 16, 24, 32], resolution: 128, classes: 10 };
	const own = emitDesign(design, { seed: 2 });
	const theirs = emitPytorchStyle(design, { seed: 2 });
	const types = new Set(decodeModel(theirs.bytes).graph.node.map(({ opType }) => opType));
	expect(types).toEqual(
		new Set(
			'Add Conv Div Erf Flatten Gemm GlobalAveragePool Mul ReduceMean Relu Sigmoid'.split(' ')
		)
	);
	expect(theirs.opset).toBe(17);
	const [a, b] = [
		await runModel(own.bytes, own.inputShape),
		await runModel(theirs.bytes, own.inputShape)
	];
	expect(maxDifference(a.data, b.data)).toBeLessThan(1e-4);
});
