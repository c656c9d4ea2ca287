import type { Design } from '../arch/design';
import { inputShape as ownInputShape } from '../arch/legality';
import { buildNetwork, buildTraining } from '../arch/models/network';
import { printDesign } from '../arch/query';
import type { Shape } from '../arch/shapes';
import { seededWeights } from '../weights/seeded';
import { seededNetwork } from '../weights/seeded-network';
import type { WeightSource } from '../weights/source';
import type { ModuleNode } from '../arch/module';
import { emitNetwork, type EmittedNetwork } from './emit-network';
import { storedParameters } from './parameters';
import type { Precision } from './schema';
import { tiledParameters } from './tiled-parameters';

export interface EmitDesignOptions {
	/** Seeds the weights; an integer. */
	readonly seed: number;
	/** NCHW, if not the design's own resolution. */
	readonly inputShape?: Shape;
	/** Weights stored whole (the default), or made from small tiles when the file is loaded. */
	readonly weights?: 'stored' | 'tiled';
	/** What it computes in; input and output are float32 always. */
	readonly precision?: Precision;
}

/**
 * The ONNX file of a design with seeded weights. Its metadata tells the design (as a query string),
 * params, MACs, seed, form and how the weights are kept.
 * @throws {ShapeError} where the input is too small for the network
 */
export function emitDesign(
	design: Design,
	{ seed, inputShape = ownInputShape(design), weights = 'stored', precision }: EmitDesignOptions
): EmittedNetwork {
	const { root, source } = networkOf(design, seed, weights);
	return emitNetwork({
		root,
		inputShape,
		precision,
		parameters: weights === 'stored' ? storedParameters(source) : tiledParameters(source),
		metadata: { design: printDesign(design), seed: String(seed), form: design.form, weights }
	});
}

/** Tiles are drawn for the tree as it stands: a fold needs whole tensors, and they are for timing alone. */
function networkOf(
	design: Design,
	seed: number,
	weights: 'stored' | 'tiled'
): { readonly root: ModuleNode; readonly source: WeightSource } {
	if (weights === 'stored') {
		return seededNetwork(buildTraining(design), { form: design.form, seed });
	}
	const root = buildNetwork(design);
	return { root, source: seededWeights({ root, seed }) };
}
