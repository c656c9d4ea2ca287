import type { Analysis, TreeAnalysis } from '../../arch/analysis';
import type { Design } from '../../arch/design';
import { buildTraining } from '../../arch/models/network';
import type { Recipe } from '../../arch/reparameterize/recipe';
import { reparameterize } from '../../arch/reparameterize/reparameterize';
import { volume } from '../../arch/shapes';
import { foldedWeights } from '../../weights/fold';
import { seededWeights } from '../../weights/seeded';
import { planSignal } from '../../weights/signal-plan';
import { opTensors, type TensorAddress } from '../../weights/source';
import { spreadOf, type Spread } from '../../weights/spread';
import type { OpAt } from './subject';

/** What a tensor starts as in the files that this site makes. */
export type InitialValues =
	| Spread
	/**
	 * Folded from what was drawn for the training form: mean and standard deviation of the values
	 * themselves, with the seed that downloads have, and the old ops that they are made of.
	 */
	| {
			readonly kind: 'folded';
			readonly mean: number;
			readonly deviation: number;
			readonly from: readonly string[];
	  };

export interface TensorFacts extends TensorAddress {
	readonly count: number;
	/** Null for a network that is no design's: its weights are a file's, and the file's to tell. */
	readonly initial: InitialValues | null;
}

/** The seed of a download. */
const SEED = 0;

/** The parameters of some ops of a network, in the order in which ONNX takes them. */
export function tensorFacts(analysis: TreeAnalysis, ops: readonly OpAt[]): TensorFacts[] {
	const design = designOf(analysis);
	const initialOf = design ? initialValuesOf(design) : () => null;
	return ops.flatMap(({ node, path }) =>
		opTensors(node.op).map((spec) => {
			const tensor = { path, ...spec };
			return { ...tensor, count: volume(spec.shape), initial: initialOf(tensor) };
		})
	);
}

function designOf(analysis: TreeAnalysis | Analysis): Design | null {
	return 'design' in analysis ? analysis.design : null;
}

type InitialOf = (tensor: TensorAddress) => InitialValues;

/** Designs are immutable, so what they start as holds as long as they do. */
const known = new WeakMap<Design, InitialOf>();

/** Weights are drawn for the training form, and folded for the deploy form: see `seededNetwork`. */
function initialValuesOf(design: Design): InitialOf {
	const found = known.get(design);
	if (found) return found;
	const training = buildTraining(design);
	const plan = planSignal(training);
	const initialOf =
		design.form === 'training' ? (tensor: TensorAddress) => spreadOf(tensor, plan) : foldedValues();
	known.set(design, initialOf);
	return initialOf;

	function foldedValues(): InitialOf {
		const folded = reparameterize(training);
		const source = foldedWeights(folded, seededWeights({ root: training, seed: SEED }));
		return (tensor) => {
			const recipe = folded.terms.get(tensor.path)?.recipe;
			const old = recipe?.kind === 'stored' ? recipe.path : folded.keptNorms.get(tensor.path);
			if (recipe === undefined || old !== undefined) {
				return spreadOf({ ...tensor, path: old ?? tensor.path }, plan);
			}
			const values = new Float32Array(volume(tensor.shape));
			source(tensor, values);
			return { kind: 'folded', ...momentsOf(values), from: [...new Set(sourcesOf(recipe))] };
		};
	}
}

/** Paths of the old ops that a recipe takes its numbers from, in the order in which they come. */
function sourcesOf(recipe: Recipe): readonly string[] {
	switch (recipe.kind) {
		case 'stored':
			return [recipe.path];
		case 'identity':
			return [];
		case 'norm':
			return [recipe.norm.path];
		case 'norm-after':
		case 'scaled':
			return [...sourcesOf(recipe.of.recipe), recipe.norm.path];
		case 'norm-before':
			return [recipe.norm.path, ...sourcesOf(recipe.of.recipe)];
		case 'sum':
		case 'mean':
			return recipe.terms.flatMap((term) => sourcesOf(term.recipe));
	}
}

function momentsOf(values: Float32Array): { readonly mean: number; readonly deviation: number } {
	let [sum, squares] = [0, 0];
	for (const x of values) sum += x;
	const mean = sum / values.length;
	for (const x of values) squares += (x - mean) ** 2;
	return { mean, deviation: Math.sqrt(squares / values.length) };
}
