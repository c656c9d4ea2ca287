import fc from 'fast-check';
import type { BlockPlan, NetworkPlan, StagePlan } from '$lib/arch/plan';

const size = (max: number) => fc.integer({ min: 1, max });
const kernel = fc.constantFrom(3, 5, 7);
const squeeze = fc.option(size(16));

interface PlanOptions {
	/** Whether stages may have no blocks beside their downsampling layer, and equal widths. */
	readonly isOdd: boolean;
}

/** Any RepViT: widths, depths, kernels, SE and branches all drawn, block by block. */
export function arbitraryRepViT({ isOdd }: PlanOptions): fc.Arbitrary<NetworkPlan> {
	const block = fc.record({
		hiddenChannels: size(64),
		kernel,
		squeezeChannels: squeeze,
		branches: fc.constantFrom('current' as const, 'first-release' as const)
	});
	const stage = fc.record({
		width: size(32),
		preBlock: block,
		kernel,
		squeezeChannels: squeeze,
		ffnHiddenChannels: size(64),
		blocks: fc.array(block, { minLength: isOdd ? 0 : 1, maxLength: 3 })
	});
	return fc
		.record({
			stemHidden: size(16),
			stages: fc.array(stage, { minLength: 1, maxLength: 5 }),
			classes: size(20),
			heads: fc.constantFrom(1 as const, 2 as const)
		})
		.filter(
			({ stages }) =>
				// Without a single block nothing tells a RepViT.
				(stages.length > 1 || stages[0]!.blocks.length > 0) &&
				(isOdd || stages.every(({ width }, index) => width !== stages[index - 1]?.width))
		)
		.map(({ stemHidden, stages, classes, heads }): NetworkPlan => {
			const separated = (width: number, plan: Partial<BlockPlan>) =>
				({
					mixing: 'separated',
					inChannels: width,
					outChannels: width,
					stride: 1,
					activation: 'gelu',
					...plan
				}) as BlockPlan;
			return {
				stem: {
					kind: 'early-conv',
					hiddenChannels: stemHidden,
					outChannels: stages[0]!.width,
					activation: 'gelu'
				},
				stages: stages.map(({ width, preBlock, blocks, ...rest }, index): StagePlan => ({
					downsampling:
						index === 0
							? null
							: {
									kind: 'deeper',
									preBlock: separated(stages[index - 1]!.width, preBlock),
									kernel: rest.kernel,
									squeezeChannels: rest.squeezeChannels,
									outChannels: width,
									ffnHiddenChannels: rest.ffnHiddenChannels,
									activation: 'gelu'
								},
					blocks: blocks.map((plan) => separated(width, plan))
				})),
				classifier: { kind: 'simple', inChannels: stages.at(-1)!.width, classes, heads }
			};
		});
}

/** Any MobileNetV3 of the large one's layout; every block but the first expands. */
export function arbitraryMobileNetV3(): fc.Arbitrary<NetworkPlan> {
	const block = fc.record({ growth: size(48), kernel, squeezeChannels: squeeze });
	const stage = fc.record({
		widening: size(8),
		blocks: fc.array(block, { minLength: 1, maxLength: 3 })
	});
	return fc
		.record({
			conv: size(16),
			stages: fc.tuple(stage, stage, stage, stage, stage, stage),
			convChannels: size(32),
			hiddenFeatures: size(32),
			classes: size(20)
		})
		.map(({ conv, stages, ...sizes }): NetworkPlan => {
			let inChannels = conv;
			const blocks = stages.map(({ widening, blocks: drawn }, stageIndex) => {
				// Ever wider, so that the test's own table can tell stage 4 from stage 3.
				const outChannels = inChannels + widening;
				const count = stageIndex === 0 ? 1 : drawn.length;
				return drawn.slice(0, count).map(({ growth, ...plan }, index): BlockPlan => {
					const entering = inChannels;
					inChannels = outChannels;
					return {
						...plan,
						mixing: 'coupled',
						inChannels: entering,
						outChannels,
						hiddenChannels: stageIndex === 0 ? entering : entering + growth,
						stride: index === 0 && [1, 2, 3, 5].includes(stageIndex) ? 2 : 1,
						branches: 'current',
						activation: stageIndex < 3 ? 'relu' : 'hardSwish'
					};
				});
			}) as [BlockPlan[], BlockPlan[], BlockPlan[], BlockPlan[], BlockPlan[], BlockPlan[]];
			const strided = ([first]: readonly BlockPlan[]) =>
				({ kind: 'strided-block', block: first! }) as const;
			return {
				stem: {
					kind: 'mobilenetv3',
					conv: { outChannels: conv, activation: 'hardSwish' },
					blocks: [blocks[0][0]!, blocks[1][0]!]
				},
				stages: [
					{ downsampling: null, blocks: blocks[1].slice(1) },
					{ downsampling: strided(blocks[2]), blocks: blocks[2].slice(1) },
					{ downsampling: strided(blocks[3]), blocks: [...blocks[3].slice(1), ...blocks[4]] },
					{ downsampling: strided(blocks[5]), blocks: blocks[5].slice(1) }
				],
				classifier: { kind: 'mobilenetv3', inChannels, activation: 'hardSwish', ...sizes }
			};
		});
}
