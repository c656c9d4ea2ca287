import type { Role } from '../../arch/module';
import { cornerRow, moved, rowWidth, strip, stripWidth } from './cells';
import { roomFor, type Look } from './look';
import { channelsOf, thicknessOf, type Metrics } from './metrics';
import type { NormPaths } from './sole-op';
import type { BoxFacts, Cell } from './types';

/** What a box has inside, along the flow. */
export interface Body {
	/** Length that it takes, and of it the part that is drawn. */
	readonly length: number;
	readonly drawn: number;
	/** Room to the right of it, for its name. */
	readonly label: number;
	readonly cells: readonly Cell[];
	readonly cellsHeight: number;
}

interface BodyOptions {
	/** In a side loop. */
	readonly isBeside: boolean;
	/** Length of the shoulders. */
	readonly cap: number;
	readonly topWidth: number;
	readonly bottomWidth: number;
}

/** Where data flows to the right, texts decide how long a box is; else what kind of box it is. */
export function bodyOf(facts: BoxFacts, options: BodyOptions, look: Look): Body {
	if (facts.shape === 'bar') return barBody(facts, look);
	const { metrics, direction } = look;
	const channels = channelsOf(facts.output);
	const isLoud = facts.openable && LOUD_ROLES.has(facts.role);
	const isThin = options.isBeside || look.encode === 'plain';
	const thickness = isThin ? 0 : thicknessOf(channels, metrics, isLoud ? 'stage' : 'part');
	const beside = thickness + options.cap + metrics.normHeight * sidesWithNorms(facts.norms);
	// A glyph has no texts: its boxes are as long in every direction.
	return direction === 'down' || metrics.textRoom === 0
		? bodyDown(facts, options, thickness, beside, metrics)
		: bodyRight(facts, options, beside, look);
}

function bodyDown(
	facts: BoxFacts,
	{ cap, bottomWidth }: BodyOptions,
	thickness: number,
	beside: number,
	metrics: Metrics
): Body {
	const top = cap + boxHeight(facts, metrics) + thickness / 2;
	const length = boxHeight(facts, metrics) + beside;
	if (!hasStrip(facts)) {
		const cells = cornerRow(facts.cells, bottomWidth / 2, top - metrics.groupHeight / 2, metrics);
		return { length, drawn: length, label: 0, cells, cellsHeight: 0 };
	}
	const room = bottomWidth - 2 * metrics.cellInset;
	const { cells, height } = strip(facts.cells, room, metrics);
	const whole = length + height;
	const placed = moved(cells, -room / 2, top);
	return { length: whole, drawn: whole, label: 0, cells: placed, cellsHeight: height };
}

/** As long as its texts, which stand in the middle of its height. */
function bodyRight(
	facts: BoxFacts,
	{ cap, topWidth, bottomWidth }: BodyOptions,
	beside: number,
	{ metrics, textSize }: Look
): Body {
	const { name, detail } = textSize(facts);
	const middle = Math.max(topWidth, bottomWidth) / 2;
	const sign = facts.openable ? metrics.mixerInset : 0;
	if (!hasStrip(facts)) {
		const row = facts.cells.length > 0 ? rowWidth(facts.cells.length + 1, metrics) : 0;
		const length = roomFor(Math.max(name + row + sign, detail), metrics) + beside;
		const cells = cornerRow(facts.cells, length / 2, middle, metrics);
		return { length, drawn: length, label: 0, cells, cellsHeight: 0 };
	}
	const height = Math.min(topWidth, bottomWidth);
	const row = stripWidth(facts.cells, { room: Math.max(name + sign, detail), height }, metrics);
	const length = roomFor(row, metrics) + beside;
	const { cells, height: cellsHeight } = strip(facts.cells, row, metrics);
	const left = cap - length / 2 + metrics.cellInset;
	const placed = moved(cells, left, middle + (metrics.stageHeight - cellsHeight) / 2);
	return { length, drawn: length, label: 0, cells: placed, cellsHeight };
}

/** A bar's name stands to the right of it, or below it in a drawing that runs to the right. */
function barBody({ op }: BoxFacts, { direction, metrics }: Look): Body {
	const label = (op?.op.type.length ?? 0) * metrics.labelPerCharacter;
	const drawn = metrics.barHeight;
	const isDown = direction === 'down';
	return {
		length: isDown ? drawn : Math.max(drawn, label),
		drawn,
		label: isDown ? label : metrics.barLabelHeight,
		cells: [],
		cellsHeight: 0
	};
}

/** Whether its cells stand in rows below its texts, not in its corner. */
function hasStrip({ shape, repeat, cells }: BoxFacts): boolean {
	return cells.length > 0 && (shape === 'stage' || repeat !== null);
}

/** What a network is made of at first sight: it tells its channels louder when closed. */
const LOUD_ROLES: ReadonlySet<Role | undefined> = new Set(['stem', 'stage', 'classifier']);

function boxHeight({ shape, op }: BoxFacts, metrics: Metrics): number {
	if (op !== null) return metrics.opHeight;
	return shape === 'stage' ? metrics.stageHeight : metrics.groupHeight;
}

function sidesWithNorms({ before, behind }: NormPaths): number {
	return Number(before.length > 0) + Number(behind.length > 0);
}
