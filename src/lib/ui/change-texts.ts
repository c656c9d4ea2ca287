import type { ChangeGroup } from '../arch/diff-summary';
import * as m from '../paraglide/messages';

const WHAT: { readonly [W in ChangeGroup['what']]: () => string } = {
	convolution: m.change_what_convolution,
	depthwise: m.change_what_depthwise,
	pointwise: m.change_what_pointwise,
	linear: m.change_what_linear,
	'batch-norm': m.change_what_batch_norm,
	activation: m.change_what_activation,
	pool: m.change_what_pool,
	flatten: m.change_what_pool,
	join: m.change_attribute_join,
	'squeeze-excite': m.change_what_squeeze_excite
};

/** How each kind of change is marked, in lists and drawings: a sign, never colour alone. */
export const CHANGE_SIGNS: { readonly [K in ChangeGroup['kind']]: string } = {
	moved: '→',
	added: '+',
	removed: '−',
	changed: '•'
};

const VERBS: { readonly [K in ChangeGroup['kind']]: () => string } = {
	moved: m.change_moved,
	added: m.change_added,
	removed: m.change_removed,
	changed: m.change_changed
};

const ATTRIBUTES: Readonly<Record<string, () => string>> = {
	channels: m.change_attribute_channels,
	kernel: m.change_attribute_kernel,
	stride: m.change_attribute_stride,
	features: m.change_attribute_features,
	type: m.change_attribute_type,
	join: m.change_attribute_join
};

/** A line of the change list, in parts: what and verb, details, places. */
export function changeText(group: ChangeGroup): {
	readonly head: string;
	readonly details: readonly string[];
	readonly places: string;
} {
	return {
		head: m.change_line({ what: WHAT[group.what](), verb: VERBS[group.kind]() }),
		details: group.attributes.map(({ attribute, before, after }) => {
			const name = ATTRIBUTES[attribute]?.() ?? attribute;
			return before === null
				? m.change_attribute_varies({ attribute: name })
				: before.includes('→')
					? m.change_attribute_list({ attribute: name, before, after })
					: m.change_attribute({ attribute: name, before, after });
		}),
		places: placesText(group)
	};
}

/** "in 23 places", "in 23 places, 46 in all"; the ops of a squeeze-and-excitation are one thing. */
function placesText({ what, unitCount, paths }: ChangeGroup): string {
	const places = unitCount === 1 ? m.change_one_place() : m.change_places({ count: unitCount });
	return what === 'squeeze-excite' || paths.length === unitCount
		? places
		: m.change_places_in_all({ places, count: paths.length });
}
