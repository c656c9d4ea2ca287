import type { Mixing } from '../arch/mixing';
import * as m from '../paraglide/messages';

/** Between what a part exchanges information, in a word or two: lists, tables and speech. */
export const MIXING_TEXTS: { readonly [M in Mixing]: () => string } = {
	tokens: m.figures_mixing_tokens,
	channels: m.figures_mixing_channels,
	both: m.figures_mixing_both,
	none: m.figures_mixing_none
};
