import * as m from '../../paraglide/messages';
import type { TourStop } from '../../state/tour.svelte';

/** Pages the tour leads over; the shell knows their addresses. */
export type TourPage = 'home' | 'step' | 'design' | 'measure';

/** What the offer promises; a test counts the words. */
export const TOUR_SECONDS = 50;

interface StopText {
	readonly page: TourPage;
	/** Finds what the stop is about; that may be missing, then the text stands alone. */
	readonly target: string;
	readonly title: () => string;
	readonly text: () => string;
}

export const STOPS: { readonly [S in TourStop]: StopText } = {
	plot: {
		page: 'home',
		target: '[data-tour="plot"]',
		title: m.tour_plot_title,
		text: m.tour_plot_text
	},
	drawing: {
		page: 'step',
		target: '[data-tour="drawing"]',
		title: m.tour_drawing_title,
		text: m.tour_drawing_text
	},
	words: {
		page: 'step',
		target: '[data-tour="words"]',
		title: m.tour_words_title,
		text: m.tour_words_text
	},
	choices: {
		page: 'design',
		target: '[data-tour="choices"]',
		title: m.tour_choices_title,
		text: m.tour_choices_text
	},
	'take-away': {
		page: 'design',
		target: '[data-tour="take-away"]',
		title: m.tour_take_away_title,
		text: m.tour_take_away_text
	},
	measure: {
		page: 'measure',
		target: '[data-tour="measure"]',
		title: m.tour_measure_title,
		text: m.tour_measure_text
	}
};
