import { walk, type ModuleNode } from '../../arch/module';
import { treePath } from '../../onnx/tree-to-graph';
import type { KernelTime } from './trace';

/** Times of a profile on the tree it was made of. */
export interface TreeTimes {
	/**
	 * Milliseconds by path: of an op its own, of branches their join's. What the runtime has fused into
	 * something else is not in it.
	 */
	readonly timesMs: ReadonlyMap<string, number>;
	/** Kernels that stand for no node of the tree, such as copies that the runtime added. */
	readonly unmappedMs: number;
}

/** Finds each kernel's node by its name, which begins with the node's path. */
export function mapTimes(root: ModuleNode, kernels: readonly KernelTime[]): TreeTimes {
	const paths = new Set([...walk(root)].map(({ path }) => path));
	const timesMs = new Map<string, number>();
	let unmappedMs = 0;
	for (const { name, medianMs } of kernels) {
		const path = treePath(name);
		if (paths.has(path)) timesMs.set(path, (timesMs.get(path) ?? 0) + medianMs);
		else unmappedMs += medianMs;
	}
	return { timesMs, unmappedMs };
}
