import type { StepNumber } from '../arch/roadmap';
import type { StripTopic } from './strips/topic';

/** The part of a network in which a roadmap step is seen best. */
export interface StepView {
	/** Path of that part; it is in the networks before and after the step alike. */
	readonly focus: string;
	/** How many levels are open: see `defaultOpen`. */
	readonly depth: number;
	/** Where a strip of blocks tells it better than boxes do: what the strip is about. */
	readonly topic?: StripTopic;
}

/** A block that has a skip, an expansion and squeeze-and-excitation in MobileNetV3-L. */
const TYPICAL_BLOCK = 'stages.2.blocks.4';

export const STEP_VIEWS: { readonly [S in StepNumber]: StepView } = {
	0: { focus: '', depth: 0 },
	1: { focus: TYPICAL_BLOCK, depth: Infinity },
	2: { focus: TYPICAL_BLOCK, depth: Infinity },
	3: { focus: 'stem', depth: Infinity },
	4: { focus: 'stages.2.downsample', depth: Infinity },
	5: { focus: 'head', depth: Infinity },
	6: { focus: 'stages', depth: 0, topic: 'depth' },
	7: { focus: 'stages', depth: 0, topic: 'kernel' },
	8: { focus: 'stages', depth: 0, topic: 'squeeze-excite' }
};
