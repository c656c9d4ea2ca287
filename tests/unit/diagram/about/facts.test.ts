import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign, analyseTree } from '$lib/arch/analysis';
import { FAMILY } from '$lib/arch/family';
import { buildTraining } from '$lib/arch/models/network';
import { nodeAt, op, ops, walk } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { volume } from '$lib/arch/shapes';
import { costFacts } from '$lib/diagram/about/cost-facts';
import {
	attributeText,
	formulaText,
	formulaWords,
	initialText,
	opFacts
} from '$lib/diagram/about/fact-texts';
import { macFormula, type MacFactor } from '$lib/diagram/about/formula';
import { glossaryTerms } from '$lib/diagram/about/glossary-terms';
import { tensorFacts } from '$lib/diagram/about/initial-weights';
import { paperNotes } from '$lib/diagram/about/paper-notes';
import { subjectAt } from '$lib/diagram/about/subject';
import { seededNetwork } from '$lib/weights/seeded-network';
import { convOp } from '../../arch/forms';
import { arbitraryTree } from '../../arch/random-trees';

const M09 = analyseDesign(ROADMAP[8]!.design);
const START = analyseDesign(ROADMAP[0]!.design);
const TRAINED = analyseDesign({ ...ROADMAP[8]!.design, form: 'training', heads: 2 });
const NETWORKS = [...ROADMAP, ...FAMILY].flatMap(({ design }) =>
	(['deploy', 'training'] as const).map((form) => analyseDesign({ ...design, form }))
);

function valueOf(factor: MacFactor): number {
	switch (factor.of) {
		case 'positions':
		case 'kernel':
			return factor.height * factor.width;
		case 'channels':
			return factor.channels / factor.groups;
		default:
			return factor.count;
	}
}

describe('macFormula', () => {
	it('multiplies up to what computeCosts counts, for every op of all steps, family and forms', () => {
		let formulas = 0;
		for (const { root, shapes, costs } of NETWORKS) {
			for (const { node, path } of ops(root)) {
				const formula = macFormula(node.op, shapes.get(path)!.output);
				const product = formula?.factors.reduce((all, factor) => all * valueOf(factor), 1) ?? 0;
				expect(product, path).toBe(costs.get(path)!.macs);
				if (formula) expect(formula.macs).toBe(costs.get(path)!.macs);
				if (formula) formulas++;
			}
		}
		expect(formulas).toBeGreaterThan(3000);
	});

	it('holds in any tree, with batches, groups and odd sizes', () => {
		fc.assert(
			fc.property(arbitraryTree(), ({ root, inputShape }) => {
				const { shapes, costs } = analyseTree(root, inputShape);
				for (const { node, path } of ops(root)) {
					const formula = macFormula(node.op, shapes.get(path)!.output);
					const product = formula?.factors.reduce((all, factor) => all * valueOf(factor), 1) ?? 0;
					expect(product).toBe(costs.get(path)!.macs);
				}
			}),
			{ numRuns: 100 }
		);
	});

	it('reads as one would write it', () => {
		const conv = convOp({ inChannels: 192, outChannels: 384 });
		const formula = macFormula(conv, [1, 384, 14, 14])!;
		expect(formulaText(formula)).toBe('14·14 · 384 · 192/1 · 1·1 = 14,450,688');
		expect(formulaWords(formula)).toBe('positions · filters · channels/groups · kernel');
		const depthwise = convOp({ inChannels: 192, kernel: [3, 3], groups: 192 });
		expect(formulaText(macFormula(depthwise, [1, 192, 14, 14])!)).toBe(
			'14·14 · 192 · 192/192 · 3·3 = 338,688'
		);
	});
});

describe('subjectAt', () => {
	it('knows what is around and in a part, groupings aside', () => {
		const mixer = subjectAt(M09.root, 'stages.2.blocks.4.channel_mixer')!;
		expect(mixer.around.map(({ path }) => path)).toEqual(['stages.2', 'stages.2.blocks.4']);
		expect(mixer.inside.map(({ node }) => node.name)).toEqual(['skip', 'conv1', 'act', 'conv2']);
		expect(mixer.joins).toEqual([{ join: 'add', path: mixer.path }]);
		expect(mixer.ops).toEqual([]);
		expect(subjectAt(M09.root, '')!.inside.map(({ path }) => path)).toEqual([
			'stem',
			'stages.0',
			'stages.1',
			'stages.2',
			'stages.3',
			'head'
		]);
		expect(subjectAt(M09.root, 'stages.9')).toBeUndefined();
	});

	it('tells the op of a module that is drawn as one, its norms with it', () => {
		const path = 'stages.2.blocks.4.token_mixer';
		expect(subjectAt(M09.root, path)!.ops.map((at) => at.path)).toEqual([`${path}.conv`]);
		expect(subjectAt(TRAINED.root, 'stem.conv1')!.ops.map((at) => at.path)).toEqual([
			'stem.conv1.c',
			'stem.conv1.bn'
		]);
		const branches = subjectAt(TRAINED.root, path)!;
		expect(branches.ops).toEqual([]);
		expect(branches.joins).toEqual([{ join: 'add', path: `${path}.conv.branches` }]);
	});

	it('works for a network that is a single op', () => {
		const root = op('conv', convOp());
		expect(subjectAt(root, '')!.ops).toEqual([{ node: root, path: '' }]);
	});
});

