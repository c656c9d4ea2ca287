import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '$lib/arch/design';
import { FAMILY, MOBILENETV3_LARGE } from '$lib/arch/family';
import { ops } from '$lib/arch/module';
import { buildPlan } from '$lib/arch/models/network';
import { resolveDesign } from '$lib/arch/models/resolve';
import { nameOfDesign } from '$lib/arch/named-designs';
import { reparameterize } from '$lib/arch/reparameterize/reparameterize';
import type { Shape } from '$lib/arch/shapes';
import { identifyCheckpoint } from '$lib/weights/checkpoint/identify';
import type { Checkpoint, CheckpointTensors } from '$lib/weights/checkpoint/types';
import { opTensors } from '$lib/weights/source';
import { readJson, readTensorFile, type Expected } from './checkpoint-files';
import { arbitraryMobileNetV3, arbitraryRepViT } from './checkpoint-plans';
import { countValues, planInForm, tensorTable } from './checkpoint-tables';

const FORMS = ['training', 'deploy'] as const;
const REPVIT_NAMINGS = ['timm', 'official'] as const;

/** Every parameter of a checkpoint's tree, by its path, with the key that it has in the file. */
function keysOf({ root, keyOf }: Checkpoint): Map<string, string> {
	return new Map(
		[...ops(root)].flatMap(({ node, path }) =>
			opTensors(node.op).map((spec) => [`${path}.${spec.name}`, keyOf({ path, ...spec })] as const)
		)
	);
}

/** What must hold of any checkpoint, whatever its network. */
function expectConsistent(checkpoint: Checkpoint, tensors: CheckpointTensors): void {
	const { plan, form, root, ignored } = checkpoint;
	const training = buildPlan(plan);
	expect(root).toEqual(form === 'training' ? training : reparameterize(training).root);
	const keys = [...keysOf(checkpoint).values()];
	expect([...keys, ...ignored].toSorted()).toEqual([...tensors.keys()].toSorted());
	expect(ignored.every((key) => key.endsWith('.num_batches_tracked'))).toBe(true);
}

describe('files that PyTorch wrote', () => {
	const files = [
		{ file: 'official-tiny/weights', naming: 'official', form: 'training' },
		{ file: 'official-tiny/deploy', naming: 'official', form: 'deploy' },
		{ file: 'timm-tiny/weights', naming: 'timm', form: 'training' },
		{ file: 'timm-tiny-2head/weights', naming: 'timm', form: 'training' }
	];
	it.each(files)('$file: the network that it was built as', ({ file, naming, form }) => {
		const { tensors } = readTensorFile(`${file}.safetensors`);
		const { widths, depths, distillation, classes } = readJson<Expected>(
			`${file.split('/')[0]}/expected.json`
		);
		const checkpoint = identifyCheckpoint(tensors);
		expectConsistent(checkpoint, tensors);
		const heads = distillation && form === 'training' ? 2 : 1;
		expect(checkpoint).toMatchObject({ naming, form, classes, heads, member: null });
		const { plan } = checkpoint;
		expect(plan.stages.map(({ blocks }) => blocks.length)).toEqual(depths);
		// All their sizes follow RepViT's rules, so a design of ours says the whole plan.
		const design: Design = {
			...FAMILY[0]!.design,
			widths: widths as Design['widths'] & readonly number[],
			depths: depths as Design['depths'],
			classes,
			heads
		};
		expect(plan).toEqual(resolveDesign(design));
	});

	const map = readJson<{
		readonly shapes: Readonly<Record<string, Shape>>;
		readonly map: Readonly<Record<string, string>>;
	}>('key_map_repvit_m0_9.json');
	const withDtypes = (shapes: Readonly<Record<string, Shape>>): CheckpointTensors =>
		new Map(Object.entries(shapes).map(([key, shape]) => [key, { dtype: 'F16', shape }]));

	it("gives official and timm's names of RepViT-M0.9 the same places, key by key", () => {
		const officialTensors = withDtypes(map.shapes);
		const timmTensors = withDtypes(
			Object.fromEntries(Object.entries(map.shapes).map(([key, shape]) => [map.map[key]!, shape]))
		);
		const official = identifyCheckpoint(officialTensors);
		const timm = identifyCheckpoint(timmTensors);
		expectConsistent(official, officialTensors);
		expectConsistent(timm, timmTensors);
		expect([official.naming, timm.naming]).toEqual(['official', 'timm']);
		expect(official.plan).toEqual(timm.plan);
		expect(official).toMatchObject({ heads: 2, classes: 1000, member: { name: 'repvit-m0.9' } });
		const timmKeys = keysOf(timm);
		const pairs = [...keysOf(official)].map(([path, key]) => [key, timmKeys.get(path)]);
		const inMap = Object.entries(map.map).filter(([key]) => !key.endsWith('num_batches_tracked'));
		expect(pairs.toSorted()).toEqual(inMap.toSorted());
	});

	it.each([
		{ list: 'keys', naming: 'official' },
		{ list: 'timm_deploy_keys', naming: 'timm' }
	] as const)('reads RepViT-M0.9 as $naming code fuses it', ({ list, naming }) => {
		const lists = readJson<Record<string, Record<string, Shape>>>('deploy_keys_repvit_m0_9.json');
		const tensors = withDtypes(lists[list]!);
		const checkpoint = identifyCheckpoint(tensors);
		expectConsistent(checkpoint, tensors);
		expect(checkpoint).toMatchObject({ naming, form: 'deploy', heads: 1, ignored: [] });
		expect(checkpoint.member?.label).toBe('RepViT-M0.9');
	});
});

