import { computeCosts, type Cost, type CostMap } from './cost';
import type { Design } from './design';
import { inputShape } from './legality';
import { buildNetwork } from './models/network';
import type { ModuleNode } from './module';
import { inferShapes, type Shape, type ShapeMap } from './shapes';

/** A network with everything that its drawing and tables need. */
export interface TreeAnalysis {
	readonly root: ModuleNode;
	/** NCHW, batch 1. */
	readonly inputShape: readonly number[];
	readonly shapes: ShapeMap;
	readonly costs: CostMap;
	readonly total: Cost;
}

/** The same for a design. */
export interface Analysis extends TreeAnalysis {
	readonly design: Design;
}

/** Folds a tree for shapes and costs. @throws {ShapeError} where the input does not fit */
export function analyseTree(root: ModuleNode, inputShape: Shape): TreeAnalysis {
	const shapes = inferShapes(root, inputShape);
	const costs = computeCosts(root, shapes);
	return { root, inputShape, shapes, costs, total: costs.get('')! };
}

/** Designs are immutable, so an analysis holds as long as its design does. */
const known = new WeakMap<Design, Analysis>();

/** Builds a design's tree and folds it for shapes and costs. Remembered by the design object. */
export function analyseDesign(design: Design): Analysis {
	const found = known.get(design);
	if (found) return found;
	const analysis = { design, ...analyseTree(buildNetwork(design), inputShape(design)) };
	known.set(design, analysis);
	return analysis;
}
