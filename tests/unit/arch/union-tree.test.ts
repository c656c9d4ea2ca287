import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { BASELINE, type Design } from '$lib/arch/design';
import { matchTrees } from '$lib/arch/matching/match-trees';
import { buildNetwork } from '$lib/arch/models/network';
import { nodeAt, ops, walk, type ModuleNode } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { uniteShapes, uniteTrees, type UnionTree } from '$lib/arch/union-tree';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { arbitraryDesign } from './designs';
import { arbitraryNetworkPair, arbitraryTreePair } from './tree-pairs';

const RUNS = { numRuns: 60 };
const DEPTHS = [0, 1, 2, Infinity];
const opPaths = (root: ModuleNode) =>
	[...ops(root)].filter(({ node }) => node.op.type !== 'identity').map(({ path }) => path);

/** Ops of the union that one of the networks has, by its paths, in the union's order. */
function readAs(side: 'before' | 'after', { root, places }: UnionTree): string[] {
	const other = side === 'before' ? ['added', 'moved'] : ['removed', 'moved-from'];
	return opPaths(root).flatMap((path) => {
		const place = places.get(path)!;
		return place.mark !== null && other.includes(place.mark) ? [] : [place[side] ?? 'none'];
	});
}

function expectDrawn(a: Design, b: Design): void {
	const [before, after] = [analyseDesign(a), analyseDesign(b)];
	const union = uniteTrees(before.root, after.root);
	const shapes = uniteShapes(union, { before: before.shapes, after: after.shapes });
	for (const depth of DEPTHS) {
		const { parts } = layoutDiagram({
			root: union.root,
			shapes,
			open: defaultOpen(union.root, depth)
		});
		expect(parts.length).toBeGreaterThan(5);
		const isSound = parts.every(
			({ path, x, y, height }) => union.places.has(path) && x > 0 && y > 0 && height > 0
		);
		expect(isSound).toBe(true);
	}
}

describe('the union', () => {
	it('of a network and itself is that network, without a mark', { timeout: 30_000 }, () => {
		for (const { design } of ROADMAP) {
			const root = buildNetwork(design);
			const union = uniteTrees(root, structuredClone(root));
			expect(union.root).toEqual(root);
			const odd = [...union.places].filter(
				([path, { before, after, mark, joinMark }]) =>
					before !== path || after !== path || mark !== null || joinMark !== null
			);
			expect(odd).toEqual([]);
			expect(union.moves).toEqual([]);
		}
	});

	it('reads as either network, op by op in its order', { timeout: 30_000 }, () => {
		fc.assert(
			fc.property(arbitraryNetworkPair(), ([a, b]) => {
				const union = uniteTrees(a, b);
				expect(readAs('before', union)).toEqual(opPaths(a));
				expect(readAs('after', union)).toEqual(opPaths(b));
			}),
			RUNS
		);
	});

	it(
		'holds all ops of two random trees, and all of the later one in its order',
		{ timeout: 30_000 },
		() => {
			fc.assert(
				fc.property(arbitraryTreePair(), ([a, b]) => {
					const union = uniteTrees(a, b);
					expect(new Set(readAs('before', union))).toEqual(new Set(opPaths(a)));
					expect(readAs('after', union)).toEqual(opPaths(b));
					expect([...walk(union.root)].map(({ path }) => path)).toEqual([...union.places.keys()]);
				})
			);
		}
	);

	it('is drawn at every depth, for every pair of steps', { timeout: 120_000 }, () => {
		for (const a of ROADMAP) for (const b of ROADMAP) expectDrawn(a.design, b.design);
	});

	it('is drawn at every depth, for random designs', { timeout: 120_000 }, () => {
		const design = arbitraryDesign({ small: true });
		fc.assert(fc.property(design, design, expectDrawn), { numRuns: 40 });
	});

	it('step 1: ghosts of the depthwise convolution and the SE, and the way to where they are', () => {
		const [a, b] = [BASELINE, ROADMAP[1]!.design].map(buildNetwork) as [ModuleNode, ModuleNode];
		const union = uniteTrees(a, b, matchTrees(a, b));
		const block = 'stages.2.blocks.4';
		const inside = nodeAt(union.root, `${block}.channel_mixer.body`);
		expect(inside?.kind === 'sequential' && inside.children.map(({ name }) => name)).toEqual([
			'conv1',
			'act',
			'depthwise',
			'depthwise_act',
			'se',
			'conv2'
		]);
		expect(union.moves.filter(({ to }) => to.startsWith(block))).toEqual([
			{ from: `${block}.channel_mixer.body.depthwise`, to: `${block}.token_mixer.conv` },
			{ from: `${block}.channel_mixer.body.se`, to: `${block}.se` }
		]);
		expect(union.places.get(`${block}.channel_mixer.body.se`)).toEqual({
			before: `${block}.body.se`,
			after: null,
			mark: 'moved-from',
			joinMark: 'moved-from'
		});
		expect(union.places.get(`${block}.channel_mixer.body.depthwise_act`)?.mark).toBe('removed');
	});

	it('step 6 and back: whole blocks, told apart by their names', () => {
		const [a, b] = [5, 6].map((step) => buildNetwork(ROADMAP[step]!.design)) as [
			ModuleNode,
			ModuleNode
		];
		const back = uniteTrees(b, a);
		const row = nodeAt(back.root, 'stages.2.blocks');
		expect(row?.kind === 'sequential' && row.children).toHaveLength(14);
		const removed = [...back.places].filter(
			([path, { mark }]) => /^stages\.2\.blocks\.\d+$/.test(path) && mark === 'removed'
		);
		expect(removed).toHaveLength(9);
		for (const [, { before, after }] of removed) {
			expect(before).toMatch(/^stages\.2\.blocks\.\d+$/);
			expect(after).toBeNull();
		}
	});

	it('both forms: what folds away stands around the kernel again', () => {
		const { design } = ROADMAP[8]!;
		const training = buildNetwork({ ...design, form: 'training' });
		const union = uniteTrees(training, buildNetwork(design));
		const mixer = 'stages.2.blocks.1.token_mixer.conv';
		expect(union.places.get(`${mixer}.branches.depthwise.conv`)).toEqual({
			before: `${mixer}.branches.depthwise.c`,
			after: mixer,
			mark: null,
			joinMark: null
		});
		expect(union.places.get(`${mixer}.branches.pointwise`)?.mark).toBe('removed');
	});
});
