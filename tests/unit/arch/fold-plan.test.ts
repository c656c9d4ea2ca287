import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequential, nodeAt, ops } from '$lib/arch/module';
import { planFold } from '$lib/arch/reparameterize/fold-plan';
import {
	arbitraryBlock,
	CURRENT,
	FIRST_RELEASE,
	mobileOneBlock,
	OTHER_BLOCKS,
	partlyMerging,
	repMixer,
	STRIDED
} from '../reparam/blocks';

const told = (plan: ReturnType<typeof planFold>) =>
	[...plan.absorptions]
		.map(([path, { host, kind, round }]) => `${round} ${path} -> ${host} (${kind})`)
		.sort();

describe('what becomes of each op', () => {
	it('of the current block: its norm, then the branches, then the norm behind the sum', () => {
		expect(told(planFold(CURRENT))).toEqual([
			'1 channel_mixer.body.conv1.bn -> channel_mixer.body.conv1.c (norm)',
			'1 channel_mixer.body.conv2.bn -> channel_mixer.body.conv2.c (norm)',
			'1 token_mixer.conv.branches.depthwise.bn -> token_mixer.conv.branches.depthwise.c (norm)',
			'2 token_mixer.conv.branches.pointwise -> token_mixer.conv.branches.depthwise.c (branch)',
			'2 token_mixer.conv.branches.skip -> token_mixer.conv.branches.depthwise.c (branch)',
			'3 token_mixer.conv.bn -> token_mixer.conv.branches.depthwise.c (norm-of-sum)'
		]);
	});

	it('of the first release: the branches come last, each with its own norm folded', () => {
		const plan = planFold(FIRST_RELEASE);
		expect(plan.rounds).toBe(2);
		expect(told(plan).filter((line) => line.startsWith('2'))).toEqual([
			'2 token_mixer.conv.pointwise.c -> token_mixer.conv.depthwise.c (branch)',
			'2 token_mixer.conv.skip -> token_mixer.conv.depthwise.c (branch)'
		]);
	});

	it('of a strided block: nothing but its norms', () => {
		const plan = planFold(STRIDED);
		expect(plan.rounds).toBe(1);
		expect([...plan.absorptions.values()].map(({ kind }) => kind)).toEqual([
			'norm',
			'norm',
			'norm'
		]);
	});

	it('of a MobileOne block, whose bare BatchNorms are branches', () => {
		expect(told(planFold(mobileOneBlock())).filter((line) => line.includes('bare'))).toEqual([
			'2 mix.bare -> mix.k0.c (branch)',
			'2 spatial.bare -> spatial.k0.c (branch)'
		]);
	});

	it('of a sum within a sum: each skip goes with its own', () => {
		expect(told(planFold(repMixer()))).toEqual([
			'1 inner.large.bn -> inner.large.c (norm)',
			'2 inner.small -> inner.large.c (branch)',
			'3 through -> inner.large.c (branch)'
		]);
	});

	it('of a norm that scales what does not merge: once, when the last is ready', () => {
		expect(told(planFold(partlyMerging()))).toEqual([
			'1 arms.dw.bn -> arms.dw.c (norm)',
			'2 arms.through -> arms.dw.c (branch)',
			'3 after -> arms.dw.c (norm-of-sum)'
		]);
	});

	it('of a tree without weights: none of it', () => {
		expect(planFold(sequential('empty', [])).rounds).toBe(0);
	});
});

describe('a plan accounts for every op', () => {
	const check = (training: Parameters<typeof planFold>[0]) => {
		const { deploy, absorptions, hosts } = planFold(training);
		const left = [...ops(training)].filter(({ path }) => !absorptions.has(path));
		expect(left.map(({ node }) => node.op.type)).toEqual(
			[...ops(deploy)].map(({ node }) => node.op.type)
		);
		for (const { host, round } of absorptions.values()) {
			// A host is left, or goes itself in a later round.
			const next = absorptions.get(host);
			if (next) expect(next.round).toBeGreaterThan(round);
			else expect(hosts.has(host)).toBe(true);
		}
		for (const [from, to] of hosts) {
			const before = nodeAt(training, from);
			expect(before).toMatchObject({ op: { type: 'conv' } });
			const { op } = before as { op: object };
			expect(nodeAt(deploy, to)).toMatchObject({ op: { ...op, bias: true } });
		}
	};

	it('of any RepViT block', () => {
		fc.assert(fc.property(arbitraryBlock, check), { numRuns: 60 });
	});

	it.each(OTHER_BLOCKS)('of other blocks: %s', (_, block) => check(block));
});
