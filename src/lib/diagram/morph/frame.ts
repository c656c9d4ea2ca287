import type { Cell, Edge, JoinMark, Part, Split, Terminal } from '../layout/types';
import { joinPath } from './path-numbers';
import { sizedBetween } from './sizes';
import { between, presenceOfEntering, presenceOfLeaving, shareOfMove } from './timing';
import type {
	CellPlan,
	Fate,
	LayerPlan,
	LinePlan,
	MorphFrame,
	MorphLayer,
	MorphPart,
	MorphPlan,
	PartPlan,
	Side
} from './types';

/** A moment of the way: where it is, and how far each kind of thing has come. */
interface Moment {
	/** The network whose texts are shown. */
	readonly side: Side;
	/** Whether it is one of the two drawings themselves. */
	readonly isEnd: boolean;
	readonly move: number;
	readonly leaving: number;
	readonly entering: number;
}

/** How small a box is when it begins to grow in. */
const SMALLEST = 0.6;

/**
 * The drawing at `t`: 0 is the earlier network's, 1 the later one's, both exactly. What is not there
 * at a moment has the presence 0; it stays in the list, so that its element can stay.
 */
export function frameAt(plan: MorphPlan, t: number): MorphFrame {
	const moment: Moment = {
		side: t < 0.5 ? 'before' : 'after',
		isEnd: t <= 0 || t >= 1,
		move: shareOfMove(t),
		leaving: presenceOfLeaving(t),
		entering: presenceOfEntering(t)
	};
	const { before, after } = plan;
	return {
		parts: plan.parts.map((part) => partAt(part, moment)),
		layers: plan.layers.map((layer) => layerAt(layer, moment)),
		terminals: plan.terminals.map((terminal) => ({
			...terminal[moment.side],
			...placeBetween<Terminal>(terminal, moment.move)
		})),
		width: between(before.width, after.width, moment.move),
		height: between(before.height, after.height, moment.move)
	};
}

/** A part that rests is the same object from moment to moment, so that nothing of it is drawn anew. */
function partAt(plan: PartPlan, moment: Moment): MorphPart {
	const rest = restOf(plan, moment);
	return rest === null ? partInMotion(plan, moment) : remembered(restingParts, plan, rest, moment);
}

const restingParts = { known: new WeakMap<PartPlan, Resting<MorphPart>>(), make: partInMotion };
const restingLayers = { known: new WeakMap<LayerPlan, Resting<MorphLayer>>(), make: layerInMotion };

/** What a thing is before it sets out and once it has arrived. */
type Resting<T> = { [S in Side]?: T };

function remembered<P extends object, T>(
	{ known, make }: { known: WeakMap<P, Resting<T>>; make: (plan: P, moment: Moment) => T },
	plan: P,
	rest: Side,
	moment: Moment
): T {
	const ends = known.get(plan) ?? {};
	known.set(plan, ends);
	return (ends[rest] ??= make(plan, moment));
}

/** The end at which a part is at this moment; null in motion. */
function restOf({ before, after, cells, face, keepsShape }: PartPlan, moment: Moment): Side | null {
	if (after === null) return endOf(1 - moment.leaving);
	if (before === null) return endOf(moment.entering);
	if (cells !== null) return moment.isEnd ? moment.side : null;
	const isStill = keepsShape && before.x === after.x && before.y === after.y;
	return isStill && face === null ? moment.side : endOf(moment.move);
}

function endOf(share: number): Side | null {
	return share === 0 ? 'before' : share === 1 ? 'after' : null;
}

function partInMotion(plan: PartPlan, moment: Moment): MorphPart {
	const { key, before, after, face } = plan;
	if (before === null || after === null) {
		const presence = after === null ? moment.leaving : moment.entering;
		const part = (before ?? after)!;
		const scale = part.kind === 'frame' ? 1 : between(SMALLEST, 1, presence);
		const side = after === null ? 'before' : 'after';
		return { key, side, part, cells: undefined, x: part.x, y: part.y, presence, scale };
	}
	const side = face ?? moment.side;
	const presence = face === null ? 1 : face === 'before' ? 1 - moment.move : moment.move;
	return {
		key,
		side,
		part: faceAt(plan, side, before, after, moment),
		cells: moment.isEnd ? undefined : plan.cells?.flatMap((cell) => cellAt(cell, side, moment)),
		...placeBetween({ before, after }, moment.move),
		presence,
		scale: 1
	};
}