describe('tensorFacts', () => {
	const factsAt = (analysis: typeof M09, path: string) =>
		tensorFacts(analysis, subjectAt(analysis.root, path)!.ops);

	it('gives the training form what its tensors are drawn from, BatchNorm statistics too', () => {
		const [weight, scale, bias, mean, variance] = factsAt(TRAINED, 'stem.conv1');
		expect(weight).toMatchObject({ name: 'weight', shape: [24, 3, 3, 3], count: 648 });
		expect(weight!.initial!.kind).toBe('uniform');
		expect(scale!.initial).toMatchObject({ kind: 'uniform', centre: 1 });
		expect(scale!.initial).toHaveProperty('halfRange', 0.25);
		for (const { initial } of [bias!, mean!]) {
			expect(initial).toMatchObject({ kind: 'uniform', centre: 0 });
			expect(initialText(initial!)).toBe('uniform within ±0.173, standard deviation 0.100');
		}
		expect(variance!.name).toBe('running_var');
		expect(initialText(variance!.initial!)).toMatch(/^uniform from 0\.\d+ to 1\.\d+, /);
	});

	it('gives the deploy form what folding really leaves, and of what', () => {
		const path = 'stages.2.blocks.4.token_mixer';
		const [weight] = factsAt(M09, path);
		const { initial } = weight!;
		if (initial?.kind !== 'folded') throw new Error('It is folded.');
		expect(initial.from).toEqual([
			`${path}.conv.branches.depthwise.c`,
			`${path}.conv.branches.depthwise.bn`,
			`${path}.conv.branches.pointwise`,
			`${path}.conv.bn`
		]);
		// As in the file of a download.
		const { source } = seededNetwork(buildTraining(M09.design), { form: 'deploy', seed: 0 });
		const values = new Float32Array(volume(weight!.shape));
		source(weight!, values);
		const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
		const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
		expect(initial.mean).toBeCloseTo(mean, 6);
		expect(initial.deviation).toBeCloseTo(Math.sqrt(squares / values.length), 6);
	});

	it('keeps what folding leaves alone', () => {
		const fc1 = factsAt(M09, 'stages.2.blocks.4.se.excite.fc1');
		const trained = factsAt(TRAINED, 'stages.2.blocks.4.se.excite.fc1');
		expect(fc1.map(({ name }) => name)).toEqual(['weight', 'bias']);
		expect(fc1.map(({ initial }) => initial)).toEqual(trained.map(({ initial }) => initial));
	});

	it('is silent on values that are not ours', () => {
		const { root, inputShape } = M09;
		const opened = analyseTree(root, inputShape);
		for (const { initial } of tensorFacts(opened, subjectAt(root, 'stem.conv1')!.ops)) {
			expect(initial).toBeNull();
		}
	});

	it('has something to say of every tensor of every network', () => {
		for (const analysis of NETWORKS.slice(0, 4)) {
			for (const { node, path } of ops(analysis.root)) {
				for (const { initial, count } of tensorFacts(analysis, [{ node, path }])) {
					expect(count).toBeGreaterThan(0);
					expect(initialText(initial!)).not.toMatch(/NaN|–/);
				}
			}
		}
	});
});

