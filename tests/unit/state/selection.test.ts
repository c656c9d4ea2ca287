import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAMED_DESIGNS, nameOfDesign } from '$lib/arch/named-designs';
import { candidatesOf, parseSelection, printSelection, type Selected } from '$lib/state/selection';
import { arbitraryDesign } from '../arch/designs';

const named = fc
	.constantFrom(...NAMED_DESIGNS)
	.map(({ name, design }): Selected => ({ name, design }));
const own = arbitraryDesign().map((design): Selected => ({
	name: nameOfDesign(design)?.name ?? null,
	design
}));

describe('a selection in an address', () => {
	it('comes back as it went', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(named, own), { maxLength: 6 }), (selected) => {
				const parsed = parseSelection(printSelection(selected));
				expect(parsed).toEqual({ selected, unknown: [], problems: [] });
			})
		);
	});

	it('keeps what is known and names the rest', () => {
		const { selected, unknown, problems } = parseSelection(
			'step0,resnet50,(v=1&mixing=separated&kernel=9),REPVIT-M0.9'
		);
		expect(selected.map(({ name }) => name)).toEqual(['step0', 'step1', 'repvit-m0.9']);
		expect(unknown).toEqual(['resnet50']);
		expect(problems).toMatchObject([{ key: 'kernel', value: '9' }]);
	});

	it('never throws', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				expect(Array.isArray(parseSelection(text).selected)).toBe(true);
			})
		);
	});
});

describe('candidates', () => {
	it('have ids that stay unique, and number the visitor’s own designs', () => {
		const step0 = { name: 'step0', design: NAMED_DESIGNS[0]!.design };
		const mine = { name: null, design: { ...step0.design, classes: 7 } };
		const candidates = candidatesOf([step0, mine, step0, mine], ({ name }, number) =>
			name === null ? `own ${number}` : name
		);
		expect(candidates.map(({ id, label }) => `${id}: ${label}`)).toEqual([
			'step0: step0',
			'own1: own 1',
			'step0#2: step0 (2)',
			'own2: own 2'
		]);
	});
});
