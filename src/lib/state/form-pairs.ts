import { deployForm, sameDesign } from '../arch/design';
import { isPlanned, samePlan } from '../arch/planned-network';
import type { Candidate } from '../measure/types';
import { runOnTheSame } from './executions';

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
	return candidates.flatMap((candidate) => {
		const { id, design } = candidate;
		if (design.form === 'deploy') return [];
		const other = deployed.find(
			(each) => foldToTheSame(each.design, design) && runOnTheSame(each, candidate)
		);
		return other ? [{ a: id, b: other.id }] : [];
	});
}

function foldToTheSame(a: Candidate['design'], b: Candidate['design']): boolean {
	if (isPlanned(a) || isPlanned(b)) return isPlanned(a) && isPlanned(b) && samePlan(a, b);
	return sameDesign(deployForm(a), deployForm(b));
}
