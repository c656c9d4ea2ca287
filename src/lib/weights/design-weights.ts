import type { Design } from '../arch/design';
import type { ModuleNode } from '../arch/module';
import { buildTraining } from '../arch/models/network';
import { reparameterize } from '../arch/reparameterize/reparameterize';
import { foldedWeights } from './fold';
import { seededWeights } from './seeded';
import type { WeightSource } from './source';

/**
 * A design's network with seeded weights. They are drawn for the training form; the deploy form's are
 * folded from them, so that with one seed both forms give the same outputs.
 * @param seed an integer
 */
export function seededNetwork(
	design: Design,
	seed: number
): { readonly root: ModuleNode; readonly source: WeightSource } {
	const training = buildTraining(design);
	const source = seededWeights({ root: training, seed });
	if (design.form === 'training') return { root: training, source };
	const folded = reparameterize(training);
	return { root: folded.root, source: foldedWeights(folded, source) };
}