describe('the family', () => {
	const structures =
		readJson<
			Record<string, { train_params: number; train_bn_buffers: number; deploy_params: number }>
		>('structure.json');
	const cases = FAMILY.flatMap((member) =>
		(['current', 'first-release'] as const).flatMap((branches) =>
			([1, 2] as const).flatMap((heads) =>
				REPVIT_NAMINGS.flatMap((naming) =>
					FORMS.map((form) => ({ ...member, branches, heads, naming, form }))
				)
			)
		)
	);
	it.each(cases)(
		'$label, $branches, $heads heads, $naming, $form',
		({ name, label, design, branches, heads, naming, form }) => {
			const plan = resolveDesign({ ...design, branches, heads, classes: 123 });
			const tensors = tensorTable(plan, { naming, form });
			const checkpoint = identifyCheckpoint(tensors);
			expectConsistent(checkpoint, tensors);
			expect(checkpoint.plan).toEqual(planInForm(plan, form));
			expect(checkpoint).toMatchObject({
				naming,
				form,
				classes: 123,
				heads: form === 'deploy' ? 1 : heads,
				member: { name, label }
			});
		}
	);

	// The tables above are this test's own; these counts are PyTorch's.
	const counted = [
		...FAMILY.flatMap(({ label, design }) =>
			([1, 2] as const).map((heads) => ({
				network: `official/${label.toLowerCase().replaceAll(/[-.]/g, '_')}${heads === 1 ? '_nodist' : ''}`,
				design: { ...design, heads },
				naming: 'official' as const
			}))
		),
		...(['current', 'first-release'] as const).map((branches) => ({
			network: branches === 'current' ? 'timm/repvit_m0_9' : 'timm/repvit_m1',
			design: { ...FAMILY[1]!.design, heads: 2 as const, branches },
			naming: 'timm' as const
		}))
	];
	it.each(counted)('$network has as many parameters', ({ network, design, naming }) => {
		const { train_params, train_bn_buffers, deploy_params } = structures[network]!;
		const plan = resolveDesign(design);
		const training = countValues(tensorTable(plan, { naming, form: 'training' }));
		const deploy = countValues(tensorTable(plan, { naming, form: 'deploy' }));
		expect(training).toEqual({ params: train_params, buffers: train_bn_buffers });
		expect(deploy).toEqual({ params: deploy_params, buffers: 0 });
	});

	it("finds MobileNetV3-L in timm's names, layer by layer", () => {
		const plan = resolveDesign(MOBILENETV3_LARGE.design);
		const tensors = tensorTable(plan, { naming: 'timm-mobilenetv3', form: 'training' });
		expect(countValues(tensors).params).toBe(
			structures['timm/mobilenetv3_large_100']!.train_params
		);
		expect(tensors.get('conv_head.weight')).toEqual({ dtype: 'F32', shape: [1280, 960, 1, 1] });
		const checkpoint = identifyCheckpoint(tensors);
		expectConsistent(checkpoint, tensors);
		expect(checkpoint.plan).toEqual(plan);
		expect(checkpoint).toMatchObject({
			naming: 'timm-mobilenetv3',
			form: 'training',
			classes: 1000,
			heads: 1,
			member: { name: 'mobilenetv3-large', label: 'MobileNetV3-L' }
		});
		expect(keysOf(checkpoint).get('stages.2.blocks.3.expand.c.weight')).toBe(
			'blocks.4.0.conv_pw.weight'
		);
	});

	it('is told by its sizes, not by its names: one width changed is no member', () => {
		const [m0_6] = FAMILY;
		const design: Design = { ...m0_6!.design, widths: [40, 80, 160, 328] };
		expect(nameOfDesign(design)).toBeUndefined();
		const tensors = tensorTable(resolveDesign(design), { naming: 'timm', form: 'training' });
		expect(identifyCheckpoint(tensors).member).toBeNull();
	});
});

