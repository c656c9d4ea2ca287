import type { ModuleNode } from '../arch/module';
import type { Shape } from '../arch/shapes';
import { TensorRandom } from './random';
import { planSignal } from './signal-plan';
import type { WeightSource } from './source';
import { spreadOf } from './spread';

/**
 * Seeded weights for a network. Each tensor has a random stream of its own, from the seed and its
 * path, so that what is drawn for it does not depend on the rest of the network; only its scale
 * does, by {@link planSignal}. What it is drawn from is {@link spreadOf}'s to say. BatchNorm
 * statistics are not trivial, so that a fold that forgets one of them gives other outputs.
 */
export function seededWeights({
	root,
	seed
}: {
	readonly root: ModuleNode;
	/** An integer. */
	readonly seed: number;
}): WeightSource {
	const plan = planSignal(root);
	return (tensor, target) => {
		const spread = spreadOf(tensor, plan);
		const random = new TensorRandom(`${seed}:${tensor.path}.${tensor.name}`);
		if (spread.kind === 'uniform') {
			random.fillUniform(target, spread.halfRange, spread.centre);
		} else {
			random.fillUniform(target, spread.halfRange);
			addCentre(target, tensor.shape, spread.centreGain);
		}
	};
}

/** Plus or minus the gain at the centre of each channel's kernel. */
function addCentre(target: Float32Array, shape: Shape, centreGain: number): void {
	const [height, width] = [shape[2]!, shape[3]!];
	const taps = height * width;
	const centre = Math.floor(height / 2) * width + Math.floor(width / 2);
	for (let start = 0; start < target.length; start += taps) {
		// The sign is that of the noise at the corner: independent of the centre's.
		target[start + centre]! += target[start]! < 0 ? -centreGain : centreGain;
	}
}
