import { analyseDesign, type Analysis } from './analysis';
import type { Design } from './design';
import { diffTrees, type Change } from './diff';
import { summariseChanges, type ChangeGroup } from './diff-summary';

/** Two designs side by side: both analysed, what differs by path, and the same in few lines. */
export interface Comparison {
	readonly before: Analysis;
	readonly after: Analysis;
	readonly changes: readonly Change[];
	readonly groups: readonly ChangeGroup[];
}

export function compareDesigns(beforeDesign: Design, afterDesign: Design): Comparison {
	const before = analyseDesign(beforeDesign);
	const after = analyseDesign(afterDesign);
	const changes = diffTrees(before.root, after.root);
	return { before, after, changes, groups: summariseChanges(changes) };
}
