import type { ModuleNode } from '../../arch/module';
import { reparameterize } from '../../arch/reparameterize/reparameterize';
import { foldedWeights } from '../fold';
import type { WeightSource } from '../source';
import type { Checkpoint } from './types';

/** A tree and where its weights come from. */
export interface WeightedNetwork {
	readonly root: ModuleNode;
	readonly source: WeightSource;
}

/**
 * A checkpoint's network in both forms. What a fused file was folded from cannot be told any more:
 * it has no training form.
 * @param fill writes the values of the tensor that has a key in the file
 */
export function checkpointNetworks(
	{ form, root, keyOf }: Checkpoint,
	fill: (key: string, target: Float32Array) => void
): { readonly training: WeightedNetwork | null; readonly deploy: WeightedNetwork } {
	const stored: WeightedNetwork = {
		root,
		source: (tensor, target) => {
			fill(keyOf(tensor), target);
		}
	};
	if (form === 'deploy') return { training: null, deploy: stored };
	const folded = reparameterize(root);
	return {
		training: stored,
		deploy: { root: folded.root, source: foldedWeights(folded, stored.source) }
	};
}
