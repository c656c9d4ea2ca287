import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { block } from '$lib/arch/blocks/block';
import { classifier } from '$lib/arch/blocks/classifier';
import { squeezeExcite } from '$lib/arch/blocks/squeeze-excite';
import { mixingOf, opMixing, type Mixing } from '$lib/arch/mixing';
import { buildNetwork } from '$lib/arch/models/network';
import { nodeAt, op, ops, sequential, walk, type ModuleNode } from '$lib/arch/module';
import type { Op } from '$lib/arch/op';
import type { BlockPlan } from '$lib/arch/plan';
import { ROADMAP } from '$lib/arch/roadmap';
import { volume, type Shape } from '$lib/arch/shapes';
import { arbitraryDesign } from './designs';
import { convOp, linearOp, normOp, randomWeights } from './forms';
import { interpret } from './interpreter';

const IMAGE: Shape = [1, 4, 5, 5];

/**
 * What a module mixes, found by computing it: the inputs that any one output depends on lie at more
 * than one position, or in more than one channel.
 */
function mixingByEffect(root: ModuleNode, shape: Shape): Mixing {
	const weights = randomWeights(7);
	const values = Float64Array.from({ length: volume(shape) }, (_, i) => Math.sin(3 * i) + 0.3);
	const compute = (data: Float64Array) => interpret(root, weights, { shape, data }, 'double').data;
	const base = compute(values);
	const reads = Array.from(base, () => ({
		channels: new Set<number>(),
		positions: new Set<number>()
	}));
	const positions = volume(shape.slice(2));
	values.forEach((value, i) => {
		compute(values.with(i, value + 0.5)).forEach((output, o) => {
			if (output === base[o]) return;
			reads[o]!.channels.add(Math.floor(i / positions));
			reads[o]!.positions.add(i % positions);
		});
	});
	const tokens = reads.some((read) => read.positions.size > 1);
	const channels = reads.some((read) => read.channels.size > 1);
	if (tokens && channels) return 'both';
	return tokens ? 'tokens' : channels ? 'channels' : 'none';
}

const BLOCK: BlockPlan = {
	mixing: 'separated',
	inChannels: 4,
	outChannels: 4,
	hiddenChannels: 8,
	kernel: 3,
	stride: 1,
	squeezeChannels: null,
	branches: 'current',
	activation: 'gelu'
};

const OPS: readonly [string, Op, Mixing, Shape?][] = [
	['1x1 convolution', convOp(), 'channels'],
	['dense 3x3 convolution', convOp({ kernel: [3, 3], stride: [2, 2] }), 'both'],
	['4x4 patches', convOp({ kernel: [4, 4], stride: [4, 4], padding: [0, 0] }), 'both'],
	['depthwise 3x3', convOp({ kernel: [3, 3], groups: 4 }), 'tokens'],
	['depthwise 1x3', convOp({ kernel: [1, 3], groups: 4 }), 'tokens'],
	['strided depthwise 5x5', convOp({ kernel: [5, 5], groups: 4, stride: [2, 2] }), 'tokens'],
	['depthwise 1x1', convOp({ groups: 4 }), 'none'],
	['grouped 1x1, two channels each', convOp({ groups: 2 }), 'channels'],
	['linear layer', linearOp(6, 3), 'channels', [1, 6]],
	['average pool', { type: 'globalAvgPool' }, 'tokens'],
	['BatchNorm', normOp(4), 'none'],
	['flatten', { type: 'flatten' }, 'none', [1, 4, 1, 1]],
	['identity', { type: 'identity' }, 'none'],
	['GELU', { type: 'gelu' }, 'none'],
	['hard-swish', { type: 'hardSwish' }, 'none'],
	['ReLU', { type: 'relu' }, 'none'],
	['sigmoid', { type: 'sigmoid' }, 'none'],
	['hard-sigmoid', { type: 'hardSigmoid' }, 'none']
];

