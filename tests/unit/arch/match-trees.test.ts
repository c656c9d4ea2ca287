import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILY } from '$lib/arch/family';
import { matchTrees } from '$lib/arch/matching/match-trees';
import { buildNetwork } from '$lib/arch/models/network';
import { nodeAt, op, sequential, walk, type ModuleNode } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { convOp } from './forms';
import { arbitraryNetworkPair, arbitraryTreePair } from './tree-pairs';

const STEPS = ROADMAP.map(({ design }) => buildNetwork(design));
const between = (from: number, to: number) => matchTrees(STEPS[from]!, STEPS[to]!).toAfter;

/** A row of blocks of one convolution each. */
const rowOf = (...kernels: readonly number[]) =>
	sequential(
		'blocks',
		kernels.map((kernel, index) =>
			sequential(String(index), [op('c', convOp({ kernel: [kernel, kernel] }))], 'block')
		)
	);
const blocksOf = (a: ModuleNode, b: ModuleNode) =>
	[...matchTrees(a, b).toAfter].filter(([path]) => /^\d+$/.test(path)).sort();

describe('matching', () => {
	it('pairs each node once, op with op and module with module', { timeout: 30_000 }, () => {
		fc.assert(
			fc.property(fc.oneof(arbitraryNetworkPair(), arbitraryTreePair()), ([a, b]) => {
				const { toAfter, toBefore } = matchTrees(a, b);
				expect(toBefore.size).toBe(toAfter.size);
				const odd = [...toAfter].filter(([from, to]) => {
					const isOp = [nodeAt(a, from), nodeAt(b, to)].map((node) => node!.kind === 'op');
					return toBefore.get(to) !== from || isOp[0] !== isOp[1];
				});
				expect(odd).toEqual([]);
			})
		);
	});

	it('is turned round when the trees are swapped', { timeout: 30_000 }, () => {
		fc.assert(
			fc.property(fc.oneof(arbitraryNetworkPair(), arbitraryTreePair()), ([a, b]) => {
				const [there, back] = [matchTrees(a, b), matchTrees(b, a)];
				expect([...back.toAfter].sort()).toEqual([...there.toBefore].sort());
				expect([...back.joinsToBefore].map(([x, y]) => [y, x]).sort()).toEqual(
					[...there.joinsToBefore].sort()
				);
			})
		);
	});

	it('is all of a network with itself', () => {
		for (const root of STEPS) {
			const { toAfter } = matchTrees(root, structuredClone(root));
			expect([...toAfter].filter(([from, to]) => from !== to)).toEqual([]);
			expect(toAfter.size).toBe([...walk(root)].length);
		}
	});
});

describe('rows of blocks', () => {
	it('take an insertion for an insertion, wherever it is', () => {
		expect(blocksOf(rowOf(3, 5, 7), rowOf(9, 3, 5, 7))).toEqual([
			['0', '1'],
			['1', '2'],
			['2', '3']
		]);
		expect(blocksOf(rowOf(3, 5, 7), rowOf(3, 9, 9, 5, 7))).toEqual([
			['0', '0'],
			['1', '3'],
			['2', '4']
		]);
	});

	it('pair the earliest of equals, and keep all of the shorter row', () => {
		expect(blocksOf(rowOf(3, 3), rowOf(3, 3, 3))).toEqual([
			['0', '0'],
			['1', '1']
		]);
		expect(blocksOf(rowOf(3, 5), rowOf(7, 7))).toHaveLength(2);
	});

	it('step 6: five blocks stay, those with SE among those with SE', () => {
		const kept = [...between(5, 6)].filter(([path]) => /^stages\.2\.blocks\.\d+$/.test(path));
		expect(kept.map(([from, to]) => [from, to].map((path) => path.split('.')[3]))).toEqual([
			['0', '0'],
			['1', '1'],
			['2', '2'],
			['3', '8'],
			['4', '9']
		]);
	});

	it('step 8: every block is still itself, with or without its SE', () => {
		for (const { path, node } of walk(STEPS[7]!)) {
			if (node.role === 'block') expect(between(7, 8).get(path)).toBe(path);
		}
	});
});

describe('modules', () => {
	it('step 1: a block stays that block, its body becomes the channel mixer’s', () => {
		const block = 'stages.2.blocks.4';
		const toAfter = between(0, 1);
		expect(toAfter.get(block)).toBe(block);
		expect(toAfter.get(`${block}.body`)).toBe(`${block}.channel_mixer.body`);
		expect(toAfter.get(`${block}.skip`)).toBe(`${block}.channel_mixer.skip`);
		expect(toAfter.get(`${block}.body.se`)).toBe(`${block}.se`);
		expect(toAfter.get(`${block}.body.depthwise`)).toBe(`${block}.token_mixer.conv`);
	});

	it('M2.3 holds all that M0.9 is, in training form', () => {
		const [a, b] = [FAMILY[1]!, FAMILY[5]!].map(({ design }) =>
			buildNetwork({ ...design, form: 'training', heads: 2 })
		) as [ModuleNode, ModuleNode];
		const { toAfter } = matchTrees(a, b);
		expect(toAfter.size).toBe([...walk(a)].length);
	});
});
