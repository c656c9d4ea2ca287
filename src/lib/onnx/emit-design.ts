import { computeCosts } from '../arch/cost';
import type { Design } from '../arch/design';
import { inputShape as ownInputShape } from '../arch/legality';
import { buildNetwork } from '../arch/models/network';
import { printDesign } from '../arch/query';
import { inferShapes, type Shape } from '../arch/shapes';
import { seededWeights } from '../weights/seeded';
import { emitOnnx, type EmittedModel } from './emit';
import { storedParameters } from './parameters';
import { tiledParameters } from './tiled-parameters';

export interface EmitDesignOptions {
	/** Seeds the weights; an integer. */
	readonly seed: number;
	/** NCHW, if not the design's own resolution. */
	readonly inputShape?: Shape;
	/** Weights stored whole (the default), or made from small tiles when the file is loaded. */
	readonly weights?: 'stored' | 'tiled';
}

export interface EmittedDesign extends EmittedModel {
	readonly params: number;
	readonly macs: number;
}

/**
 * The ONNX file of a design with seeded weights. Its metadata tells the design (as a query string),
 * params, MACs, seed, form and how the weights are kept.
 * @throws {ShapeError} where the input is too small for the network
 */
export function emitDesign(
	design: Design,
	{ seed, inputShape = ownInputShape(design), weights = 'stored' }: EmitDesignOptions
): EmittedDesign {
	const root = buildNetwork(design);
	const { params, macs } = computeCosts(root, inferShapes(root, inputShape)).get('')!;
	const source = seededWeights({ root, seed });
	const model = emitOnnx({
		root,
		inputShape,
		parameters: weights === 'stored' ? storedParameters(source) : tiledParameters(source),
		metadata: {
			design: printDesign(design),
			params: String(params),
			macs: String(macs),
			seed: String(seed),
			form: 'deploy',
			weights
		}
	});
	return { ...model, params, macs };
}
