import { analyseDesign, type Analysis, type TreeAnalysis } from './analysis';
import { tellChanges, type ChangeLine } from './change-lines';
import type { Cost } from './cost';
import type { Design } from './design';
import { diffTrees, type Change } from './diff';
import { matchTrees, type TreeMatching } from './matching/match-trees';

/** Two networks side by side: both analysed, what differs by path, and the same in few lines. */
export interface NetworkComparison<A extends TreeAnalysis = TreeAnalysis> {
	readonly before: A;
	readonly after: A;
	readonly matching: TreeMatching;
	readonly changes: readonly Change[];
	readonly lines: readonly ChangeLine[];
	/** Of the whole networks. */
	readonly costDifference: { readonly [K in keyof Cost]: CostDifference };
}

/** One cost of two networks. */
export interface CostDifference {
	readonly before: number;
	readonly after: number;
	/** `after` less `before`. */
	readonly delta: number;
}

/** The same for two designs. */
export type Comparison = NetworkComparison<Analysis>;

/** Any two networks: a checkpoint has a tree, but no design. */
export function compareNetworks<A extends TreeAnalysis>(before: A, after: A): NetworkComparison<A> {
	const matching = matchTrees(before.root, after.root);
	const changes = diffTrees(before.root, after.root, matching);
	const difference = (key: keyof Cost): CostDifference => {
		const [old, now] = [before.total[key], after.total[key]];
		return { before: old, after: now, delta: now - old };
	};
	return {
		before,
		after,
		matching,
		changes,
		lines: tellChanges(before.root, after.root, matching, changes),
		costDifference: {
			params: difference('params'),
			macs: difference('macs'),
			activationBytes: difference('activationBytes'),
			opCount: difference('opCount')
		}
	};
}

export function compareDesigns(before: Design, after: Design): Comparison {
	return compareNetworks(analyseDesign(before), analyseDesign(after));
}
