import { deployForm, sameDesign } from '../arch/design';
import { isPlanned } from '../arch/planned-network';
import { ROADMAP, SIDE_POINTS } from '../arch/roadmap';
import type { Candidate } from '../measure/types';
import * as m from '../paraglide/messages';
import type { StepChange } from './types';

/** Whether a design is, in either form, one of the paper's whose layer table we reconstructed in part. */
export function isInferred(design: Candidate['design']): boolean {
	if (isPlanned(design)) return false;
	const deployed = deployForm(design);
	return [...ROADMAP, ...SIDE_POINTS].some(
		(known) => known.inferred.length > 0 && sameDesign(known.design, deployed)
	);
}

/** Why a step's change rests on a reconstruction; null where it does not. */
export function inferredReason({ inferred, previousLabel }: StepChange): string | null {
	switch (inferred) {
		case 'step':
			return m.charts_inferred_reason();
		case 'previous':
			return m.charts_inferred_previous({ previous: previousLabel });
		case null:
			return null;
	}
}
