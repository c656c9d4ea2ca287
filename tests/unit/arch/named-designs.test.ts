import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deployForm, OPTIONS, sameDesign, type Design } from '$lib/arch/design';
import {
	findNamedDesign,
	inTraining,
	nameOfDesign,
	NAMED_DESIGNS,
	otherForm
} from '$lib/arch/named-designs';
import { buildNetwork } from '$lib/arch/models/network';
import { arbitraryDesign } from './designs';

const m09 = findNamedDesign('repvit-m0.9')!.design;
const step0 = findNamedDesign('step0')!.design;

/** Any named design, in any of its forms. */
const namedInAnyForm = fc
	.record({
		named: fc.constantFrom(...NAMED_DESIGNS),
		form: fc.constantFrom(...OPTIONS.form),
		branches: fc.constantFrom(...OPTIONS.branches),
		heads: fc.constantFrom(...OPTIONS.heads)
	})
	.map(({ named, ...choices }) => ({ named, design: { ...named.design, ...choices } }));

describe('the names of training forms', () => {
	it.each([
		['repvit-m0.9_training', 'RepViT-M0.9, training form', { form: 'training' }],
		['step8_training', 'Step 8, training form', { form: 'training' }],
		[
			'repvit-m0.9_training_2-heads_first-release',
			'RepViT-M0.9, training form, two heads, first release',
			{ form: 'training', heads: 2, branches: 'first-release' }
		]
	] as const)('%s', (name, label, choices) => {
		expect(findNamedDesign(name.toUpperCase())).toMatchObject({
			name,
			label,
			design: { ...m09, ...choices },
			training: { of: name.split('_')[0] }
		});
	});

	it.each([
		'repvit-m0.9_',
		'repvit-m0.9_deploy',
		'repvit-m0.9_2-heads',
		'vgg_training',
		'_training'
	])('do not include %s', (name) => {
		expect(findNamedDesign(name)).toBeUndefined();
	});

	it('leave out what changes nothing: a coupled network with an old classifier has one training form', () => {
		const all = { ...step0, form: 'training', heads: 2, branches: 'first-release' } as const;
		expect(nameOfDesign(all)!.name).toBe('step0_training');
		expect(findNamedDesign('step0_training_2-heads')!.name).toBe('step0_training');
		expect(nameOfDesign({ ...m09, heads: 2, branches: 'first-release' })!.name).toBe('step8');
	});

	it('are needed by no address to be escaped', () => {
		for (const named of NAMED_DESIGNS) {
			const { name } = inTraining(named);
			expect(new URLSearchParams({ name }).toString()).toBe(`name=${name}`);
		}
	});
});

describe('a named design in any form', () => {
	it('has a name that finds the same network, told once as its own and once as a deploy form', () => {
		fc.assert(
			fc.property(namedInAnyForm, ({ design }) => {
				const name = nameOfDesign(design)!;
				const found = findNamedDesign(name.name)!;
				expect(found).toEqual(name);
				expect(buildNetwork(found.design)).toEqual(buildNetwork(design));
				expect(found.training === null).toBe(design.form === 'deploy');
				const deployed = nameOfDesign(deployForm(design))!;
				expect(found.training?.of ?? found.name).toBe(deployed.name);
			}),
			{ numRuns: 60 }
		);
	});

	it('is the only one with a name', () => {
		fc.assert(
			fc.property(arbitraryDesign(), (design) => {
				const isKnown = NAMED_DESIGNS.some((named) => sameDesign(named.design, deployForm(design)));
				expect(nameOfDesign(design) !== undefined).toBe(isKnown);
			})
		);
	});
});

describe('the other form', () => {
	it('is back where it was after two turns', () => {
		fc.assert(
			fc.property(arbitraryDesign(), (design: Design) => {
				expect(otherForm(design).form).not.toBe(design.form);
				expect(otherForm(otherForm(design))).toEqual(design);
			})
		);
	});
});
