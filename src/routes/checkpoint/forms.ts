import type { TreeAnalysis } from '$lib/arch/analysis';
import { analysePlanned } from '$lib/arch/planned-network';
import * as m from '$lib/paraglide/messages';
import type { OpenedNetworks } from '$lib/state/selection';

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

export const FORM_TEXTS = {
	training: m.checkpoint_form_training,
	deploy: m.checkpoint_form_deploy
} as const;
