import { analyseTree, type TreeAnalysis } from '$lib/arch/analysis';
import { buildPlan } from '$lib/arch/models/network';
import { reparameterize } from '$lib/arch/reparameterize/reparameterize';
import type { CheckpointSummary } from '$lib/checkpoint/events';
import * as m from '$lib/paraglide/messages';

/** A checkpoint's network in each form that it can run in. */
export interface CheckpointForms {
	/** Null for a file that is fused already. */
	readonly training: TreeAnalysis | null;
	readonly deploy: TreeAnalysis;
}

/** What the published networks take; a checkpoint does not tell. */
const INPUT_SHAPE = [1, 3, 224, 224] as const;

export function formsOf({ plan, form }: CheckpointSummary): CheckpointForms {
	const training = buildPlan(plan);
	return {
		training: form === 'training' ? analyseTree(training, INPUT_SHAPE) : null,
		deploy: analyseTree(reparameterize(training).root, INPUT_SHAPE)
	};
}

export const FORM_TEXTS = {
	training: m.checkpoint_form_training,
	deploy: m.checkpoint_form_deploy
} as const;
