import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deployForm, type Design } from '$lib/arch/design';
import { diffTrees, type Change } from '$lib/arch/diff';
import { summariseChanges } from '$lib/arch/diff-summary';
import { buildNetwork } from '$lib/arch/models/network';
import { ROADMAP, type StepNumber } from '$lib/arch/roadmap';
import { arbitraryDesign } from './designs';
import { arbitraryNetworkPair, arbitraryTreePair } from './tree-pairs';

const changesOf = (step: StepNumber) =>
	diffTrees(buildNetwork(ROADMAP[step - 1]!.design), buildNetwork(ROADMAP[step]!.design));

const trainingOf = (design: Design) => buildNetwork({ ...design, form: 'training' });

describe('diff', () => {
	it('finds nothing between a network and itself', { timeout: 30_000 }, () => {
		fc.assert(
			fc.property(arbitraryDesign({ small: true }), (design) => {
				expect(diffTrees(buildNetwork(design), buildNetwork(design))).toEqual([]);
			})
		);
	});

	it('tells the same story backwards when the sides are swapped', { timeout: 30_000 }, () => {
		const turned = (change: Change): Change => {
			switch (change.kind) {
				case 'added':
					return { ...change, kind: 'removed' };
				case 'removed':
					return { ...change, kind: 'added' };
				default:
					return {
						...change,
						before: change.item,
						item: change.before,
						attributes: change.attributes.map(({ attribute, before, after }) => ({
							attribute,
							before: after,
							after: before
						})),
						move: change.move && { from: change.move.to, to: change.move.from }
					};
			}
		};
		const texts = (changes: readonly Change[]) =>
			changes
				.map((change) => {
					const old = 'before' in change ? change.before.path : '';
					const { attributes = [], move = null } = 'attributes' in change ? change : {};
					return JSON.stringify([change.kind, old, change.item.path, attributes, move]);
				})
				.sort();
		fc.assert(
			fc.property(fc.oneof(arbitraryNetworkPair(), arbitraryTreePair()), ([a, b]) => {
				expect(texts(diffTrees(b, a))).toEqual(texts(diffTrees(a, b).map(turned)));
			})
		);
	});

	it('step 1: the depthwise convolution and SE move past the expansion; they are not replaced', () => {
		const changes = changesOf(1).filter(({ item }) => item.unit === 'stages.1.blocks.0');
		expect(changes.filter(({ kind }) => kind === 'moved').map(({ item }) => item.path)).toEqual([
			'stages.1.blocks.0.token_mixer.conv',
			...['pool', 'fc1', 'act', 'fc2', 'gate'].map((op) => `stages.1.blocks.0.se.excite.${op}`)
		]);
		expect(changes.filter(({ kind }) => kind === 'removed').map(({ item }) => item.what)).toContain(
			// MobileNetV3 has an activation behind the depthwise convolution, RepViT has none.
			'activation'
		);
	});

	it('step 7: only kernels', () => {
		const groups = summariseChanges(changesOf(7));
		expect(groups.map(({ role }) => role)).toEqual(['downsampling', 'token-mixer']);
		for (const group of groups) {
			expect(group).toMatchObject({
				kind: 'changed',
				what: 'depthwise',
				attributes: [{ attribute: 'kernel', before: '5×5', after: '3×3' }]
			});
		}
	});

	it('step 8: only SE, in the places that the paper gives', () => {
		const groups = summariseChanges(changesOf(8));
		expect(new Set(groups.map(({ what }) => what))).toEqual(new Set(['squeeze-excite']));
	});

	it('training form: every op of the deploy form is still there, and unchanged', () => {
		fc.assert(
			fc.property(arbitraryDesign({ small: true }), (design) => {
				const [deploy, training] = [buildNetwork(deployForm(design)), trainingOf(design)];
				const changes = diffTrees(deploy, training);
				expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(['added']));
				const there = new Set(diffTrees(training, deploy).map(({ item }) => item.path));
				expect(there).toEqual(new Set(changes.map(({ item }) => item.path)));
			}),
			{ numRuns: 40 }
		);
	});

	it('training form of M0.9: BatchNorms, 1x1 branches and a second head are added, in seven lines', () => {
		const { design } = ROADMAP[8]!;
		const groups = summariseChanges(
			diffTrees(buildNetwork(design), trainingOf({ ...design, heads: 2 }))
		);
		const lines = groups.map(({ what, role, paths }) => `${what} ${role} ${paths.length}`);
		expect(lines).toEqual([
			'batch-norm stem 2',
			// Per block: behind the 3x3 branch and behind the sum.
			'batch-norm token-mixer 46',
			'depthwise token-mixer 23',
			'batch-norm channel-mixer 52',
			'batch-norm downsampling 6',
			'batch-norm classifier 2',
			'linear classifier 1'
		]);
	});

	it('step 1 in training form: norms go with their mixers', () => {
		const changes = diffTrees(trainingOf(ROADMAP[0]!.design), trainingOf(ROADMAP[1]!.design));
		const norms = changes.filter(({ item }) => item.what === 'batch-norm');
		expect(norms.length).toBeGreaterThan(0);
		for (const { item } of norms) expect(item.role).toBe('token-mixer');
	});

	it.each(ROADMAP.slice(1))('step $step changes something, in few lines', ({ step }) => {
		const groups = summariseChanges(changesOf(step));
		expect(groups.length).toBeGreaterThan(0);
		expect(groups.length).toBeLessThanOrEqual(24);
	});
});
