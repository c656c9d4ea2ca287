import type { Analysis } from './analysis';
import type { Cost } from './cost';
import { walk } from './module';
import type { Shape } from './shapes';

/** One part of a network as tables list it: stem, each stage, classifier. */
export interface Part {
	/** Path of its node. */
	readonly path: string;
	readonly kind: 'stem' | 'stage' | 'classifier';
	/** 0 to 3 for a stage, else null. */
	readonly stageIndex: number | null;
	readonly output: Shape;
	readonly cost: Cost;
}

/** The parts of a network in order. Their costs sum to the whole. */
export function partsOf({ root, shapes, costs }: Analysis): Part[] {
	const parts: Part[] = [];
	for (const { node, path } of walk(root)) {
		const kind = node.role;
		if (kind !== 'stem' && kind !== 'stage' && kind !== 'classifier') continue;
		parts.push({
			path,
			kind,
			stageIndex: kind === 'stage' ? Number(node.name) : null,
			output: shapes.get(path)!.output,
			cost: costs.get(path)!
		});
	}
	return parts;
}
