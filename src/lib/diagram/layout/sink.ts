import type { Join } from '../../arch/module';
import { turnPoint } from './axes';
import type { Metrics } from './metrics';
import { roundedLine, type Point } from './paths';
import type { Direction, Edge, JoinMark, Part, Rect, Split } from './types';

/** Takes what is placed, in execution order, and turns it to where the data flows: see axes.ts. */
export interface Sink {
	readonly direction: Direction;
	readonly metrics: Metrics;
	readonly parts: Part[];
	readonly joins: JoinMark[];
	readonly edges: Edge[];
	readonly arcs: Edge[];
	readonly splits: Split[];
}

/** How far something reaches to either side of the axis. */
export interface Extent {
	readonly left: number;
	readonly right: number;
}

/**
 * Something measured and not yet placed, as if data flowed down: it enters on its axis at the upper
 * edge and leaves on its axis at the lower edge.
 */
export interface Piece extends Extent {
	/** Names it in the ids of the lines that touch it. */
	readonly id: string;
	readonly height: number;
	/** A box or frame, which takes an arrowhead; bars and bare lines do not. */
	readonly isSolid: boolean;
	readonly isBar: boolean;
	/** @param extent what its neighbours reach; open frames in one stack grow to equal widths. */
	place(sink: Sink, x: number, y: number, extent?: Extent): void;
}

export function addLine(
	sink: Sink,
	id: string,
	points: readonly Point[],
	options: {
		readonly arrow?: boolean;
		readonly arc?: boolean;
		/** Path of the part that it leads along: see `Edge`. */
		readonly along?: string;
	} = {}
): void {
	const turned = points.map((point) => turnPoint(sink.direction, point));
	const end = turned[turned.length - 1];
	const before = turned[turned.length - 2];
	if (end === undefined || before === undefined) return;
	(options.arc ? sink.arcs : sink.edges).push({
		id,
		along: options.along ?? null,
		d: roundedLine(turned, sink.metrics.cornerRadius + 2),
		bounds: boundsOf(turned),
		arrow: options.arrow ? { x: end[0], y: end[1], to: headingTo(before, end) } : null
	});
}

function headingTo(from: Point, to: Point): NonNullable<Edge['arrow']>['to'] {
	if (to[1] !== from[1]) return to[1] > from[1] ? 'down' : 'up';
	return to[0] > from[0] ? 'right' : 'left';
}

function boundsOf(points: readonly Point[]): Rect {
	let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [x, y] of points) {
		left = Math.min(left, x);
		right = Math.max(right, x);
		top = Math.min(top, y);
		bottom = Math.max(bottom, y);
	}
	return { left, top, right, bottom };
}

/** Where lines part. */
export function addSplit(sink: Sink, path: string, at: Point): void {
	const [x, y] = turnPoint(sink.direction, at);
	sink.splits.push({ path, x, y });
}

export function addJoin(sink: Sink, path: string, join: Join, at: Point): void {
	const [x, y] = turnPoint(sink.direction, at);
	sink.joins.push({ path, join, x, y, radius: sink.metrics.joinRadius });
}
