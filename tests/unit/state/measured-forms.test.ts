import { expect, it } from 'vitest';
import { BASELINE } from '$lib/arch/design';
import { findNamedDesign } from '$lib/arch/named-designs';
import { MeasuredForms } from '$lib/state/measured-forms.svelte';

const estimate = (value: number) => ({ value, low: value * 0.99, high: value * 1.01 });
const found = (value: number) => ({
	trainingMs: estimate(value),
	deployMs: estimate(value - 1),
	ratio: estimate(1.01)
});

it('keeps the last figures of each network, by what the network is', () => {
	const forms = new MeasuredForms();
	const training = findNamedDesign('step1_training')!.design;
	const own = { ...BASELINE, mixing: 'separated', kernel: 7, form: 'training' } as const;
	forms.take([
		{ design: training, ...found(10) },
		{ design: own, ...found(20) },
		{ design: null, ...found(30) }
	]);
	forms.take([{ design: own, ...found(21) }]);
	expect(forms.of(training)?.trainingMs.value).toBe(10);
	expect(forms.of({ ...training })?.deployMs.value).toBe(9);
	expect(forms.of(own)?.trainingMs.value).toBe(21);
	expect(forms.of({ ...own, kernel: 5 })).toBeUndefined();
});

it('leaves out what a run could not say', () => {
	const forms = new MeasuredForms();
	const training = findNamedDesign('step1_training')!.design;
	forms.take([{ design: training, ...found(10), ratio: null }]);
	expect(forms.of(training)).toBeUndefined();
});
