import type { StepNumber } from '../arch/roadmap';
import * as m from '../paraglide/messages';
import type { StoryFigures } from './story-figures';

/** A piece of a story: marked up for RichText, its figures filled in. */
type StoryText = (figures: StoryFigures) => string;

/** What a step page tells. Separate from the titles, which other pages need without the story. */
interface StepStory {
	readonly problem: StoryText;
	readonly change: StoryText;
	/** What the paper reports as gained. */
	readonly bought: StoryText;
	/** What the paper reports as given up. */
	readonly cost: StoryText;
	/** Where sources differ about this step. */
	readonly disagreement?: StoryText;
}

export const STEP_STORIES: { readonly [S in StepNumber]: StepStory } = {
	0: {
		problem: m.step_0_problem,
		change: m.step_0_change,
		bought: m.step_0_bought,
		cost: m.step_0_cost,
		disagreement: m.step_0_disagreement
	},
	1: {
		problem: m.step_1_problem,
		change: m.step_1_change,
		bought: m.step_1_bought,
		cost: m.step_1_cost
	},
	2: {
		problem: m.step_2_problem,
		change: m.step_2_change,
		bought: m.step_2_bought,
		cost: m.step_2_cost
	},
	3: {
		problem: m.step_3_problem,
		change: m.step_3_change,
		bought: m.step_3_bought,
		cost: m.step_3_cost
	},
	4: {
		problem: m.step_4_problem,
		change: m.step_4_change,
		bought: m.step_4_bought,
		cost: m.step_4_cost
	},
	5: {
		problem: m.step_5_problem,
		change: m.step_5_change,
		bought: m.step_5_bought,
		cost: m.step_5_cost
	},
	6: {
		problem: m.step_6_problem,
		change: m.step_6_change,
		bought: m.step_6_bought,
		cost: m.step_6_cost,
		disagreement: m.step_6_disagreement
	},
	7: {
		problem: m.step_7_problem,
		change: m.step_7_change,
		bought: m.step_7_bought,
		cost: m.step_7_cost,
		disagreement: m.step_7_disagreement
	},
	8: {
		problem: m.step_8_problem,
		change: m.step_8_change,
		bought: m.step_8_bought,
		cost: m.step_8_cost
	}
};
