import { computeCosts, type Cost, type CostMap } from './cost';
import type { Design } from './design';
import { inputShape } from './legality';
import { buildNetwork } from './models/network';
import type { ModuleNode } from './module';
import { inferShapes, type ShapeMap } from './shapes';

/** A design with everything that its drawing and tables need. */
export interface Analysis {
	readonly design: Design;
	readonly root: ModuleNode;
	/** NCHW, batch 1. */
	readonly inputShape: readonly number[];
	readonly shapes: ShapeMap;
	readonly costs: CostMap;
	readonly total: Cost;
}

/** Builds a design's tree and folds it for shapes and costs. */
export function analyseDesign(design: Design): Analysis {
	const root = buildNetwork(design);
	const input = inputShape(design);
	const shapes = inferShapes(root, input);
	const costs = computeCosts(root, shapes);
	return { design, root, inputShape: input, shapes, costs, total: costs.get('')! };
}
