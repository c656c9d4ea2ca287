import type { Design } from '../arch/design';
import { isPlanned } from '../arch/planned-network';
import type { Estimate, RunResult, Verdict } from '../measure/types';
import { formPairs } from '../state/form-pairs';
import { pairedRatio } from './step-changes';

/** One network of a run in both its forms. */
export interface FormChange {
	/** The training form's id in the run. */
	readonly id: string;
	/** What the deploy form is called. */
	readonly label: string;
	/** The training form, of which there may be several for one deploy form; null for a checkpoint's. */
	readonly design: Design | null;
	readonly trainingMs: Estimate | null;
	readonly deployMs: Estimate | null;
	/** Training over deploy, from the rounds in which both ran; null where there are too few. */
	readonly ratio: Estimate | null;
	/** Of the training form against the deploy form. */
	readonly verdict: Verdict | null;
}

/** What re-parameterisation is worth in a run: every network that it holds in both forms. */
export function formChanges({
	candidates,
	pairs
}: Pick<RunResult, 'candidates' | 'pairs'>): FormChange[] {
	const byId = new Map(candidates.map((each) => [each.candidate.id, each]));
	return formPairs(candidates.map(({ candidate }) => candidate)).map(({ a, b }) => {
		const [training, deploy] = [byId.get(a)!, byId.get(b)!];
		const paired = pairedRatio(pairs, a, b);
		return {
			id: a,
			label: deploy.candidate.label,
			design: isPlanned(training.candidate.design) ? null : training.candidate.design,
			trainingMs: training.medianMs,
			deployMs: deploy.medianMs,
			ratio: paired?.ratio ?? null,
			verdict: paired?.verdict ?? null
		};
	});
}

/** Whether a run is about nothing else. */
export function isAboutForms({ candidates }: Pick<RunResult, 'candidates'>): boolean {
	const all = candidates.map(({ candidate }) => candidate);
	const paired = new Set(formPairs(all).flatMap(({ a, b }) => [a, b]));
	return all.length > 0 && all.every(({ id }) => paired.has(id));
}
