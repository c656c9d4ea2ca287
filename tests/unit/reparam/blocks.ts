import fc from 'fast-check';
import { repViTBlock } from '$lib/arch/blocks/repvit-block';
import {
	activation,
	batchNorm,
	conv,
	convNorm,
	depthwise,
	depthwiseNorm
} from '$lib/arch/blocks/layers';
import { branches, op, sequential, type ModuleNode } from '$lib/arch/module';
import type { BlockPlan } from '$lib/arch/plan';

export const PLAN: BlockPlan = {
	mixing: 'separated',
	inChannels: 16,
	hiddenChannels: 32,
	outChannels: 16,
	kernel: 3,
	stride: 1,
	squeezeChannels: null,
	branches: 'current',
	activation: 'gelu'
};

export const CURRENT = repViTBlock('block', PLAN);
export const FIRST_RELEASE = repViTBlock('block', { ...PLAN, branches: 'first-release' });
export const STRIDED = repViTBlock('block', { ...PLAN, stride: 2, outChannels: 32 });

/** Every kind of RepViT block. */
export const arbitraryBlock: fc.Arbitrary<ModuleNode> = fc
	.record({
		branches: fc.constantFrom('current' as const, 'first-release' as const),
		kernel: fc.constantFrom(3, 5, 7),
		stride: fc.constantFrom(1 as const, 2 as const),
		squeezeChannels: fc.constantFrom(null, 8),
		inChannels: fc.integer({ min: 1, max: 4 }).map((eights) => eights * 8),
		outChannels: fc.integer({ min: 1, max: 4 }).map((eights) => eights * 8)
	})
	.map((choices) => repViTBlock('block', { ...PLAN, ...choices }));

/**
 * MobileOne's block: several 3x3 branches, a 1x1 one and a BatchNorm by itself, depthwise and then
 * pointwise, each with an activation behind. Nothing in it is called as in RepViT.
 */
export function mobileOneBlock(channels = 8): ModuleNode {
	return sequential('stage', [
		branches('spatial', 'add', [
			batchNorm('bare', channels),
			depthwiseNorm('scale', channels),
			depthwiseNorm('k0', channels, { kernel: 3 }),
			depthwiseNorm('k1', channels, { kernel: 3 })
		]),
		activation('relu0', 'relu'),
		branches('mix', 'add', [
			convNorm('k0', channels, channels),
			batchNorm('bare', channels),
			convNorm('k1', channels, channels)
		]),
		activation('relu1', 'relu')
	]);
}

/** FastViT's token mixer: a skip around a re-parameterised depthwise convolution. */
export function repMixer(channels = 8): ModuleNode {
	return branches('mixer', 'add', [
		op('through', { type: 'identity' }),
		branches('inner', 'add', [
			depthwiseNorm('large', channels, { kernel: 3 }),
			depthwise('small', channels)
		])
	]);
}

/** Branches of which only some merge: a grouped and a dense convolution stay side by side. */
export function partlyMerging(channels = 8): ModuleNode {
	return sequential('part', [
		branches('arms', 'add', [
			depthwiseNorm('dw', channels, { kernel: 3 }),
			op('through', { type: 'identity' }),
			conv('dense', channels, channels, { kernel: 3 })
		]),
		batchNorm('after', channels)
	]);
}

export const OTHER_BLOCKS = [
	['MobileOne', mobileOneBlock()],
	['RepMixer', repMixer()],
	['partly merging', partlyMerging()]
] as const;
