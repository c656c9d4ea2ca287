import { describe, expect, it } from 'vitest';
import { computeCosts } from '$lib/arch/cost';
import type { Design } from '$lib/arch/design';
import { FAMILY, MOBILENETV3_LARGE } from '$lib/arch/family';
import { buildNetwork, buildTraining } from '$lib/arch/models/network';
import { ops, walk, type ModuleNode } from '$lib/arch/module';
import { findNamedDesign, NAMED_DESIGNS } from '$lib/arch/named-designs';
import { reparameterize } from '$lib/arch/reparameterize/reparameterize';
import { inferShapes } from '$lib/arch/shapes';
import structure from '../../reference/structure.json';
import { leafRows, referenceFile, referenceRows } from './leaf-rows';

const INPUT = [1, 3, 224, 224] as const;

const named = (name: string): Design => findNamedDesign(name)!.design;

function training(design: Design, changes: Partial<Design> = {}): ModuleNode {
	return buildNetwork({ ...design, form: 'training', ...changes });
}

function totals(root: ModuleNode) {
	const { params, macs } = computeCosts(root, inferShapes(root, INPUT)).get('')!;
	return { params, macs };
}

/** Learned parameters as trained, with two heads and with one. */
const PARAMS: Readonly<Record<string, readonly [twoHeads: number, oneHead: number]>> = {
	'repvit-m0.6': [2_808_932, 2_487_292],
	'repvit-m0.9': [5_489_328, 5_103_560],
	'repvit-m1.0': [7_302_796, 6_852_900],
	'repvit-m1.1': [8_802_912, 8_288_888],
	'repvit-m1.5': [14_644_432, 14_130_408],
	'repvit-m2.3': [23_688_792, 23_046_512]
};

describe('params as trained', () => {
	it.each(Object.entries(PARAMS))('%s, two heads and one', (name, params) => {
		const heads = [2, 1] as const;
		expect(heads.map((heads) => totals(training(named(name), { heads })).params)).toEqual(params);
	});

	it('MobileNetV3-L', () => {
		expect(totals(training(MOBILENETV3_LARGE.design)).params).toBe(5_483_032);
	});
});

type Structure = keyof Omit<typeof structure, '_about'>;

/** The networks of the reference that a design gives; what it calls a network is the first column. */
const STRUCTURES: readonly (readonly [Structure, Design])[] = [
	...FAMILY.flatMap(({ name, design }) => {
		const official = `official/${name.replace(/[-.]/g, '_')}`;
		return [
			[official as Structure, { ...design, heads: 2 }] as const,
			[`${official}_nodist` as Structure, design] as const
		];
	}),
	['timm/repvit_m1', { ...named('repvit-m0.9'), branches: 'first-release', heads: 2 }],
	['timm/repvit_m2', { ...named('repvit-m1.1'), branches: 'first-release', heads: 2 }],
	[
		'timm/repvit_m3',
		{ ...named('repvit-m1.1'), depths: [4, 4, 18, 2], branches: 'first-release', heads: 2 }
	],
	['timm/mobilenetv3_large_100', MOBILENETV3_LARGE.design]
];

describe.each(STRUCTURES)('%s', (name, design) => {
	const reference = structure[name];

	it('has the params, MACs and BatchNorm statistics of the reference as trained', () => {
		const root = training(design);
		const statistics = [...ops(root)].reduce(
			(sum, { node: { op } }) => sum + (op.type === 'batchNorm' ? 2 * op.channels : 0),
			0
		);
		expect({ ...totals(root), statistics }).toEqual({
			params: reference.train_params,
			macs: reference.train_macs_224,
			statistics: reference.train_bn_buffers
		});
	});

	it('has those of the reference re-parameterised, and no BatchNorm', () => {
		const { root, keptNorms } = reparameterize(training(design));
		expect(totals(root)).toEqual({
			params: reference.deploy_params,
			macs: reference.deploy_macs_224
		});
		expect(keptNorms.size).toBe(0);
	});
});

describe('op by op against independent layer tables', () => {
	it.each(FAMILY)('$label, two heads', (member) => {
		expect(leafRows(training(member.design, { heads: 2 }), INPUT)).toEqual(
			referenceRows(referenceFile(member), 'train')
		);
	});

	it("MobileNetV3-L, but for torchvision's epsilon: timm's is RepViT's", () => {
		const torchvision = referenceRows(referenceFile(MOBILENETV3_LARGE), 'train');
		expect(leafRows(training(MOBILENETV3_LARGE.design), INPUT)).toEqual(
			torchvision.map((row) => (row.kind === 'batchNorm' ? { ...row, epsilon: 1e-5 } : row))
		);
	});
});

describe('the two forms of a design', () => {
	it.each(NAMED_DESIGNS)('$name: what is trained has the parts of what runs', ({ design }) => {
		const rolesOf = (root: ModuleNode) =>
			new Map([...walk(root)].map(({ path, role }) => [path, role]));
		const trained = rolesOf(buildTraining(design));
		for (const [path, role] of rolesOf(buildNetwork(design))) {
			expect(trained.has(path), path).toBe(true);
			expect(trained.get(path), path).toBe(role);
		}
	});

	it('run the same network, whatever is folded away', () => {
		const { design } = findNamedDesign('repvit-m0.9')!;
		const deploy = buildNetwork(design);
		expect(buildNetwork({ ...design, branches: 'first-release', heads: 2 })).toEqual(deploy);
	});
});
