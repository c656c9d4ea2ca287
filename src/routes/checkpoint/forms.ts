import type { TreeAnalysis } from '$lib/arch/analysis';
import { deployForm, type Design } from '$lib/arch/design';
import { designOfPlan } from '$lib/arch/models/design-of-plan';
import { analysePlanned } from '$lib/arch/planned-network';
import * as m from '$lib/paraglide/messages';
import {
	selectedOf,
	selectedOfOpened,
	selectionSearch,
	type OpenedNetworks
} from '$lib/state/selection';

/** A checkpoint's network in each form that it can run in. */
export interface CheckpointForms {
	/** Null for a file that is fused already. */
	readonly training: TreeAnalysis | null;
	readonly deploy: TreeAnalysis;
}

export function formsOf({ training, deploy }: OpenedNetworks): CheckpointForms {
	return {
		training: training && analysePlanned(training),
		deploy: analysePlanned(deploy)
	};
}

/** The network as a design, in the forms that it has, training form first; null where no choices say it. */
export function designsOf({ training, deploy }: OpenedNetworks): readonly Design[] | null {
	const design = designOfPlan(deploy.plan);
	if (!design) return null;
	return [...(training ? [{ ...design, form: 'training' as const }] : []), deployForm(design)];
}

/**
 * What the measuring page is asked for. By its choices where they say the network, so that the address
 * holds it and figures are found for it; deploy form first, as what others are held against.
 */
export function measureSearch(opened: OpenedNetworks, designs: readonly Design[] | null): string {
	const selected = designs ? designs.map(selectedOf) : selectedOfOpened(opened);
	return selectionSearch(selected.toReversed());
}

export const FORM_TEXTS = {
	training: m.checkpoint_form_training,
	deploy: m.checkpoint_form_deploy
} as const;
