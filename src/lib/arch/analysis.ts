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

/** Designs are immutable, so an analysis holds as long as its design does. */
const known = new WeakMap<Design, Analysis>();

/** Builds a design's tree and folds it for shapes and costs. Remembered by the design object. */
export function analyseDesign(design: Design): Analysis {
	const found = known.get(design);
	if (found) return found;
	const root = buildNetwork(design);
	const input = inputShape(design);
	const shapes = inferShapes(root, input);
	const costs = computeCosts(root, shapes);
	const analysis = { design, root, inputShape: input, shapes, costs, total: costs.get('')! };
	known.set(design, analysis);
	return analysis;
}
