import type { ModuleNode } from '../arch/module';
import { reparameterize } from '../arch/reparameterize/reparameterize';
import { foldedWeights } from './fold';
import { seededWeights } from './seeded';
import type { WeightSource } from './source';

/**
 * A network with seeded weights. They are drawn for the training form; the deploy form's are folded from
 * them, so that with one seed both forms give the same outputs.
 * @param training the tree as it is trained
 */
export function seededNetwork(
	training: ModuleNode,
	{ form, seed }: { readonly form: 'training' | 'deploy'; /** An integer. */ readonly seed: number }
): { readonly root: ModuleNode; readonly source: WeightSource } {
	const source = seededWeights({ root: training, seed });
	if (form === 'training') return { root: training, source };
	const folded = reparameterize(training);
	return { root: folded.root, source: foldedWeights(folded, source) };
}
