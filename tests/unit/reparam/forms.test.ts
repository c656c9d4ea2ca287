import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { otherForm } from '$lib/arch/named-designs';
import { nodeAt, type OpNode } from '$lib/arch/module';
import { ROADMAP, type StepNumber } from '$lib/arch/roadmap';
import { firstParallelBlock } from '$lib/reparam/first-block';
import { planFold } from '$lib/arch/reparameterize/fold-plan';
import { foldKinds, formsOf, paramsAt } from '$lib/reparam/forms';
import { foldStateAt } from '$lib/reparam/presence';
import { CURRENT, FIRST_RELEASE, mobileOneBlock, partlyMerging, STRIDED } from './blocks';

const deployOf = (step: StepNumber) => analyseDesign(ROADMAP[step]!.design);
const trainingOf = (step: StepNumber) => analyseDesign(otherForm(ROADMAP[step]!.design));

describe('both forms of a block', () => {
	it.each(ROADMAP.slice(1))('cost what their networks say: step $step', ({ step }) => {
		const [training, deploy] = [trainingOf(step), deployOf(step)];
		const path = 'stages.2.blocks.1';
		const forms = formsOf(training, path)!;
		expect(forms.networkCost).toEqual({ training: training.total, deploy: deploy.total });
		expect(forms.blockCost).toEqual({
			training: training.costs.get(path),
			deploy: deploy.costs.get(path)
		});
		expect(forms.input).toEqual(deploy.shapes.get(path)!.input);
	});

	it('are none where there is no such part', () => {
		expect(formsOf(trainingOf(8), 'stages.2.blocks.99')).toBeNull();
	});
});

describe('what happens in each round', () => {
	it.each([
		['current', CURRENT, [['norm'], ['branch'], ['norm-of-sum']]],
		['first release', FIRST_RELEASE, [['norm'], ['branch']]],
		['strided', STRIDED, [['norm']]],
		['MobileOne', mobileOneBlock(), [['norm'], ['branch']]],
		['partly merging', partlyMerging(), [['norm'], ['branch'], ['norm-of-sum']]]
	] as const)('of folding: %s', (_, block, kinds) => {
		expect(foldKinds(planFold(block))).toEqual(kinds);
	});

	it('of folding a classifier: its norm goes into the layer behind, then the heads into one', () => {
		const { root } = analyseDesign({ ...ROADMAP[8]!.design, form: 'training', heads: 2 });
		expect(foldKinds(planFold(nodeAt(root, 'head')!))).toEqual([['norm-before'], ['branch']]);
	});
});

describe('the parameters on a box', () => {
	it('grow by the bias with the first norm that has gone in, not before and not again', () => {
		const plan = planFold(CURRENT);
		const path = 'token_mixer.conv.branches.depthwise.c';
		const { op } = nodeAt(CURRENT, path) as OpNode;
		const counts = [0, 0.3, 1 / 3, 0.6, 1].map((at) => paramsAt(op, path, foldStateAt(plan, at)));
		expect(counts).toEqual([144, 144, 160, 160, 160]);
	});

	it('add up to those of the deploy form in the end', () => {
		const plan = planFold(CURRENT);
		const state = foldStateAt(plan, 1);
		const sum = [...plan.hosts.keys()].reduce(
			(total, path) => total + paramsAt((nodeAt(CURRENT, path) as OpNode).op, path, state),
			0
		);
		expect(sum).toBe(16 * 9 + 16 + 2 * 16 * 32 + 32 + 16);
	});
});

describe('the first block with branches', () => {
	it('lies in the part that is asked for, if that has one', () => {
		const { root } = trainingOf(4);
		expect(firstParallelBlock(root, 'stages')).toBe('stages.0.blocks.0');
		expect(firstParallelBlock(root, 'stages.2.downsample')).toBe('stages.2.downsample.pre_block');
		expect(firstParallelBlock(root, 'stem')).toBe('stages.0.blocks.0');
	});

	it('skips coupled blocks, and there is none where all are', () => {
		// The stem of step 1 is made of coupled blocks still.
		expect(firstParallelBlock(trainingOf(1).root, '')).toBe('stages.0.blocks.0');
		expect(firstParallelBlock(trainingOf(0).root, '')).toBeNull();
	});
});