const MODULES: readonly [string, ModuleNode, Mixing][] = [
	['MobileNetV3 block', block('b', { ...BLOCK, mixing: 'coupled' }), 'both'],
	['RepViT block', block('b', BLOCK), 'both'],
	['token mixer', nodeAt(block('b', BLOCK), 'token_mixer')!, 'tokens'],
	['channel mixer', nodeAt(block('b', BLOCK), 'channel_mixer')!, 'channels'],
	['squeeze-and-excitation', squeezeExcite('se', 4, 8, 'repvit'), 'both'],
	[
		'simple classifier',
		classifier({ kind: 'simple', inChannels: 4, classes: 3, heads: 2 }),
		'both'
	],
	['scale and norm', sequential('s', [op('c', convOp({ groups: 4 })), op('bn', normOp(4))]), 'none']
];

describe('what an op mixes', () => {
	it.each(OPS)('%s', (_, operation, mixing, shape = IMAGE) => {
		expect(opMixing(operation)).toBe(mixing);
		expect(mixingByEffect(op('op', operation), shape)).toBe(mixing);
	});
});

describe('what a module mixes', () => {
	it.each(MODULES)('%s', (_, root, mixing) => {
		expect(mixingOf(root)).toBe(mixing);
		expect(mixingByEffect(root, IMAGE)).toBe(mixing);
	});
});

/** Convolutions by extent and groups, other ops by type. */
function kindOf(operation: Op): string {
	if (operation.type !== 'conv') return operation.type;
	const { groups, inChannels, kernel } = operation;
	return `${groups === inChannels ? 'depthwise' : 'dense'} ${kernel.join('x')}`;
}

const EXPECTED: Readonly<Record<string, Mixing>> = {
	'dense 1x1': 'channels',
	'dense 3x3': 'both',
	'depthwise 1x1': 'none',
	'depthwise 3x3': 'tokens',
	'depthwise 5x5': 'tokens',
	linear: 'channels',
	globalAvgPool: 'tokens',
	batchNorm: 'none',
	flatten: 'none',
	identity: 'none',
	gelu: 'none',
	relu: 'none',
	sigmoid: 'none',
	hardSigmoid: 'none'
};

describe('in the nine steps, in both forms', () => {
	const trees = ROADMAP.flatMap(({ step, design }) =>
		(['deploy', 'training'] as const).map((form) => ({
			name: `step ${step}, ${form}`,
			root: buildNetwork({ ...design, form })
		}))
	);

	it('is known of every op', () => {
		const found = new Map<string, Set<Mixing>>();
		for (const { root } of trees) {
			for (const { node } of ops(root)) {
				const kind = kindOf(node.op);
				found.set(kind, (found.get(kind) ?? new Set()).add(opMixing(node.op)));
			}
		}
		expect(Object.fromEntries([...found].map(([kind, set]) => [kind, [...set].join()]))).toEqual(
			EXPECTED
		);
	});

	it.each(trees)('$name: tokens, channels and both, as the roles say', ({ root }) => {
		const byRole = new Map<string, Set<Mixing>>();
		for (const { node } of walk(root)) {
			if (node.role === undefined) continue;
			byRole.set(node.role, (byRole.get(node.role) ?? new Set()).add(mixingOf(node)));
		}
		expect([...byRole.get('token-mixer')!]).toEqual(['tokens']);
		expect([...byRole.get('channel-mixer')!]).toEqual(['channels']);
		expect([...byRole.get('squeeze-excite')!]).toEqual(['both']);
		for (const role of ['stem', 'stage', 'block', 'downsampling', 'classifier']) {
			expect([...byRole.get(role)!], role).toEqual(['both']);
		}
	});
});

it('is the same before and after re-parameterisation', () => {
	fc.assert(
		fc.property(arbitraryDesign({ small: true }), (design) => {
			const training = buildNetwork({ ...design, form: 'training' });
			const deploy = buildNetwork({ ...design, form: 'deploy' });
			for (const { node, path } of walk(deploy)) {
				const before = nodeAt(training, path);
				if (before) expect(mixingOf(before), path).toBe(mixingOf(node));
			}
		}),
		{ numRuns: 30 }
	);
});
