import { nodeAt, type ModuleNode } from '../arch/module';
import { normedOp } from './layout/sole-op';
import { openBelow } from './layout/visible';

/**
 * Paths to open so that the part at `focus` shows its ops as a paper's figure would, or `depth` levels
 * of them: squeeze-and-excitation as one box, a BatchNorm as a part of the op that it stands with.
 */
export function openToOps(root: ModuleNode, focus: string, depth = Infinity): Set<string> {
	return new Set(
		[...openBelow(root, focus, depth)].filter((path) => {
			const node = nodeAt(root, path);
			return node?.role !== 'squeeze-excite' && (node === undefined || normedOp(node) === null);
		})
	);
}
