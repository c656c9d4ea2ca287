import type { TreeAnalysis } from '../../arch/analysis';
import type { Cost } from '../../arch/cost';
import { walk, type ModuleNode } from '../../arch/module';
import type { Shape } from '../../arch/shapes';
import { blockFacts, visibleChildren } from '../layout/visible';

/** One block, or the downsampling in front of them: one cell of a strip, one node of the tree. */
export interface StripBlock {
	readonly path: string;
	readonly node: ModuleNode;
	readonly kind: 'block' | 'downsampling';
	/** Number of its stage, from 1. */
	readonly stage: number;
	/** Number of the block in its stage, from 1; 0 for downsampling. */
	readonly number: number;
	/** Side of its largest kernel. */
	readonly kernel: number;
	readonly hasSqueezeExcite: boolean;
	readonly input: Shape;
	readonly output: Shape;
	readonly cost: Cost;
}

/** A stage as a row of blocks. */
export interface StripStage {
	readonly path: string;
	/** From 1. */
	readonly number: number;
	/** Null for a stage that the stem has downsampled for. */
	readonly downsampling: StripBlock | null;
	readonly blocks: readonly StripBlock[];
	readonly output: Shape;
}

/** What strips are drawn from: a tree and its folds. */
export type StripSource = Pick<TreeAnalysis, 'root' | 'shapes' | 'costs'>;

/** The stages of a network with their blocks, in order. */
export function stripStages({ root, shapes, costs }: StripSource): StripStage[] {
	return [...walk(root)]
		.filter(({ node }) => node.role === 'stage')
		.map(({ node: stageNode, path: stagePath }, index) => {
			const stage = index + 1;
			let number = 0;
			const parts = visibleChildren({ node: stageNode, path: stagePath, role: 'stage' }).map(
				({ node, path }): StripBlock => {
					const kind = node.role === 'downsampling' ? 'downsampling' : 'block';
					if (kind === 'block') number++;
					const { kernel, hasSqueezeExcite } = blockFacts(node);
					return {
						path,
						node,
						kind,
						stage,
						number: kind === 'block' ? number : 0,
						kernel,
						hasSqueezeExcite,
						...shapes.get(path)!,
						cost: costs.get(path)!
					};
				}
			);
			return {
				path: stagePath,
				number: stage,
				downsampling: parts.find(({ kind }) => kind === 'downsampling') ?? null,
				blocks: parts.filter(({ kind }) => kind === 'block'),
				output: shapes.get(stagePath)!.output
			};
		});
}

/** All cells of a network in the order of the data: what arrow keys walk. */
export function stripBlocks(stages: readonly StripStage[]): StripBlock[] {
	return stages.flatMap(({ downsampling, blocks }) =>
		downsampling === null ? [...blocks] : [downsampling, ...blocks]
	);
}

/** Numbers in their lowest terms, as a ratio is told: 2, 2, 14, 2 becomes 1, 1, 7, 1. */
export function lowestTerms(counts: readonly number[]): number[] {
	const divisor = counts.reduce(greatestCommonDivisor, 0);
	return divisor === 0 ? [...counts] : counts.map((count) => count / divisor);
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
