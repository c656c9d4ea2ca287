import type { ActivationType } from '../../../arch/op';
import type { BlockPlan, NetworkPlan, StagePlan } from '../../../arch/plan';
import type { SizeOf } from '../sizes';
import type { CheckpointTensors } from '../types';
import { byIndex, convNames, isWhole, listLength, normNames, rename, shareOf } from './lists';
import type { Naming, Outline } from './naming';

/**
 * timm's `mobilenetv3_large_100`: seven stages, of which the first is one block without expansion and
 * the last one a 1x1 convolution. Strides and activations leave no trace in a file, so the stages
 * must be these; how many blocks they have, which widths, kernels and SE, is the file's to say.
 * Nor do the padding and the epsilon of TensorFlow's weights (`tf_mobilenetv3_large_*`), which have
 * the same names and shapes: run as timm's own, they give other outputs than they should.
 */
export const TIMM_MOBILENETV3: Naming = { name: 'timm-mobilenetv3', countOwn, read };

const OWN = /^blocks\.\d+\.\d+\.(?:conv_dw|conv_pw|conv_pwl)\./;
const LAST_STAGE = 6;

function countOwn(names: readonly string[]): number {
	const stages = byIndex(names, 'blocks');
	const isLast = [...stages].every(([stage, its]) => stage <= LAST_STAGE || !isWhole(its));
	const last = ['0.conv.weight', ...normNames('0.bn1')];
	if (!isLast || shareOf(last, stages.get(LAST_STAGE) ?? []) < 0.5) return 0;
	return names.filter((name) => OWN.test(name)).length;
}

/** A block as timm lists it. */
interface Block {
	/** `blocks.4.1` */
	readonly path: string;
	readonly stage: number;
	/** Within its stage. */
	readonly index: number;
	readonly hasSqueezeExcite: boolean;
}

function read(tensors: CheckpointTensors): Outline {
	const blocks = readBlocks([...tensors.keys()]);
	const layout = layOut(blocks);
	return {
		plan: (sizeOf) => planOf(layout, sizeOf),
		nameOf: ({ path, name }) => `${pathInFile(path, layout.paths)}.${name}`,
		isFusible: false,
		// A 1x1 convolution behind the pooling in timm, a linear layer here: the same arithmetic.
		shapeOf: ({ path, name, shape }) =>
			path === HIDDEN && name === 'weight' ? [...shape, 1, 1] : shape
	};
}

function readBlocks(names: readonly string[]): Block[] {
	const stages = byIndex(names, 'blocks');
	listLength(stages, 'blocks');
	return Array.from({ length: LAST_STAGE }, (_, stage) => {
		const members = byIndex(stages.get(stage) ?? [], '');
		// The first stage has one block: a second one would be nowhere in the stem.
		const depth = stage === 0 ? 1 : Math.max(1, listLength(members, `blocks.${stage}`));
		return Array.from({ length: depth }, (_, index): Block => {
			const gate = [...convNames('se.conv_reduce'), ...convNames('se.conv_expand')];
			return {
				path: `blocks.${stage}.${index}`,
				stage,
				index,
				hasSqueezeExcite: shareOf(gate, members.get(index) ?? []) >= 0.5
			};
		});
	}).flat();
}

/** timm's blocks, each where the tree has it. */
interface Layout {
	readonly stem: readonly Block[];
	readonly stages: readonly {
		readonly downsampling: Block | null;
		readonly blocks: readonly Block[];
	}[];
	/** timm's paths by those of the tree. */
	readonly paths: ReadonlyMap<string, string>;
}

/**
 * The stem ends, and a stage begins, with a block of stride 2: in timm those are the first ones of
 * stages 1, 2, 3 and 5. Its stage 4 goes on at the resolution of stage 3.
 */
function layOut(blocks: readonly Block[]): Layout {
	const within = (...stages: number[]) =>
		blocks.filter(({ stage, index }) => stages.includes(stage) && (index > 0 || stage === 4));
	const opening = (...stages: number[]) =>
		blocks.filter(({ stage, index }) => stages.includes(stage) && index === 0);
	const stem = opening(0, 1);
	const stages = [
		{ downsampling: null, blocks: within(1) },
		{ downsampling: opening(2)[0]!, blocks: within(2) },
		{ downsampling: opening(3)[0]!, blocks: within(3, 4) },
		{ downsampling: opening(5)[0]!, blocks: within(5) }
	];
	const paths = new Map([
		...stem.map(({ path }, index) => [`stem.block${index + 1}`, path] as const),
		...stages.flatMap(({ downsampling, blocks }, stage) => [
			...(downsampling ? [[`stages.${stage}.downsample`, downsampling.path] as const] : []),
			...blocks.map(({ path }, index) => [`stages.${stage}.blocks.${index}`, path] as const)
		])
	]);
	return { stem, stages, paths };
}