describe('any network', () => {
	it('RepViT: its table gives its plan back', () => {
		fc.assert(
			fc.property(
				arbitraryRepViT({ isOdd: true }),
				fc.constantFrom(...REPVIT_NAMINGS),
				fc.constantFrom(...FORMS),
				fc.constantFrom('', 'module.', 'model.', 'state_dict.model.', 'model.module._orig_mod.'),
				(plan, naming, form, prefix) => {
					const tensors = tensorTable(plan, { naming, form, prefix });
					const checkpoint = identifyCheckpoint(tensors);
					expect(checkpoint.plan).toEqual(planInForm(plan, form));
					expect([checkpoint.naming, checkpoint.form]).toEqual([naming, form]);
					expectConsistent(checkpoint, tensors);
				}
			)
		);
	});

	it("MobileNetV3 of the large one's layout: its table gives its plan back", () => {
		fc.assert(
			fc.property(arbitraryMobileNetV3(), fc.constantFrom('', 'module.'), (plan, prefix) => {
				const tensors = tensorTable(plan, { naming: 'timm-mobilenetv3', form: 'training', prefix });
				const checkpoint = identifyCheckpoint(tensors);
				expect(checkpoint.plan).toEqual(plan);
				expectConsistent(checkpoint, tensors);
			})
		);
	});

	it('does not depend on the order of keys', () => {
		const plan = resolveDesign(FAMILY[0]!.design);
		for (const naming of REPVIT_NAMINGS) {
			const table = tensorTable(plan, { naming, form: 'training' });
			const reversed = new Map([...table].toReversed());
			expect(identifyCheckpoint(reversed).plan).toEqual(identifyCheckpoint(table).plan);
		}
	});

	it('may lack counters, which older PyTorch did not save', () => {
		const table = tensorTable(resolveDesign(FAMILY[0]!.design), {
			naming: 'official',
			form: 'training'
		});
		const bare = new Map([...table].filter(([key]) => !key.endsWith('num_batches_tracked')));
		expect(bare.size).toBeLessThan(table.size);
		expect(identifyCheckpoint(bare)).toMatchObject({
			ignored: [],
			member: { name: 'repvit-m0.6' }
		});
	});
});