describe('paperNotes', () => {
	const codesAt = ({ root }: typeof M09, path: string) =>
		paperNotes(root, path).map(({ code }) => code);

	it.each([
		['stem', 'early-stem'],
		['stem.conv1', 'early-stem'],
		['stages.2', 'stage'],
		['stages.2.blocks.4', 'separated-block'],
		['stages.2.blocks.4.channel_mixer.body.conv1', 'channel-mixer'],
		['stages.2.blocks.4.se.excite.fc1', 'squeeze-excite'],
		['stages.2.downsample', 'deeper-downsampling'],
		['stages.2.downsample.pre_block', 'pre-block'],
		['stages.2.downsample.ffn', 'downsampling-ffn'],
		['stages.2.downsample.pre_block.channel_mixer', 'channel-mixer'],
		['head', 'simple-classifier']
	])('of RepViT-M0.9, %s: %s', (path, code) => {
		expect(codesAt(M09, path)).toEqual([code]);
	});

	it.each([
		['stem', 'old-stem'],
		['stem.block1', 'coupled-block'],
		['stages.1.downsample', 'strided-block'],
		['stages.1.blocks.0', 'coupled-block'],
		['stages.1.blocks.0.body.expand', 'coupled-channel-mixer'],
		['head', 'old-classifier']
	])('of MobileNetV3-L, %s: %s', (path, code) => {
		expect(codesAt(START, path)).toEqual([code]);
	});

	it('has a line on the op itself, and on branches that train only', () => {
		expect(codesAt(M09, 'stages.2.blocks.4.token_mixer')).toEqual(['small-kernel', 'token-mixer']);
		expect(codesAt(START, 'stages.1.blocks.0.body.depthwise')).toEqual([
			'large-kernel',
			'coupled-token-mixer'
		]);
		expect(codesAt(M09, 'stem.act')).toEqual(['gelu', 'early-stem']);
		expect(codesAt(TRAINED, 'stages.2.blocks.4.token_mixer')).toContain('training-branches');
		expect(codesAt(TRAINED, 'head')).toEqual(['simple-classifier']);
	});

	it('takes sections from the roadmap', () => {
		expect(paperNotes(M09.root, 'stem')).toMatchObject([{ step: 3, section: '3.3' }]);
		expect(paperNotes(M09.root, 'stages.2.blocks.0.se')).toMatchObject([{ section: '3.4' }]);
		expect(paperNotes(M09.root, 'nowhere')).toEqual([]);
	});

	it('has a line on every part with a role', () => {
		for (const { root } of [START, M09, TRAINED, NETWORKS[2]!]) {
			for (const { path, role } of walk(root)) {
				if (role) expect(paperNotes(root, path).length, path).toBeGreaterThan(0);
			}
		}
	});
});

describe('glossaryTerms', () => {
	it.each([
		['stem', ['stem', 'early-convolutions']],
		['stages.2.blocks.4.token_mixer', ['depthwise-convolution', 'token-mixer']],
		['stages.2.blocks.4.se', ['squeeze-and-excitation']],
		['stages.2.blocks.4.channel_mixer', ['channel-mixer', 'feed-forward', 'skip-connection']],
		['stages.2.blocks.4.channel_mixer.body.act', ['gelu', 'channel-mixer']],
		['stages.2.blocks.4.channel_mixer.body.conv1', ['pointwise-convolution', 'channel-mixer']],
		['stages.2.downsample', ['downsampling']],
		['head', ['classifier']]
	])('of %s', (path, terms) => {
		expect(glossaryTerms(M09.root, path)).toEqual(terms);
	});
});

describe('texts', () => {
	const stem = nodeAt(M09.root, 'stem.conv1')!;

	it('list how an op is set', () => {
		if (stem.kind !== 'op') throw new Error('It is an op.');
		expect(opFacts(stem.op).map(({ name, value }) => `${name}: ${value}`)).toEqual([
			'Kind: 3×3 convolution, stride 2',
			'Channels: 3 → 24',
			'Kernel: 3 × 3',
			'Stride: 2 × 2',
			'Padding: 1 × 1',
			'Groups: 1',
			'Bias: yes'
		]);
	});

	it('write attributes as viewers do', () => {
		expect(attributeText({ name: 'strides', kind: 'ints', value: [2, 2] })).toBe(
			'strides = [2, 2]'
		);
		expect(attributeText({ name: 'group', kind: 'int', value: 1 })).toBe('group = 1');
		expect(attributeText({ name: 'alpha', kind: 'float', value: 1 / 6 })).toBe('alpha = 0.1666667');
		expect(attributeText({ name: 'epsilon', kind: 'float', value: 1e-5 })).toBe(
			'epsilon = 0.00001'
		);
	});

	it('give every cost with its share, and an intensity where something is moved', () => {
		const facts = costFacts(M09, 'stem.conv1');
		expect(facts.map(({ name }) => name)).toEqual([
			'Parameters',
			'MACs',
			'Activations',
			'MACs per byte',
			'Bytes moved'
		]);
		expect(facts[1]).toMatchObject({ value: '8,128,512', share: 8_128_512 / M09.total.macs });
		const skip = 'stages.2.blocks.4.channel_mixer.skip';
		expect(costFacts(M09, skip).map(({ value }) => value)).toEqual(['0', '0', '0\u00a0B']);
	});
});
