import { buildTraining } from '../../src/lib/arch/models/network';
import { ops, type ModuleNode } from '../../src/lib/arch/module';
import { findNamedDesign } from '../../src/lib/arch/named-designs';
import { reparameterize } from '../../src/lib/arch/reparameterize/reparameterize';
import { volume } from '../../src/lib/arch/shapes';
import { emitOnnx } from '../../src/lib/onnx/emit';
import { storedParameters } from '../../src/lib/onnx/parameters';
import { median } from '../../src/lib/stats/summary';
import { foldedWeights } from '../../src/lib/weights/fold';
import { seededWeights } from '../../src/lib/weights/seeded';
import { opTensors, type TensorAddress, type WeightSource } from '../../src/lib/weights/source';
import { timeMs } from './emission';

export interface FusingTimes {
	/** Finding what folds in RepViT-M2.3 with two heads, and making every weight of its deploy form. */
	readonly fuseMs: number;
	/** Emitting the deploy form from weights that are made already. */
	readonly emitMs: number;
	/** Median of the rounds' own ratios. */
	readonly ratio: number;
}

/** How long fusing takes against emitting, taken in turn, both from weights in memory. */
export function measureFusing({ rounds = 25 }: { readonly rounds?: number } = {}): FusingTimes {
	const training = buildTraining({ ...findNamedDesign('repvit-m2.3')!.design, heads: 2 });
	const checkpoint = heldInMemory(training, seededWeights({ root: training, seed: 0 }));
	const fused = reparameterize(training);
	const deploy = heldInMemory(fused.root, foldedWeights(fused, checkpoint));
	const tensors = tensorsOf(fused.root);
	const target = new Float32Array(Math.max(...tensors.map(({ shape }) => volume(shape))));

	const fuse = (): void => {
		const source = foldedWeights(reparameterize(training), checkpoint);
		for (const tensor of tensors) source(tensor, target.subarray(0, volume(tensor.shape)));
	};
	const emit = (): unknown =>
		emitOnnx({
			root: fused.root,
			inputShape: [1, 3, 224, 224],
			parameters: storedParameters(deploy)
		});
	const times = Array.from({ length: rounds }, () => {
		const emitMs = timeMs(emit);
		const fuseMs = timeMs(fuse);
		return { emitMs, fuseMs, ratio: fuseMs / emitMs };
	});
	return {
		fuseMs: median(times.map(({ fuseMs }) => fuseMs)),
		emitMs: median(times.map(({ emitMs }) => emitMs)),
		ratio: median(times.map(({ ratio }) => ratio))
	};
}

/** A source that copies, as one that reads an opened file does. */
function heldInMemory(root: ModuleNode, source: WeightSource): WeightSource {
	const held = new Map<string, Float32Array>();
	for (const tensor of tensorsOf(root)) {
		const values = new Float32Array(volume(tensor.shape));
		source(tensor, values);
		held.set(`${tensor.path}.${tensor.name}`, values);
	}
	return ({ path, name }, target) => target.set(held.get(`${path}.${name}`)!);
}

function tensorsOf(root: ModuleNode): TensorAddress[] {
	return [...ops(root)].flatMap(({ node, path }) =>
		opTensors(node.op).map((spec) => ({ path, ...spec }))
	);
}
