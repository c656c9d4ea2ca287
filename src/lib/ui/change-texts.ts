import type { ChangeLine, ModuleLine, OpsLine, StageLine } from '../arch/change-lines';
import type { Move, Whereabouts } from '../arch/diff';
import type { ChangeGroup } from '../arch/diff-summary';
import type { Role } from '../arch/module';
import * as m from '../paraglide/messages';
import { parted } from './join-texts';
import { ROLE_STYLES } from './roles';

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

/** A line of the change list, in parts. */
export interface ChangeText {
	/** What and verb. */
	readonly head: string;
	/** "in 23 places"; empty for what is one place anyway. */
	readonly places: string;
	/** What of it changes, with the sign in front that joins it to the rest; may be empty. */
	readonly details: string;
	/** To be shown beside it; undefined where the words say it. */
	readonly role: Role | undefined;
}

export function changeText(line: ChangeLine): ChangeText {
	switch (line.about) {
		case 'stage':
			return { head: stageText(line), places: '', details: '', role: undefined };
		case 'module':
			return { head: moduleText(line), places: placesText(line), details: '', role: undefined };
		case 'ops':
			return {
				head: headText(line),
				places: placesText({ ...line, count: countOf(line) }),
				details: detailsText(line),
				role: line.what === 'squeeze-excite' ? undefined : line.role
			};
	}
}

/** The same as one sentence, for files and for speech. */
export function changeSentence(line: ChangeLine): string {
	const { head, places, details, role } = changeText(line);
	const owner = role ? `(${ROLE_STYLES[role].name()})` : '';
	return [head, places, owner].filter((part) => part !== '').join(' ') + details;
}

const STAGE_TEXTS: { readonly [F in StageLine['fact']]: typeof m.changes_stage_depth } = {
	depth: m.changes_stage_depth,
	width: m.changes_stage_width,
	hidden: m.changes_stage_hidden
};

function stageText({ fact, stage, before, after }: StageLine): string {
	return STAGE_TEXTS[fact]({
		stage: stage + 1,
		before: rangeText(before),
		after: rangeText(after)
	});
}

function rangeText(values: readonly number[]): string {
	const [low, high] = [Math.min(...values), Math.max(...values)];
	return low === high ? String(low) : m.changes_range({ low, high });
}

function moduleText({ kind, role, within }: ModuleLine): string {
	const parts = { what: ROLE_STYLES[role].name(), verb: VERBS[kind]() };
	return within === undefined
		? m.changes_module(parts)
		: m.changes_module_within({ ...parts, within: ROLE_STYLES[within].name() });
}

const WHEREABOUTS: { readonly [W in Whereabouts]: () => string } = {
	before: m.changes_move_before,
	among: m.changes_move_among,
	behind: m.changes_move_behind
};

function headText({ kind, what: kindOfOp, kernels, move }: ChangeGroup): string {
	const name = WHAT[kindOfOp]();
	const what =
		kernels.length === 0
			? name
			: m.changes_what_kernels({ what: name, kernels: kernels.join(', ') });
	return move === null || move.from === move.to
		? m.change_line({ what, verb: VERBS[kind]() })
		: moveText(what, move);
}

function moveText(what: string, { from, to }: Move): string {
	return m.changes_moved({ what, from: WHEREABOUTS[from](), to: WHEREABOUTS[to]() });
}

/** ": stride 1 → 2; channels differing from place to place"; what has no values needs no colon. */
function detailsText({ attributes }: ChangeGroup): string {
	const isVarying = ({ before }: ChangeGroup['attributes'][number]) => before === null;
	const varying = attributes.filter(isVarying);
	const fixed = attributes.filter((attribute) => !isVarying(attribute));
	if (attributes.length === 0) return '';
	const details = parted([...fixed, ...varying].map(attributeText));
	return fixed.length > 0 ? m.change_details({ details }) : m.change_varying({ details });
}

function attributeText({ attribute, before, after }: ChangeGroup['attributes'][number]): string {
	const name = ATTRIBUTES[attribute]?.() ?? attribute;
	if (before === null) return m.change_attribute_varies({ attribute: name });
	return before.includes('→')
		? m.change_attribute_list({ attribute: name, before, after })
		: m.change_attribute({ attribute: name, before, after });
}

/** The ops of a squeeze-and-excitation are one thing. */
function countOf({ what, unitCount, paths }: OpsLine): number {
	return what === 'squeeze-excite' ? unitCount : paths.length;
}

/** "in 23 places", "in 23 places, 46 in all". */
function placesText({
	unitCount,
	count
}: {
	readonly unitCount: number;
	readonly count: number;
}): string {
	const places = unitCount === 1 ? m.change_one_place() : m.change_places({ count: unitCount });
	return count === unitCount ? places : m.change_places_in_all({ places, count });
}
