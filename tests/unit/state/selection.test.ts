import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inTraining, NAMED_DESIGNS } from '$lib/arch/named-designs';
import { formPairs } from '$lib/state/form-pairs';
import { candidatesOf, parseSelection, printSelection, selectedOf } from '$lib/state/selection';
import { arbitraryDesign } from '../arch/designs';

const named = fc
	.constantFrom(...NAMED_DESIGNS, ...NAMED_DESIGNS.map(inTraining))
	.map(({ name, design }) => ({ name, design }));
const own = arbitraryDesign().map(selectedOf);

describe('a selection in an address', () => {
	it('comes back as it went', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(named, own), { maxLength: 6 }), (selected) => {
				const parsed = parseSelection(printSelection(selected));
				expect(parsed).toEqual({ selected, unknown: [], closed: [], problems: [] });
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

	it('is short and readable for training forms, which may also be spelt out', () => {
		const short = 'step8_training,repvit-m1.1_training_2-heads';
		const { selected, unknown } = parseSelection(`${short},STEP8_TRAINING`);
		expect(unknown).toEqual([]);
		expect(printSelection(selected)).toBe(`${short},step8_training`);
		expect(selected[1]!.design).toMatchObject({ form: 'training', heads: 2 });
		const spelt = parseSelection('(v=1&form=training&heads=2)').selected;
		expect(printSelection(spelt)).toBe('step0_training');
		const mine = parseSelection('(v=1&form=training&classes=10)').selected;
		expect(printSelection(mine)).toBe('(v=1&classes=10&form=training)');
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

describe('the two forms of a network in a run', () => {
	const candidates = (text: string) =>
		candidatesOf(parseSelection(text).selected, ({ name }) => name ?? 'own');

	it('are found wherever they stand, for named designs and for own ones', () => {
		const mine = '(v=1&classes=10&classifier=simple)';
		const trained = '(v=1&classes=10&classifier=simple&form=training&heads=2)';
		const text = `step8_training,${mine},step0,${trained},step8,repvit-m1.0_training,step0`;
		expect(formPairs(candidates(text))).toEqual([
			{ a: 'step8_training', b: 'step8' },
			{ a: 'own2', b: 'own1' }
		]);
	});

	it('may be several training forms of one deploy form', () => {
		const text = 'step8,step8_training,step8_training_2-heads_first-release';
		expect(formPairs(candidates(text))).toEqual([
			{ a: 'step8_training', b: 'step8' },
			{ a: 'step8_training_2-heads_first-release', b: 'step8' }
		]);
	});
});
