import { deployForm, sameDesign } from '../arch/design';
import type { Candidate } from '../measure/types';

/** One network of a run in both its forms, by candidate id. */
export interface FormPair {
	/** The training form. */
	readonly a: string;
	/** The deploy form that it folds to. */
	readonly b: string;
}

/** Each training form of a run with its deploy form, where that runs too: a / b is what folding saves. */
export function formPairs(candidates: readonly Candidate[]): FormPair[] {
	const deployed = candidates.filter(({ design }) => design.form === 'deploy');
	return candidates.flatMap(({ id, design }) => {
		if (design.form === 'deploy') return [];
		const folded = deployForm(design);
		const other = deployed.find((each) => sameDesign(deployForm(each.design), folded));
		return other ? [{ a: id, b: other.id }] : [];
	});
}
