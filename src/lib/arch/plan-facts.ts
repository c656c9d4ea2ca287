import type { BlockPlan, NetworkPlan } from './plan';

/** Some of all. */
interface Share {
	readonly with: number;
	readonly all: number;
}

/** A plan in a few figures, as a person would tell it. */
export interface PlanFacts {
	/** Channels that each stage ends with. */
	readonly widths: readonly number[];
	/** Blocks of each stage, downsampling not counted. */
	readonly depths: readonly number[];
	/** Where squeeze-and-excitation is, of all the places that could have it. */
	readonly squeezeExcite: {
		readonly blocks: Share;
		/** A downsampling layer counts once, whether it has it in its block, behind it or in both. */
		readonly downsampling: Share;
	};
	/** Sides of the depthwise kernels, smallest first. */
	readonly kernels: readonly number[];
	/** What stands beside a depthwise kernel in training; `coupled` blocks have nothing there. */
	readonly branches: BlockPlan['branches'] | 'coupled';
}

/** Where a depthwise kernel is, and perhaps squeeze-and-excitation behind it. */
type Place = Pick<BlockPlan, 'squeezeChannels' | 'kernel'>;

export function planFacts({ stem, stages }: NetworkPlan): PlanFacts {
	const blocks: readonly Place[] = [
		...(stem.kind === 'mobilenetv3' ? stem.blocks : []),
		...stages.flatMap((stage) => stage.blocks)
	];
	const layers = stages.flatMap(({ downsampling }): (readonly Place[])[] => {
		if (downsampling === null) return [];
		return [
			downsampling.kind === 'deeper' ? [downsampling.preBlock, downsampling] : [downsampling.block]
		];
	});
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
		squeezeExcite: {
			blocks: { with: blocks.filter(hasSqueezeExcite).length, all: blocks.length },
			downsampling: {
				with: layers.filter((parts) => parts.some(hasSqueezeExcite)).length,
				all: layers.length
			}
		},
		kernels: [...new Set([...blocks, ...layers.flat()].map(({ kernel }) => kernel))].sort(
			(a, b) => a - b
		),
		branches: first === undefined || first.mixing === 'coupled' ? 'coupled' : first.branches
	};
}

function hasSqueezeExcite({ squeezeChannels }: Place): boolean {
	return squeezeChannels !== null;
}
