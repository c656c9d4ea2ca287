import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { buildTraining } from '$lib/arch/models/network';
import { findNamedDesign } from '$lib/arch/named-designs';
import { reparameterize } from '$lib/arch/reparameterize/reparameterize';
import { emitOnnx } from '$lib/onnx/emit';
import { storedParameters } from '$lib/onnx/parameters';
import { foldedWeights } from '$lib/weights/fold';
import { seededWeights } from '$lib/weights/seeded';
import type { WeightSource } from '$lib/weights/source';
import { fill, tensorsOf } from './tensors';

/** Two heads are the worst case: they are the largest weight, and summed in double precision. */
it('fusing and emitting RepViT-M0.9 takes at most 2.5 times the memory of its checkpoint', () => {
	const training = buildTraining({ ...findNamedDesign('repvit-m0.9')!.design, heads: 2 });
	const seeded = seededWeights({ root: training, seed: 3 });
	const stored = new Map(
		tensorsOf(training).map((tensor) => [`${tensor.path}.${tensor.name}`, fill(seeded, tensor)])
	);
	const storedBytes = [...stored.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
	const folded = reparameterize(training);

	collectGarbage();
	const before = process.memoryUsage().arrayBuffers;
	expect(before).toBeGreaterThanOrEqual(storedBytes);
	let peak = 0;
	const watched: WeightSource = ({ path, name }, target) => {
		target.set(stored.get(`${path}.${name}`)!);
		peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
	};
	const { bytes } = emitOnnx({
		root: folded.root,
		inputShape: [1, 3, 224, 224],
		parameters: storedParameters(foldedWeights(folded, watched))
	});
	expect(peak).toBeGreaterThan(bytes.byteLength);
	expect((storedBytes + peak) / storedBytes).toBeLessThan(2.5);
});

function collectGarbage(): void {
	setFlagsFromString('--expose-gc');
	const collect: unknown = runInNewContext('gc');
	if (typeof collect !== 'function') throw new Error('Node has no gc() to call.');
	collect();
}
