import type { Join } from '../../arch/module';
import type { Metrics } from './metrics';
import type { Edge, JoinMark, Part, Split } from './types';
import { roundedLine, type Point } from './paths';

/** Takes what is placed, in execution order. */
export interface Sink {
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
 * Something measured and not yet placed. The data enters on its axis at its upper edge and leaves on
 * its axis at its lower edge.
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
	const end = points[points.length - 1];
	const before = points[points.length - 2];
	if (end === undefined || before === undefined) return;
	const to = end[1] > before[1] ? 'down' : end[0] > before[0] ? 'right' : 'left';
	(options.arc ? sink.arcs : sink.edges).push({
		id,
		along: options.along ?? null,
		d: roundedLine(points, sink.metrics.cornerRadius + 2),
		arrow: options.arrow ? { x: end[0], y: end[1], to } : null
	});
}

export function addJoin(sink: Sink, path: string, join: Join, x: number, y: number): void {
	sink.joins.push({ path, join, x, y, radius: sink.metrics.joinRadius });
}
