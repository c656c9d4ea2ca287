import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { nodeAt, type ModuleNode } from '$lib/arch/module';
import { buildTraining } from '$lib/arch/models/network';
import { reparameterize } from '$lib/arch/reparameterize/reparameterize';
import { ROADMAP } from '$lib/arch/roadmap';
import { findBranchSum, foldBranches } from '$lib/reparam/kernel-sum';
import { foldedWeights } from '$lib/weights/fold';
import { seededWeights } from '$lib/weights/seeded';
import type { WeightSource } from '$lib/weights/source';
import { arbitraryBlock, CURRENT, FIRST_RELEASE, mobileOneBlock, STRIDED } from './blocks';

function branchesOf(training: ModuleNode, seed = 1) {
	const { terms } = reparameterize(training);
	const source = seededWeights({ root: training, seed });
	return foldBranches({ terms, source }, '');
}

/** Every weight is 0 but those that are given, by path and name. */
const only =
	(values: Readonly<Record<string, number>>): WeightSource =>
	({ path, name }, target) => {
		target.fill(values[`${path}.${name}`] ?? (name === 'running_var' ? 1 : 0));
	};

describe('the parts of a fused kernel', () => {
	it('add up to it, in any block with branches and any channel', () => {
		fc.assert(
			fc.property(arbitraryBlock, fc.integer(), fc.nat(7), (block, seed, channel) => {
				const branches = branchesOf(block, seed);
				fc.pre(branches !== null);
				const { summands, sum, norm, fused, largestDifference } = branches!.sumOf(channel);
				const scale = norm?.scale ?? 1;
				fused.values.forEach((value, tap) => {
					const parts = summands.reduce((total, part) => total + part.values[tap]!, 0);
					expect(sum.values[tap]).toBeCloseTo(parts, 12);
					// The fused kernel is stored in single precision.
					expect(Math.abs(value - scale * parts)).toBeLessThanOrEqual(largestDifference + 1e-15);
				});
				expect(largestDifference).toBeLessThan(1e-6);
				expect(largestDifference).toBeGreaterThan(0);
			}),
			{ numRuns: 60 }
		);
	});

	it('are a 3x3 with its norm, a padded 1x1 and the identity, then the norm behind', () => {
		const { summands, norm, side } = branchesOf(CURRENT)!.sumOf(3);
		expect(summands.map(({ kind }) => kind)).toEqual([
			{ code: 'conv', kernel: 3, hasNorm: true },
			{ code: 'conv', kernel: 1, hasNorm: false },
			{ code: 'identity' }
		]);
		expect(side).toBe(3);
		expect(norm).not.toBeNull();
		expect(summands[1]!.values.map((value) => value !== 0)).toEqual([
			...[false, false, false],
			...[false, true, false],
			...[false, false, false]
		]);
		expect(summands[2]!).toMatchObject({ values: [0, 0, 0, 0, 1, 0, 0, 0, 0], bias: 0 });
	});

	it('have no norm behind in the first release, and a bare one in MobileOne', () => {
		const first = branchesOf(FIRST_RELEASE)!.sumOf(0);
		expect(first.norm).toBeNull();
		expect(first.fused.values[4]).toBeCloseTo(first.sum.values[4]!, 6);
		const mobileOne = branchesOf(mobileOneBlock())!.sumOf(0);
		expect(mobileOne.summands.map(({ kind }) => kind.code)).toContain('norm');
		expect(mobileOne.largestDifference).toBeLessThan(1e-6);
	});

	it('carry their biases and the shift of the norm behind them', () => {
		const { terms } = reparameterize(CURRENT);
		const at = 'token_mixer.conv';
		const source = only({
			[`${at}.branches.depthwise.bn.bias`]: 2,
			[`${at}.branches.pointwise.bias`]: 0.5,
			[`${at}.bn.weight`]: 3,
			[`${at}.bn.bias`]: 7,
			[`${at}.bn.running_mean`]: 1
		});
		const { summands, norm, fused } = foldBranches({ terms, source }, '')!.sumOf(0);
		expect(summands.map(({ bias }) => bias)).toEqual([2, 0.5, 0]);
		expect(norm!.scale).toBeCloseTo(3, 4);
		expect(norm!.shift).toBeCloseTo(4, 4);
		expect(fused.bias).toBeCloseTo(3 * 2.5 + 4, 4);
		expect(fused.values[4]).toBeCloseTo(3, 4);
	});

	it('are those of the block asked for, and end as the kernel that the network runs', () => {
		const training = buildTraining(ROADMAP[8]!.design);
		const { root, terms } = reparameterize(training);
		const source = seededWeights({ root: training, seed: 5 });
		const block = 'stages.2.blocks.4';
		const found = findBranchSum(terms, block)!;
		expect(found.path.startsWith(`${block}.token_mixer`)).toBe(true);
		expect(nodeAt(root, found.path)).toMatchObject({ op: { groups: 192 } });
		const branches = foldBranches({ terms, source }, block)!;
		expect(branches.channels).toBe(192);
		const weight = new Float32Array(192 * 9);
		const address = { path: found.path, name: 'weight', shape: [192, 1, 3, 3] } as const;
		foldedWeights({ terms, keptNorms: new Map() }, source)(address, weight);
		expect(branches.sumOf(100).fused.values).toEqual([...weight.subarray(900, 909)]);
	});

	it('are none in a strided block, a coupled block or the classifier', () => {
		expect(branchesOf(STRIDED)).toBeNull();
		const { root } = analyseDesign({ ...ROADMAP[0]!.design, form: 'training' });
		expect(branchesOf(root)).toBeNull();
		const { terms } = reparameterize(buildTraining(ROADMAP[8]!.design));
		expect(findBranchSum(terms, 'head')).toBeNull();
		// A path is a part's, not the beginning of another's.
		expect(findBranchSum(terms, 'stages.2.blocks.1')!.path).toContain('blocks.1.');
	});
});
