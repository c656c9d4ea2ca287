import type { Shape } from '../../arch/shapes';
import { turnPlace } from './axes';
import { bodyOf } from './bodies';
import { isResidual, moduleShape, opShape } from './box-shape';
import { cellFactsOf } from './cells';
import type { Look } from './look';
import { widthOver } from './metrics';
import { addLine, type Piece } from './sink';
import { NO_NORMS, type SoleOp } from './sole-op';
import type { BoxFacts, BoxShape, CellFacts, Repeat } from './types';
import type { Located } from './visible';

/** What is known of a part before it is measured. */
export interface PartContext {
	readonly located: Located;
	readonly paths: readonly string[];
	readonly input: Shape;
	readonly output: Shape;
	readonly level: number;
	readonly parent: string | null;
	/** In a side loop: narrow, whatever the resolution. */
	readonly isBeside: boolean;
	readonly repeat: Repeat | null;
}

/** A closed module or an op, as one box. */
export function box(
	context: PartContext,
	sole: SoleOp | null,
	openable: boolean,
	look: Look,
	/** What its cells stand for; by default what is in it. */
	cells: readonly CellFacts[] = openable ? cellFactsOf(context.located) : []
): Piece {
	const { metrics } = look;
	const facts = boxFacts(context, sole, openable, look, cells);
	const { role, shape, path } = facts;
	const [topWidth, bottomWidth] = boxWidths(shape, context, look);
	const isTapered = topWidth !== bottomWidth;
	const hasShoulders = isTapered && openable && (role === 'stage' || role === 'block');
	const cap = hasShoulders ? metrics.shoulder : 0;
	const body = bodyOf(facts, { cap, topWidth, bottomWidth, isBeside: context.isBeside }, look);
	const half = Math.max(topWidth, bottomWidth) / 2;
	const stack = facts.repeat ? metrics.stackReach : 0;
	return {
		id: path,
		left: facts.hasSkip ? half + metrics.skipReach : half,
		right: half + body.label + stack,
		height: body.length + stack,
		isSolid: shape !== 'bar',
		isBar: shape === 'bar',
		place(sink, x, y) {
			const rest = (body.length - body.drawn) / 2;
			// A bar is shorter than its name beside it: the line runs on to it and from it.
			if (rest > 0) {
				const end = y + body.length;
				addLine(
					sink,
					`${path}:to`,
					[
						[x, y],
						[x, y + rest]
					],
					{ along: path }
				);
				addLine(
					sink,
					`${path}:from`,
					[
						[x, end - rest],
						[x, end]
					],
					{ along: path }
				);
			}
			// Spelt out: spreading objects this large takes most of a layout's time.
			const at = turnPlace(sink.direction, x, y + rest, half, half, body.drawn);
			sink.parts.push({
				kind: facts.kind,
				path,
				paths: facts.paths,
				node: facts.node,
				role,
				input: facts.input,
				output: facts.output,
				level: facts.level,
				parent: facts.parent,
				direction: facts.direction,
				repeat: facts.repeat,
				shape,
				openable,
				op: facts.op,
				norms: facts.norms,
				hasSkip: facts.hasSkip,
				cells: body.cells,
				cellsHeight: body.cellsHeight,
				topWidth,
				bottomWidth,
				shoulder: hasShoulders ? cap : isTapered ? body.length : 0,
				x: at.x,
				y: at.y,
				left: at.left,
				right: at.right,
				height: at.height
			});
		}
	};
}

function boxFacts(
	context: PartContext,
	sole: SoleOp | null,
	openable: boolean,
	{ direction }: Look,
	cells: readonly CellFacts[]
): BoxFacts {
	const { located, paths, input, output, level, parent, repeat } = context;
	const { node, path, role } = located;
	const op = sole?.op ?? null;
	return {
		kind: 'box',
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
		shape: op ? opShape(op.op) : moduleShape(node, role),
		openable,
		op,
		norms: sole?.norms ?? NO_NORMS,
		hasSkip: openable && isResidual(node),
		cells
	};
}

function boxWidths(
	shape: BoxShape,
	{ input, output, isBeside }: PartContext,
	{ metrics, encode }: Look
): [top: number, bottom: number] {
	if (shape === 'bar') {
		const width = isBeside ? metrics.barWidth * 0.45 : metrics.barWidth;
		return [width, width];
	}
	if (isBeside) {
		const narrower = metrics.sideWidth * (shape === 'pool' ? 0.8 : 1);
		return [metrics.sideWidth, narrower];
	}
	if (encode === 'plain') return [metrics.plainWidth, metrics.plainWidth];
	return [widthOver(input, metrics), widthOver(output, metrics)];
}
