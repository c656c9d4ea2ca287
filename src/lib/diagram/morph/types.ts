import type { Box, Cell, Edge, JoinMark, Layout, Part, Split, Terminal } from '../layout/types';

/** Which of the two networks something is taken from. */
export type Side = 'before' | 'after';

/**
 * What becomes of a thing on the way. `bridge-out` and `bridge-in` are lines between two shared parts
 * that are neighbours in one network only: they hold the spine together until what comes between is
 * there, or from the moment it goes.
 */
export type Fate = 'shared' | 'removed' | 'added' | 'bridge-out' | 'bridge-in';

/** A part on its way. Both ends are there for what is shared, one for what goes or is new. */
export interface PartPlan {
	/** Unique among the parts of a plan, and the same in the plan of the way back for what is shared. */
	readonly key: string;
	readonly before: Part | null;
	readonly after: Part | null;
	/**
	 * The one of the two faces that this draws, where a closed part opens or an op is drawn in another
	 * way: then there are two plans, one fading into the other. Null for a single face.
	 */
	readonly face: Side | null;
	/** Whether the two ends differ in place alone. */
	readonly keepsShape: boolean;
	/** Of boxes with cells that differ; null where they are those of the box. */
	readonly cells: readonly CellPlan[] | null;
}

export interface CellPlan {
	/** Unique in its box. */
	readonly path: string;
	readonly before: Cell | null;
	readonly after: Cell | null;
}

/** A line with both its ends; of a bridge one end is made up. */
export interface LinePlan {
	readonly before: Edge;
	readonly after: Edge;
	/** The commands of both paths, which are the same, and their numbers. */
	readonly commands: readonly string[];
	readonly from: readonly number[];
	readonly to: readonly number[];
}

/** Lines, splits and joins of one fate. */
export interface LayerPlan {
	readonly fate: Fate;
	readonly edges: readonly LinePlan[];
	readonly arcs: readonly LinePlan[];
	readonly splits: readonly { readonly before: Split; readonly after: Split }[];
	readonly joins: readonly { readonly before: JoinMark; readonly after: JoinMark }[];
}

/** Everything between two drawings that does not depend on the moment. */
export interface MorphPlan {
	readonly parts: readonly PartPlan[];
	readonly layers: readonly LayerPlan[];
	readonly terminals: readonly { readonly before: Terminal; readonly after: Terminal }[];
	readonly before: Layout;
	readonly after: Layout;
}

/** A part at one moment. */
export interface MorphPart {
	readonly key: string;
	/** The network whose texts and filling it shows. */
	readonly side: Side;
	/**
	 * The part in its size at this moment, to be drawn at `x` and `y`: its own are those of its face.
	 * The same object from moment to moment as long as its size stays.
	 */
	readonly part: Part;
	/** The cells of a box, where they are not its own. */
	readonly cells: readonly Cell[] | undefined;
	readonly x: number;
	readonly y: number;
	/** 0 is not there, 1 fully. */
	readonly presence: number;
	/** Of boxes that grow in or shrink, about their middle. */
	readonly scale: number;
}

/** Lines, splits and joins that are equally present at one moment. */
export interface MorphLayer extends Pick<Layout, 'edges' | 'arcs' | 'splits' | 'joins'> {
	readonly fate: Fate;
	readonly side: Side;
	readonly presence: number;
}

/** The drawing at one moment, as plain data. */
export interface MorphFrame {
	/** In the order in which they are drawn: frames, the outer ones first, then boxes. */
	readonly parts: readonly MorphPart[];
	readonly layers: readonly MorphLayer[];
	readonly terminals: readonly Terminal[];
	readonly width: number;
	readonly height: number;
}

/** A part whose outline is a box's. */
export type BoxSize = Pick<
	Box,
	'left' | 'right' | 'height' | 'topWidth' | 'bottomWidth' | 'shoulder' | 'cellsHeight'
>;