/** The same object as long as nothing but its place changes. */
function faceAt(
	{ keepsShape }: PartPlan,
	side: Side,
	before: Part,
	after: Part,
	{ move }: Moment
): Part {
	const face = side === 'before' ? before : after;
	const isAtHome = move === (side === 'before' ? 0 : 1);
	return keepsShape || isAtHome ? face : sizedBetween(face, before, after, move);
}

/** None while it has no size. */
function cellAt({ path, before, after }: CellPlan, side: Side, moment: Moment): readonly Cell[] {
	if (before !== null && after !== null) {
		const at = (key: 'x' | 'y' | 'width' | 'height') =>
			between(before[key], after[key], moment.move);
		const look = side === 'before' ? before : after;
		return [{ ...look, path, x: at('x'), y: at('y'), width: at('width'), height: at('height') }];
	}
	const cell = (before ?? after)!;
	const presence = after === null ? moment.leaving : moment.entering;
	if (presence === 0) return [];
	return [
		{
			...cell,
			path,
			x: cell.x + (cell.width * (1 - presence)) / 2,
			y: cell.y + (cell.height * (1 - presence)) / 2,
			width: cell.width * presence,
			height: cell.height * presence
		}
	];
}

function layerAt(plan: LayerPlan, moment: Moment): MorphLayer {
	const rest = layerRestOf(plan.fate, moment);
	return rest === null
		? layerInMotion(plan, moment)
		: remembered(restingLayers, plan, rest, moment);
}

/** Lines that only fade rest before and behind it; those that glide, before and behind that. */
function layerRestOf(fate: Fate, moment: Moment): Side | null {
	switch (fate) {
		case 'shared':
			return endOf(moment.move);
		case 'removed':
			return endOf(1 - moment.leaving);
		case 'added':
			return endOf(moment.entering);
		// Bridges fade at one end and glide as well: they rest where they are not seen.
		case 'bridge-out':
			return moment.entering === 1 ? 'after' : null;
		case 'bridge-in':
			return moment.leaving === 1 ? 'before' : null;
	}
}

function layerInMotion(
	{ fate, edges, arcs, splits, joins }: LayerPlan,
	moment: Moment
): MorphLayer {
	const { move } = moment;
	const side = sideOf(fate) ?? moment.side;
	return {
		fate,
		side,
		presence: presenceOf(fate, moment),
		edges: edges.map((line) => lineAt(line, side, move)),
		arcs: arcs.map((line) => lineAt(line, side, move)),
		splits: splits.map((split) => ({ ...split.after, ...placeBetween<Split>(split, move) })),
		joins: joins.map((join) => ({
			...join.after,
			...placeBetween<JoinMark>(join, move),
			radius: between(join.before.radius, join.after.radius, move)
		}))
	};
}

/** The network that alone has what is of this fate. */
function sideOf(fate: Fate): Side | null {
	if (fate === 'shared') return null;
	return fate === 'removed' || fate === 'bridge-out' ? 'before' : 'after';
}

function presenceOf(fate: Fate, { leaving, entering }: Moment): number {
	switch (fate) {
		case 'shared':
			return 1;
		case 'removed':
			return leaving;
		case 'added':
			return entering;
		// A bridge gives way to what comes between, and takes the place of what goes.
		case 'bridge-out':
			return 1 - entering;
		case 'bridge-in':
			return 1 - leaving;
	}
}

/** Named as in the later network, so that a line keeps its element. */
function lineAt({ before, after, commands, from, to }: LinePlan, side: Side, move: number): Edge {
	const face = side === 'before' ? before : after;
	const { id } = after;
	if (before === after) return after;
	const arrow = after.arrow &&
		before.arrow && {
			...after.arrow,
			...placeBetween({ before: before.arrow, after: after.arrow }, move)
		};
	const { along, bounds } = face;
	return { id, along, bounds, d: joinPath(commands, from, to, move), arrow };
}

function placeBetween<T extends { readonly x: number; readonly y: number }>(
	{ before, after }: { readonly before: T; readonly after: T },
	share: number
): { x: number; y: number } {
	return { x: between(before.x, after.x, share), y: between(before.y, after.y, share) };
}
