import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASELINE } from '$lib/arch/design';
import { buildNetwork, buildTraining } from '$lib/arch/models/network';
import { ops, type ModuleNode } from '$lib/arch/module';
import { foldsOf } from '$lib/diagram/folds';
import { arbitraryDesign } from '../arch/designs';
import { parallelTree, smallTrainingTree } from './trees';

const kindsOf = (root: ModuleNode, keep: (path: string) => boolean) =>
	[...ops(root)]
		.filter(({ path, node }) => keep(path) && node.op.type !== 'identity')
		.map(({ node }) => node.op.type)
		.sort();

describe('what folds away', () => {
	it('is nothing of a deploy form', () => {
		fc.assert(
			fc.property(arbitraryDesign({ small: true }), (design) => {
				const { parts, joins } = foldsOf(buildNetwork({ ...design, form: 'deploy' }));
				expect([parts.size, joins.size]).toEqual([0, 0]);
			}),
			{ numRuns: 40 }
		);
	});

	it('leaves of a training form what its deploy form has', () => {
		fc.assert(
			fc.property(arbitraryDesign({ small: true }), (design) => {
				const training = buildTraining(design);
				const { parts } = foldsOf(training);
				expect(kindsOf(training, (path) => !parts.has(path))).toEqual(
					kindsOf(buildNetwork({ ...design, form: 'deploy' }), () => true)
				);
			}),
			{ numRuns: 40 }
		);
	});

	it('is every norm, the 1x1 branch, the line past the depthwise kernel, and their sum', () => {
		const block = 'stages.0.blocks.1';
		const { parts, joins } = foldsOf(smallTrainingTree());
		expect([...parts].filter((path) => path.startsWith(block))).toEqual([
			`${block}.token_mixer.conv.branches.depthwise.bn`,
			`${block}.token_mixer.conv.branches.pointwise`,
			`${block}.token_mixer.conv.branches.skip`,
			`${block}.token_mixer.conv.bn`,
			`${block}.channel_mixer.body.conv1.bn`,
			`${block}.channel_mixer.body.conv2.bn`
		]);
		// The channel mixer's skip stays: so does its join.
		expect([...joins].filter((path) => path.startsWith(block))).toEqual([
			`${block}.token_mixer.conv.branches`
		]);
	});

	it('is the second head as a whole', () => {
		const { parts, joins } = foldsOf(
			buildTraining({ ...BASELINE, classifier: 'simple', heads: 2 })
		);
		expect(parts.has('head.linear.head_dist')).toBe(true);
		expect(parts.has('head.linear.head')).toBe(false);
		expect(parts.has('head.linear')).toBe(false);
		expect(joins.has('head.linear')).toBe(true);
	});

	it('goes by what is computed, not by names', () => {
		const { parts, joins } = foldsOf(parallelTree());
		expect([...parts]).toEqual(['token_mixer.branches.dw1x1', 'token_mixer.branches.skip']);
		expect([...joins]).toEqual(['token_mixer.branches']);
	});
});
