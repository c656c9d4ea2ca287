import { walk, type ModuleNode } from '../arch/module';
import { planFold } from '../arch/reparameterize/fold-plan';
import { isWithin } from '../arch/reparameterize/paths';

/**
 * Path of the first block, in `within` if there is one, that has parallel branches in training; null
 * for a network without.
 */
export function firstParallelBlock(root: ModuleNode, within: string): string | null {
	const blocks = parallelBlocks(root);
	return blocks.find((path) => isWithin(path, within)) ?? blocks[0] ?? null;
}

/** Paths of all blocks that have parallel branches in training, in the order of the network. */
export function parallelBlocks(root: ModuleNode): string[] {
	return [...walk(root)]
		.filter(({ node }) => node.role === 'block' && hasBranches(node))
		.map(({ path }) => path);
}

function hasBranches(block: ModuleNode): boolean {
	return [...planFold(block).absorptions.values()].some(({ kind }) => kind === 'branch');
}