function planOf({ stem, stages }: Layout, sizeOf: SizeOf): NetworkPlan {
	// Each block reads what the one before it gives, and those are asked for in order.
	let channels = sizeOf('conv_stem', 'width');
	const next = (block: Block): BlockPlan => {
		const plan = blockPlan(block, channels, sizeOf);
		channels = plan.outChannels;
		return plan;
	};
	return {
		stem: {
			kind: 'mobilenetv3',
			conv: { outChannels: channels, activation: 'hardSwish' },
			blocks: stem.map(next)
		},
		stages: stages.map(({ downsampling, blocks }): StagePlan => ({
			downsampling: downsampling && { kind: 'strided-block', block: next(downsampling) },
			blocks: blocks.map(next)
		})),
		classifier: {
			kind: 'mobilenetv3',
			inChannels: channels,
			convChannels: sizeOf('blocks.6', 'width'),
			hiddenFeatures: sizeOf('conv_head', 'features'),
			classes: sizeOf('classifier', 'classes'),
			activation: 'hardSwish'
		}
	};
}

function blockPlan(
	{ path, stage, index, hasSqueezeExcite }: Block,
	inChannels: number,
	sizeOf: SizeOf
): BlockPlan {
	return {
		mixing: 'coupled',
		inChannels,
		outChannels: sizeOf(`blocks.${stage}`, 'width'),
		hiddenChannels: stage === 0 ? inChannels : sizeOf(path, 'hidden'),
		kernel: sizeOf(path, 'kernel'),
		stride: index === 0 && STRIDED_STAGES.has(stage) ? 2 : 1,
		squeezeChannels: hasSqueezeExcite ? sizeOf(path, 'squeeze') : null,
		branches: 'current',
		activation: activationOf(stage)
	};
}

const STRIDED_STAGES: ReadonlySet<number> = new Set([1, 2, 3, 5]);

/** As published: ReLU at first, hard-swish where the resolution is low. */
function activationOf(stage: number): ActivationType {
	return stage < 3 ? 'relu' : 'hardSwish';
}

const BLOCK = /^(stem\.block\d+|stages\.\d+\.(?:downsample|blocks\.\d+))\.(?:body\.)?(.+)$/;

function pathInFile(path: string, paths: Layout['paths']): string {
	const [, block, rest] = BLOCK.exec(path) ?? [];
	if (block === undefined || rest === undefined) return rename(path, ENDS);
	const blockPath = paths.get(block);
	if (blockPath === undefined) throw new Error(`The network has no "${block}".`);
	return `${blockPath}.${rename(rest, block === 'stem.block1' ? UNEXPANDED : EXPANDED)}`;
}

const HIDDEN = 'head.hidden';

const ENDS: readonly (readonly [RegExp, string])[] = [
	[/^stem\.conv\.c$/, 'conv_stem'],
	[/^stem\.conv\.bn$/, 'bn1'],
	[/^head\.conv\.c$/, `blocks.${LAST_STAGE}.0.conv`],
	[/^head\.conv\.bn$/, `blocks.${LAST_STAGE}.0.bn1`],
	[/^head\.hidden$/, 'conv_head'],
	[/^head\.linear$/, 'classifier']
];

const SQUEEZE_EXCITE: readonly (readonly [RegExp, string])[] = [
	[/^se\.excite\.fc1$/, 'se.conv_reduce'],
	[/^se\.excite\.fc2$/, 'se.conv_expand']
];

const EXPANDED: readonly (readonly [RegExp, string])[] = [
	[/^expand\.c$/, 'conv_pw'],
	[/^expand\.bn$/, 'bn1'],
	[/^depthwise\.c$/, 'conv_dw'],
	[/^depthwise\.bn$/, 'bn2'],
	[/^project\.c$/, 'conv_pwl'],
	[/^project\.bn$/, 'bn3'],
	...SQUEEZE_EXCITE
];

/** A block without the expanding convolution; what it projects with is called as that one. */
const UNEXPANDED: readonly (readonly [RegExp, string])[] = [
	[/^depthwise\.c$/, 'conv_dw'],
	[/^depthwise\.bn$/, 'bn1'],
	[/^project\.c$/, 'conv_pw'],
	[/^project\.bn$/, 'bn2'],
	...SQUEEZE_EXCITE
];
