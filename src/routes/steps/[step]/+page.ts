import { error } from '@sveltejs/kit';
import { ROADMAP, type StepNumber } from '$lib/arch/roadmap';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () => ROADMAP.map(({ step }) => ({ step: String(step) }));

export const load: PageLoad = ({ params }) => {
	const found = ROADMAP.find(({ step }) => String(step) === params.step);
	if (!found) error(404, `There are steps 0 to ${ROADMAP.length - 1}, not "${params.step}".`);
	return { step: found.step satisfies StepNumber };
};
