import type { Design } from '../../src/lib/arch/design';
import { ops } from '../../src/lib/arch/module';
import { buildTraining } from '../../src/lib/arch/models/network';
import { findNamedDesign } from '../../src/lib/arch/named-designs';
import { volume } from '../../src/lib/arch/shapes';
import { TIMM } from '../../src/lib/weights/checkpoint/naming/timm';
import { seededWeights } from '../../src/lib/weights/seeded';
import { opTensors } from '../../src/lib/weights/source';
import { writeSafetensors, type WritableTensor } from './safetensors-writer';

/** The toy's name beside the models. */
export const TOY_FILE = 'toy-checkpoint.safetensors';

const SEED = 0;

/** Small, but with all that a published RepViT has: each kind of layer, all branches, two heads. */
export const TOY_DESIGN: Design = {
	...findNamedDesign('repvit-m0.9')!.design,
	widths: [16, 32, 48, 64],
	depths: [2, 2, 4, 2],
	form: 'training',
	branches: 'current',
	heads: 2
};

/**
 * A checkpoint to try the site with: a small RepViT in training form as timm would save it, counters
 * included, in float16. Its weights are seeded; nothing was trained, and the file says so.
 */
export function renderToyCheckpoint(): Uint8Array<ArrayBuffer> {
	const root = buildTraining(TOY_DESIGN);
	const source = seededWeights({ root, seed: SEED });
	// timm's names follow from a path alone, whatever else a file holds.
	const { nameOf } = TIMM.read(new Map());
	const weights: WritableTensor[] = [];
	const counters: WritableTensor[] = [];
	for (const { node, path } of ops(root)) {
		for (const { name, shape } of opTensors(node.op)) {
			const data = new Float32Array(volume(shape));
			source({ path, name, shape }, data);
			weights.push({ name: nameOf({ path, name, shape }), shape, dtype: 'F16', data });
		}
		if (node.op.type === 'batchNorm') counters.push(counterOf(nameOf({ path, ...MEAN })));
	}
	// The widest type first, so that every tensor is aligned.
	return writeSafetensors([...counters, ...weights], {
		format: 'pt',
		description:
			'A toy: a small RepViT with random, untrained weights. It knows nothing about pictures.',
		seed: String(SEED)
	});
}

const MEAN = { name: 'running_mean', shape: [] } as const;

/** PyTorch counts in every BatchNorm how often it was trained. Here: never. */
function counterOf(meanKey: string): WritableTensor {
	return {
		name: meanKey.replace(/running_mean$/, 'num_batches_tracked'),
		shape: [],
		dtype: 'I64',
		data: new Uint8Array(8)
	};
}
