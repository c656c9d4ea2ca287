import * as m from '../paraglide/messages';

/** What a figure or a structure rests on. The kinds are never mixed on a mark without saying so. */
export type TruthKind =
	'measured' | 'reported' | 'predicted' | 'inferred' | 'not-reported' | 'cannot-tell';

const NAMES: { readonly [K in TruthKind]: () => string } = {
	measured: m.charts_tag_measured,
	reported: m.charts_tag_reported,
	predicted: m.charts_tag_predicted,
	inferred: m.charts_tag_inferred,
	'not-reported': m.charts_tag_not_reported,
	'cannot-tell': m.charts_tag_cannot_tell
};

/** The word on the tag. */
export function truthName(kind: TruthKind): string {
	return NAMES[kind]();
}
