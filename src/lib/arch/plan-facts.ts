import type { BlockPlan, NetworkPlan } from './plan';

/** A plan in a few figures, as a person would tell it. */
export interface PlanFacts {
	/** Channels that each stage ends with. */
	readonly widths: readonly number[];
	/** Blocks of each stage, downsampling not counted. */
	readonly depths: readonly number[];
	/** Blocks with squeeze-and-excitation, downsampling layers with it included. */
	readonly squeezeExciteCount: number;
	/** Blocks and downsampling layers that could have it. */
	readonly placeCount: number;
	/** Sides of the depthwise kernels, smallest first. */
	readonly kernels: readonly number[];
	/** What stands beside a depthwise kernel in training; `coupled` blocks have nothing there. */
	readonly branches: BlockPlan['branches'] | 'coupled';
}

/** Where a depthwise kernel is, and perhaps squeeze-and-excitation behind it. */
type Place = Pick<BlockPlan, 'squeezeChannels' | 'kernel'>;

export function planFacts({ stem, stages }: NetworkPlan): PlanFacts {
	const places: readonly Place[] = [
		...(stem.kind === 'mobilenetv3' ? stem.blocks : []),
		...stages.flatMap(({ downsampling, blocks }): readonly Place[] => {
			if (downsampling === null) return blocks;
			return downsampling.kind === 'deeper'
				? [downsampling.preBlock, downsampling, ...blocks]
				: [downsampling.block, ...blocks];
		})
	];
	const [first] = stages.flatMap(({ blocks }) => blocks);
	return {
		widths: stages.map(
			({ blocks, downsampling }) =>
				blocks.at(-1)?.outChannels ??
				(downsampling?.kind === 'deeper'
					? downsampling.outChannels
					: (downsampling?.block.outChannels ?? 0))
		),
		depths: stages.map(({ blocks }) => blocks.length),
		squeezeExciteCount: places.filter(({ squeezeChannels }) => squeezeChannels !== null).length,
		placeCount: places.length,
		kernels: [...new Set(places.map(({ kernel }) => kernel))].sort((a, b) => a - b),
		branches: first === undefined || first.mixing === 'coupled' ? 'coupled' : first.branches
	};
}
