import { turnPlace } from './axes';
import type { PartContext } from './boxes';
import { moved, strip } from './cells';
import { roomFor, type Look } from './look';
import { addLine, type Piece } from './sink';
import type { CellFacts, FrameFacts } from './types';

/**
 * An open module: a frame with a header at its top, and its content. Where data flows down it begins
 * below the header, where it flows right the header stands above it.
 * @param cells what a strip of cells in the header stands for
 */
export function frame(
	context: PartContext,
	content: Piece,
	look: Look,
	cells: readonly CellFacts[] = []
): Piece {
	const { metrics, direction } = look;
	const { framePadding, frameMinWidth, gap, stackReach, cellInset } = metrics;
	const facts = frameFacts(context, look, cells);
	const isDown = direction === 'down';
	const above = content.isSolid ? gap : gap / 4;
	const below = gap;
	const least = Math.max(frameMinWidth, headerRoom(facts, look));
	const across = content.left + content.right + 2 * framePadding;
	const along = above + content.height + below;
	const missing = Math.max(0, least - (isDown ? across : along));
	const [beside, around] = isDown ? [missing / 2, 0] : [0, missing / 2];

	const width = isDown ? across + missing : along + missing;
	const row = strip(cells, width - 2 * cellInset, metrics);
	// The strip's own inset is below it; the frame's gap follows anyway.
	const header = metrics.headerHeight + Math.max(0, row.height - cellInset / 2);
	const left = content.left + framePadding + beside + (isDown ? 0 : header);
	const right = content.right + framePadding + beside;
	const length = along + 2 * around + (isDown ? header : 0);
	const stack = facts.repeat?.isFolded ? stackReach : 0;
	const path = facts.path;
	return {
		id: path,
		left,
		right: right + stack,
		height: length + stack,
		isSolid: true,
		isBar: false,
		place(sink, x, y, extent) {
			const reach = {
				left: Math.max(left, extent?.left ?? 0),
				right: Math.max(right, (extent?.right ?? 0) - stack)
			};
			const edge = isDown ? -reach.left : -length / 2;
			const at = turnPlace(sink.direction, x, y, reach.left, reach.right, length);
			// Spelt out: spreading objects this large takes most of a layout's time.
			sink.parts.push({
				kind: facts.kind,
				path,
				paths: facts.paths,
				node: facts.node,
				role: facts.role,
				input: facts.input,
				output: facts.output,
				level: facts.level,
				parent: facts.parent,
				direction: facts.direction,
				repeat: facts.repeat,
				cells: moved(row.cells, edge + cellInset, metrics.headerHeight),
				headerHeight: header,
				x: at.x,
				y: at.y,
				left: at.left,
				right: at.right,
				height: at.height
			});
			const start = y + (isDown ? header : 0);
			const top = start + above + around;
			addLine(
				sink,
				`${path}:enter`,
				[
					[x, start],
					[x, top]
				],
				{
					arrow: content.isSolid,
					along: path
				}
			);
			content.place(sink, x, top);
			const end = top + content.height;
			addLine(
				sink,
				`${path}:leave`,
				[
					[x, end],
					[x, y + length + stack]
				],
				{ along: path }
			);
		}
	};
}

function frameFacts(
	context: PartContext,
	{ direction }: Look,
	cells: readonly CellFacts[]
): FrameFacts {
	const { located, paths, input, output, level, parent, repeat } = context;
	const { node, path, role } = located;
	return {
		kind: 'frame',
		path,
		paths,
		node,
		role,
		input,
		output,
		level,
		parent,
		direction,
		repeat,
		cells
	};
}

/**
 * Length that a frame's name and its sign need. Where data flows down a frame is wide enough for them
 * in any case; but not for a figure.
 */
function headerRoom(facts: FrameFacts, { direction, metrics, textSize }: Look): number {
	if (metrics.textRoom === 0) return 0;
	const { name, hasFigure } = textSize(facts);
	if (direction === 'down' && !hasFigure) return 0;
	return roomFor(name + metrics.mixerInset, metrics);
}
