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
	/** Which way the data flows. */
	readonly direction?: 'down';
	/** Sizes in pixels; those for boxes with text by default. */
	readonly metrics?: Metrics;
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

interface PartBase {
	/** Path of the outermost node that this part stands for. */
	readonly path: string;
	/** All paths that it stands for: a module around a single op is drawn as that op. */
	readonly paths: readonly string[];
	readonly node: ModuleNode;
	readonly role: Role | undefined;
	readonly input: Shape;
	readonly output: Shape;
	/** For the tree of assistive technology: depth from 1, enclosing part, place among siblings. */
	readonly level: number;
	readonly parent: string | null;
	/** Axis of the data flow and upper edge; the part reaches `left` and `right` from the axis. */
	readonly x: number;
	readonly y: number;
	readonly left: number;
	readonly right: number;
	readonly height: number;
}

/** A closed part or an op. */
export interface Box extends PartBase {
	readonly kind: 'box';
	readonly shape: BoxShape;
	/** Width where data enters and where it leaves; they differ where the resolution does. */
	readonly topWidth: number;
	readonly bottomWidth: number;
	/** Height over which the width changes: all of an op, the shoulders of a module. */
	readonly shoulder: number;
	readonly openable: boolean;
	/** The one op that it stands for, or null. */
	readonly op: OpNode | null;
	/** BatchNorms drawn with that op. */
	readonly norms: NormPaths;
	/** The input is added to the output, inside. */
	readonly hasSkip: boolean;
	readonly cells: readonly Cell[];
	/** Height that they take below the texts. */
	readonly cellsHeight: number;
}

/** An open part: a frame around what is in it. */
export interface Frame extends PartBase {
	readonly kind: 'frame';
	readonly headerHeight: number;
}

export type Part = Box | Frame;

/** A small square in a closed part: a block of a stage, a mixer of a block, a branch of a mixer. */
export interface Cell {
	readonly path: string;
	readonly role: Role;
	readonly hasSqueezeExcite: boolean;
	/** Side of the largest depthwise or dense kernel; the cell's size follows it. */
	readonly kernel: number;
	/** Relative to the part's axis and upper edge. */
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
	/** Where an arrowhead stands and which way it points, if it has one. */
	readonly arrow: {
		readonly x: number;
		readonly y: number;
		readonly to: 'down' | 'left' | 'right';
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
	readonly x: number;
	/** Baseline of the text. */
	readonly y: number;
}

/** Geometry of a diagram, in pixels, from (0, 0). Plain data; equal trees give equal layouts. */
export interface Layout {
	/** Boxes and frames in execution order, a frame before what is in it. */
	readonly parts: readonly Part[];
	readonly boxes: readonly Box[];
	readonly frames: readonly Frame[];
	readonly joins: readonly JoinMark[];
	/** Straight data flow. */
	readonly edges: readonly Edge[];
	/** Skip connections, always on the left. */
	readonly arcs: readonly Edge[];
	/** Where lines part. */
	readonly splits: readonly Split[];
	readonly terminals: readonly Terminal[];
	readonly width: number;
	readonly height: number;
}
