import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { buildNetwork } from '$lib/arch/models/network';
import { nodeAt } from '$lib/arch/module';
import { inferencesOf, ROADMAP, SIDE_POINTS, type InferenceCode } from '$lib/arch/roadmap';
import { inferredParts } from '$lib/diagram/inferred-parts';
import { inferredReasons } from '$lib/diagram/inferred-reasons';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { spokenText } from '$lib/diagram/node-text';
import { defaultOpen } from '$lib/diagram/layout/visible';

const STEPS = ROADMAP.map(({ step, design }) => {
	const { root, shapes } = analyseDesign(design);
	return { step, design, root, shapes, parts: inferredParts(root, inferencesOf(design)) };
});
/** Paths that a code concerns in a step. */
const concerned = (step: number, code: InferenceCode) =>
	[...STEPS[step]!.parts]
		.filter(([, inferences]) => inferences.some((inference) => inference.code === code))
		.map(([path]) => path);
const stages = [0, 1, 2, 3].map((stage) => `stages.${stage}`);
const downsamplings = [1, 2, 3].map((stage) => `stages.${stage}.downsample`);

describe.each(STEPS)('what is inferred of step $step', ({ step, design, root, shapes, parts }) => {
	it('is of nodes that exist, every inference of at least one', () => {
		for (const path of parts.keys()) expect(nodeAt(root, path)).toBeDefined();
		const told = new Set([...parts.values()].flat().map(({ code }) => code));
		expect(told).toEqual(new Set(inferencesOf(design).map(({ code }) => code)));
		expect(parts.size === 0).toBe(step === 8);
	});

	it('is seen in the drawing: all of its paths are parts, once all is open', () => {
		const drawn = new Set(
			[0, 1, 2, Infinity].flatMap((depth) =>
				layoutDiagram({ root, shapes, open: defaultOpen(root, depth) }).parts.flatMap(
					({ paths }) => paths
				)
			)
		);
		expect([...parts.keys()].filter((path) => !drawn.has(path))).toEqual([]);
	});

	it('is found in the training form as well', () => {
		const training = buildNetwork({ ...design, form: 'training' });
		const there = inferredParts(training, inferencesOf(design));
		for (const path of there.keys()) expect(nodeAt(training, path)).toBeDefined();
		// A kernel of the deploy form is several in training, under names of their own.
		for (const path of parts.keys()) {
			expect(there.has(path) || nodeAt(root, path)!.kind === 'op').toBe(true);
		}
		expect(new Set([...there.values()].flat())).toEqual(new Set(inferencesOf(design)));
	});
});

describe('what an inference concerns', () => {
	it('is the layer table of the baseline, and its activations outside SE', () => {
		expect(concerned(0, 'layer-table')).toEqual(['stem', ...stages, 'head']);
		const activations = concerned(0, 'activation-everywhere');
		expect(activations).toContain('stem.act');
		expect(activations.some((path) => path.includes('.se.'))).toBe(false);
	});

	it('is the depth of every stage', () => {
		for (const step of [1, 2, 3, 4, 5]) expect(concerned(step, 'depths')).toEqual(stages);
	});

	it('is where 5x5 kernels sit: stages 2 and 4', () => {
		const mixers = (step: number, code: InferenceCode) =>
			concerned(step, code).filter(
				(path) => nodeAt(STEPS[step]!.root, path)!.role === 'token-mixer'
			);
		expect(mixers(1, 'kernel-positions')).toEqual(
			[1, 3].flatMap((stage) =>
				['downsample', 'blocks.0', 'blocks.1'].map(
					(layer) => `stages.${stage}.${layer}.token_mixer`
				)
			)
		);
		expect(concerned(4, 'kernel-positions')).toContain('stages.1.downsample.spatial_downsample');
		expect(concerned(4, 'kernel-positions').some((path) => path.includes('pre_block'))).toBe(false);
		expect(mixers(6, 'kernel-positions-stretched')).toHaveLength(4);
	});

	it('is every SE, in its place and at its width', () => {
		for (const step of [1, 5]) {
			expect(concerned(step, 'se-positions')).toEqual(concerned(step, 'se-at-block-width'));
		}
		expect(concerned(7, 'se-positions-stretched')).toHaveLength(2 + 6 + 2);
	});

	it('is the old stem: its blocks, and the convolution that meets the new width', () => {
		expect(concerned(1, 'stem-stays-coupled')).toEqual(['stem.block1', 'stem.block2']);
		expect(concerned(2, 'stem-meets-width')).toEqual(['stem.block2.project']);
	});

	it('is the one block that widens, and the layers that expand from a narrower input', () => {
		expect(concerned(1, 'width-change-in-stage-3')).toEqual(['stages.2.blocks.3']);
		expect(concerned(2, 'expansion-of-input')).toEqual(
			downsamplings.map((path) => `${path}.channel_mixer`)
		);
	});

	it('is downsampling: as a strided block, its pre-block, and that it has no SE', () => {
		expect(concerned(3, 'strided-block-separated')).toEqual(downsamplings);
		expect(concerned(4, 'no-se-in-downsampling')).toEqual(downsamplings);
		expect(concerned(4, 'pre-block-kernel')).toEqual(
			downsamplings.map((path) => `${path}.pre_block.token_mixer`)
		);
	});

	it('is the old classifier at the new width', () => {
		expect(concerned(4, 'classifier-sizes')).toEqual(['head']);
	});

	it('is known of the points beside the path too', () => {
		for (const { design } of SIDE_POINTS) {
			const found = inferredParts(buildNetwork(design), inferencesOf(design));
			expect(new Set([...found.values()].flat())).toEqual(new Set(inferencesOf(design)));
		}
	});
});

describe('the reason', () => {
	it('is told at the part, all of them where there are several', () => {
		const { root, shapes, parts } = STEPS[1]!;
		const reasons = inferredReasons(parts);
		const { boxes } = layoutDiagram({ root, shapes });
		const stage = boxes.find(({ path }) => path === 'stages.1')!;
		expect(spokenText(stage, { inferred: reasons.get('stages.1') })).toMatch(
			/; inferred: Blocks per stage as in MobileNetV3-L/
		);
		const se = [...parts].find(([, inferences]) => inferences.length === 2)![0];
		expect(reasons.get(se)!.length).toBeGreaterThan(150);
	});
});
