import type { Join } from '../../arch/module';
import type { Metrics } from './metrics';
import { addJoin, addLine, addSplit, type Piece, type Sink } from './sink';

/** One after another, on one axis. */
export function stack(id: string, pieces: readonly Piece[], metrics: Metrics): Piece {
	const gaps = pieces.slice(1).map((piece, index) => {
		const previous = pieces[index];
		return piece.isBar || previous?.isBar ? metrics.barGap : metrics.gap;
	});
	const left = Math.max(0, ...pieces.map((piece) => piece.left));
	const right = Math.max(0, ...pieces.map((piece) => piece.right));
	return {
		id,
		left,
		right,
		height: sum(pieces.map((piece) => piece.height)) + sum(gaps),
		isSolid: pieces[0]?.isSolid ?? false,
		isBar: pieces[0]?.isBar ?? false,
		place(sink, x, top) {
			let y = top;
			pieces.forEach((piece, index) => {
				piece.place(sink, x, y, { left, right });
				y += piece.height;
				const next = pieces[index + 1];
				const gap = gaps[index];
				if (next === undefined || gap === undefined) return;
				const points = [
					[x, y],
					[x, y + gap]
				] as const;
				addLine(sink, `${piece.id}>${next.id}`, points, { arrow: next.isSolid, along: id });
				y += gap;
			});
		}
	};
}

/** A bare line of a given length: an identity that stands alone. */
export function line(id: string, height: number): Piece {
	return {
		id,
		left: 1,
		right: 1,
		height,
		isSolid: false,
		isBar: false,
		place(sink, x, y) {
			const points = [
				[x, y],
				[x, y + height]
			] as const;
			addLine(sink, id, points, { along: id });
		}
	};
}

/**
 * A body on the axis and its input carried past it on the left, joined below.
 * @param skip path of the bare line
 */
export function residual(
	id: string,
	join: Join,
	body: Piece,
	skip: string,
	metrics: Metrics
): Piece {
	const { lead, gap, joinRadius, lane } = metrics;
	const side = body.left + lane;
	return {
		id,
		left: side + 1,
		right: Math.max(body.right, joinRadius),
		height: lead + body.height + gap + 2 * joinRadius,
		isSolid: false,
		isBar: false,
		place(sink, x, y) {
			const split = y + lead / 3;
			const bodyTop = y + lead;
			const bodyEnd = bodyTop + body.height;
			const joinY = bodyEnd + gap + joinRadius;
			addLine(
				sink,
				`${id}:in`,
				[
					[x, y],
					[x, bodyTop]
				],
				{ arrow: body.isSolid }
			);
			addSplit(sink, id, [x, split]);
			body.place(sink, x, bodyTop);
			addLine(
				sink,
				`${id}:out`,
				[
					[x, bodyEnd],
					[x, bodyEnd + gap]
				],
				{ arrow: true }
			);
			addSkip(sink, id, { skip, x, from: split, to: joinY, side, joinRadius });
			addJoin(sink, id, join, [x, joinY]);
		}
	};
}

/** The input runs straight on; a body beside it, on the right, makes what is joined to it. */
export function loop(id: string, join: Join, body: Piece, metrics: Metrics): Piece {
	const { lead, gap, joinRadius, branchGap } = metrics;
	const axis = branchGap + body.left;
	const tail = gap * 0.75;
	return {
		id,
		left: joinRadius,
		right: axis + body.right,
		height: lead + body.height + tail + joinRadius,
		isSolid: false,
		isBar: false,
		place(sink, x, y) {
			const split = y + lead / 3;
			const bodyTop = y + lead;
			const joinY = bodyTop + body.height + tail;
			addLine(
				sink,
				`${id}:skip`,
				[
					[x, y],
					[x, joinY - joinRadius]
				],
				{ arrow: true }
			);
			addSplit(sink, id, [x, split]);
			addLine(
				sink,
				`${id}:in`,
				[
					[x, split],
					[x + axis, split],
					[x + axis, bodyTop]
				],
				{ arrow: body.isSolid }
			);
			body.place(sink, x + axis, bodyTop);
			addLine(
				sink,
				`${id}:out`,
				[
					[x + axis, bodyTop + body.height],
					[x + axis, joinY],
					[x + joinRadius, joinY]
				],
				{ arrow: true }
			);
			addJoin(sink, id, join, [x, joinY]);
		}
	};
}

/**
 * Bodies side by side under one input; the input itself, if it takes part, passes on the left.
 * @param skip path of that bare line, or null
 */
export function sideBySide(
	id: string,
	join: Join,
	bodies: readonly Piece[],
	skip: string | null,
	metrics: Metrics
): Piece {
	const { lead, gap, joinRadius, lane, branchGap } = metrics;
	const total = sum(bodies.map((body) => body.left + body.right)) + branchGap * (bodies.length - 1);
	const tallest = Math.max(0, ...bodies.map((body) => body.height));
	const side = total / 2 + lane;
	return {
		id,
		left: skip === null ? total / 2 : side + 1,
		right: total / 2,
		height: lead + tallest + gap + 2 * joinRadius,
		isSolid: false,
		isBar: false,
		place(sink, x, y) {
			const split = y + lead / 3;
			const bodyTop = y + lead;
			const joinY = bodyTop + tallest + gap + joinRadius;
			addLine(sink, `${id}:in`, [
				[x, y],
				[x, split]
			]);
			addSplit(sink, id, [x, split]);
			let edge = x - total / 2;
			for (const body of bodies) {
				const axis = edge + body.left;
				edge += body.left + body.right + branchGap;
				addLine(
					sink,
					`${id}>${body.id}`,
					axis === x
						? [
								[x, split],
								[x, bodyTop]
							]
						: [
								[x, split],
								[axis, split],
								[axis, bodyTop]
							],
					{ arrow: body.isSolid, along: body.id }
				);
				body.place(sink, axis, bodyTop);
				const end = bodyTop + body.height;
				const sign = axis < x ? -1 : 1;
				addLine(
					sink,
					`${body.id}>${id}`,
					axis === x
						? [
								[x, end],
								[x, joinY - joinRadius]
							]
						: [
								[axis, end],
								[axis, joinY],
								[x + sign * joinRadius, joinY]
							],
					{ arrow: true, along: body.id }
				);
			}
			if (skip !== null) {
				// Below the other branches' turn, so that two lines never share a way.
				addSkip(sink, id, { skip, x, from: split, to: joinY, side, joinRadius });
			}
			addJoin(sink, id, join, [x, joinY]);
		}
	};
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

/** A bare line on the left, from where the data splits to the join. */
function addSkip(
	sink: Sink,
	id: string,
	{
		skip,
		x,
		from,
		to,
		side,
		joinRadius
	}: {
		/** Its path. */
		readonly skip: string;
		readonly x: number;
		readonly from: number;
		readonly to: number;
		readonly side: number;
		readonly joinRadius: number;
	}
): void {
	addLine(
		sink,
		`${id}:skip`,
		[
			[x, from],
			[x - side, from],
			[x - side, to],
			[x - joinRadius, to]
		],
		{ arrow: true, arc: true, along: skip }
	);
}
