import type { Join, ModuleNode, OpNode, Role } from '../../arch/module';
import type { Shape, ShapeMap } from '../../arch/shapes';
import type { Metrics } from './metrics';
import type { NormPaths } from './sole-op';

/** What to lay out. */
export interface LayoutOptions {
	readonly root: ModuleNode;
	/** Shapes of the whole tree, by path from `root`. */
	readonly shapes: ShapeMap;
	/** Paths of the nodes whose inside is drawn; see `defaultOpen`. None by default. */
	readonly open?: ReadonlySet<string>;
	/** Draw only the part at this path, opened; by default all. */
	readonly focus?: string;
	/** Which way the data flows; down by default. Texts stay upright either way. */
	readonly direction?: Direction;
	/** What the sizes of boxes tell; `funnel` by default. */
	readonly encode?: Encoding;
	/**
	 * Draw consecutive blocks that are the same but for their names once, with their number. Such a run
	 * has a key (`repeatKey`) that unfolds it when it is in `open`. Off by default.
	 */
	readonly foldRepeats?: boolean;
	/**
	 * How wide the texts on a part are: what makes boxes as long as they must be where data flows to
	 * the right. By default all are taken to be as wide as `metrics.textRoom`; see `textSizeOf`.
	 */
	readonly textSize?: (part: PartFacts) => TextSize;
	/** Sizes in pixels; those for boxes with text by default. */
	readonly metrics?: Metrics;
}

/** Which way the data flows. */
export type Direction = 'down' | 'right';

/**
 * `funnel`: a box's size across the flow follows the resolution, on a log scale, and along the flow
 * the channels. `plain`: all boxes of a kind have one size, for reading.
 */
export type Encoding = 'funnel' | 'plain';

/** Widths in pixels of a part's first line and of its quiet line. */
export interface TextSize {
	readonly name: number;
	readonly detail: number;
	/** Whether a figure stands in the first line, too. */
	readonly hasFigure: boolean;
}

/** A rectangle in the drawing. */
export interface Rect {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/** What a box stands for; its outline and filling follow. */
export type BoxShape =
	| 'dense'
	| 'depthwise'
	| 'pointwise'
	| 'linear'
	| 'pool'
	/** Activations, flatten and normalisation: a thin bar, not a box. */
	| 'bar'
	| 'stage'
	| 'block'
	| 'squeeze-excite'
	| 'group';

/** A run of blocks that are the same but for their names. */
export interface Repeat {
	/** How often one period is repeated, and of how many blocks it is. */
	readonly count: number;
	readonly period: number;
	/** The blocks in execution order: `count * period` of them. */
	readonly paths: readonly string[];
	/** Of all blocks one period is drawn; if not, the part is a frame around every one. */
	readonly isFolded: boolean;
}

/** What a part is, without its place: all that its texts follow from. */
interface PartBase {
	/** Path of the outermost node that this part stands for; for a run of blocks its `repeatKey`. */
	readonly path: string;
	/** All paths that it stands for: a module around a single op is drawn as that op. */
	readonly paths: readonly string[];
	/** For a run of blocks the first of them. */
	readonly node: ModuleNode;
	readonly role: Role | undefined;
	readonly input: Shape;
	readonly output: Shape;
	/** For the tree of assistive technology: depth from 1, enclosing part, place among siblings. */
	readonly level: number;
	readonly parent: string | null;
	readonly direction: Direction;
	/** The run of blocks that it stands for; null for any other part. */
	readonly repeat: Repeat | null;
}

/** A closed part or an op, without its place. */
export interface BoxFacts extends PartBase {
	readonly kind: 'box';
	readonly shape: BoxShape;
	readonly openable: boolean;
	/** The one op that it stands for, or null. */
	readonly op: OpNode | null;
	/** BatchNorms drawn with that op. */
	readonly norms: NormPaths;
	/** The input is added to the output, inside. */
	readonly hasSkip: boolean;
	readonly cells: readonly CellFacts[];
}

/** An open part, without its place. */
export interface FrameFacts extends PartBase {
	readonly kind: 'frame';
	/** The blocks of a folded run that is drawn as a frame. */
	readonly cells: readonly CellFacts[];
}

export type PartFacts = BoxFacts | FrameFacts;

/** Where a part stands: it reaches `left` and `right` from x, and `height` down from y. */
export interface Place {
	/** Axis of the data flow where it flows down; the middle where it flows right. */
	readonly x: number;
	/** Upper edge. */
	readonly y: number;
	readonly left: number;
	readonly right: number;
	readonly height: number;
}

/** A closed part or an op. */
export interface Box extends BoxFacts, Place {
	/** Size across the flow where data enters and where it leaves; they differ where the resolution does. */
	readonly topWidth: number;
	readonly bottomWidth: number;
	/** Length along the flow over which that size changes: all of an op, the shoulders of a module. */
	readonly shoulder: number;
	readonly cells: readonly Cell[];
	/** Height that they take below the texts. */
	readonly cellsHeight: number;
}

/** An open part: a frame around what is in it. */
export interface Frame extends FrameFacts, Place {
	/** Height at the top for its name, and for cells if it has some. */
	readonly headerHeight: number;
	readonly cells: readonly Cell[];
}

export type Part = Box | Frame;

/** What a cell stands for: a block of a stage or run, a mixer of a block, a branch of a mixer. */
export interface CellFacts {
	readonly path: string;
	readonly role: Role;
	readonly hasSqueezeExcite: boolean;
	/** Side of the largest depthwise or dense kernel; the cell's size follows it. */
	readonly kernel: number;
}

/** A small square in a part. */
export interface Cell extends CellFacts {
	/** Relative to the part's x and upper edge. */
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** A line along which data flows; `d` is an SVG path. */
export interface Edge {
	readonly id: string;
	/** Path of the part that it leads along, with which it folds away; null for one that stays. */
	readonly along: string | null;
	readonly d: string;
	/** What it covers, its arrowhead aside. */
	readonly bounds: Rect;
	/** Where an arrowhead stands and which way it points, if it has one. */
	readonly arrow: {
		readonly x: number;
		readonly y: number;
		readonly to: 'down' | 'up' | 'left' | 'right';
	} | null;
}

/** Where branches meet. */
export interface JoinMark {
	/** Path of the branches node. */
	readonly path: string;
	readonly join: Join;
	readonly x: number;
	readonly y: number;
	readonly radius: number;
}

/** Where lines part, above the branches of the node at `path`. */
export interface Split {
	readonly path: string;
	readonly x: number;
	readonly y: number;
}

/** Where the drawn part begins and ends: the tensor that comes in or goes out. */
export interface Terminal {
	readonly kind: 'input' | 'output';
	readonly shape: Shape;
	/** Middle of the text. */
	readonly x: number;
	/** Its baseline. */
	readonly y: number;
}

/** Geometry of a diagram, in pixels, from (0, 0). Plain data; equal trees give equal layouts. */
export interface Layout {
	readonly direction: Direction;
	/** Boxes and frames in execution order, a frame before what is in it. */
	readonly parts: readonly Part[];
	readonly boxes: readonly Box[];
	readonly frames: readonly Frame[];
	readonly joins: readonly JoinMark[];
	/** Straight data flow. */
	readonly edges: readonly Edge[];
	/** Skip connections, always on one side: on the left, or above where data flows to the right. */
	readonly arcs: readonly Edge[];
	/** Where lines part. */
	readonly splits: readonly Split[];
	readonly terminals: readonly Terminal[];
	readonly width: number;
	readonly height: number;
}
