import { childPath, type ModuleNode } from '../../arch/module';
import { treePath } from '../../onnx/tree-to-graph';
import type { KernelTime } from './trace';

/** Times of a profile on the tree it was made of. */
export interface TreeTimes {
	/** Milliseconds of every node, its own kernel's and all its children's, by path; 0 where it was fused away. */
	readonly timesMs: ReadonlyMap<string, number>;
	/** Kernels that stand for no node of the tree, such as copies that the runtime added. */
	readonly unmappedMs: number;
}

/** Sums kernel times up the tree. A join's kernel has the name of its branches node. */
export function rollUp(root: ModuleNode, kernels: readonly KernelTime[]): TreeTimes {
	const own = new Map<string, number>();
	for (const { name, medianMs } of kernels) {
		const path = treePath(name);
		own.set(path, (own.get(path) ?? 0) + medianMs);
	}
	const timesMs = new Map<string, number>();
	const visit = (node: ModuleNode, path: string): number => {
		let total = own.get(path) ?? 0;
		own.delete(path);
		for (const child of node.kind === 'op' ? [] : node.children) {
			total += visit(child, childPath(path, child.name));
		}
		timesMs.set(path, total);
		return total;
	};
	visit(root, '');
	return { timesMs, unmappedMs: [...own.values()].reduce((sum, time) => sum + time, 0) };
}
