import { findNamedDesign } from '../arch/named-designs';
import * as m from '../paraglide/messages';
import { SE_ABLATION } from '../reported/figures';
import type { VariantGroup } from './tradeoff-chart';

type Placement = (typeof SE_ABLATION)[number]['se'];

/** Where squeeze-and-excitation stands, in the fewest words. */
export const PLACEMENT_TEXTS: { readonly [P in Placement]: () => string } = {
	none: m.training_se_none,
	alternate: m.training_se_alternate,
	every: m.training_se_every
};

/** Table 7 of the paper by network, from no squeeze-and-excitation to one in each block. */
export function seAblationGroups(): readonly VariantGroup[] {
	const names = [...new Set(SE_ABLATION.map(({ name }) => name))];
	return names.map((name) => ({
		id: name,
		title: findNamedDesign(name)!.label,
		variants: SE_ABLATION.filter((row) => row.name === name).map(({ se, ms, top1 }) => ({
			id: se,
			label: PLACEMENT_TEXTS[se](),
			ms,
			percent: top1.percent,
			isChosen: se === 'alternate'
		}))
	}));
}
