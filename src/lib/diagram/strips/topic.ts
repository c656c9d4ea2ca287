import type { Role } from '../../arch/module';
import { ROADMAP, type InferenceCode, type StepNumber } from '../../arch/roadmap';
import type { StripBlock } from './stages';

/**
 * What a figure of strips is about, so that nothing else draws the eye: how many blocks there are, how
 * large their kernels are, or where squeeze-and-excitation stands.
 */
export type StripTopic = 'depth' | 'kernel' | 'squeeze-excite';

/** What of each topic the paper may leave open. */
export const TOPIC_INFERENCES: { readonly [T in StripTopic]: readonly InferenceCode[] } = {
	depth: ['layer-table', 'depths'],
	kernel: ['kernel-positions', 'kernel-positions-stretched', 'pre-block-kernel'],
	'squeeze-excite': ['se-positions', 'se-positions-stretched']
};

/** Whether what a strip of this step's network tells is our reading. */
export function isInferredTopic(step: StepNumber, topic: StripTopic): boolean {
	return ROADMAP[step]!.inferred.some(({ code }) => TOPIC_INFERENCES[topic].includes(code));
}

/** The role whose colour a cell has: that of what the topic marks, else its own. */
export function cellRole(
	{ kind, kernel, hasSqueezeExcite }: Pick<StripBlock, 'kind' | 'kernel' | 'hasSqueezeExcite'>,
	topic: StripTopic
): Role {
	if (topic === 'squeeze-excite' && hasSqueezeExcite) return 'squeeze-excite';
	return topic === 'kernel' && kind === 'block' && kernel > 3 ? 'token-mixer' : kind;
}
