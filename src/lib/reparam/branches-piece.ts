import type { Join } from '../arch/module';
import { addLine, type Piece } from './piece';
import { greatest } from './presence';
import { SCENE } from './scene-metrics';

/** A child of a branches node. */
export interface Arm {
	readonly path: string;
	/** Null for the input itself, a bare line on the left. */
	readonly piece: Piece | null;
	readonly presence: number;
	/** Whether nothing of it is left in the end. */
	readonly isGoing: boolean;
	/** Index of the arm that takes it in, or -1. */
	readonly host: number;
}

/**
 * Side by side under one input. An arm that goes glides to its host's axis while its slot closes;
 * with the last one the split and the join go too.
 */
export function branchesPiece(path: string, join: Join, arms: readonly Arm[]): Piece {
	const lasting = arms.filter(({ isGoing }) => !isGoing);
	const going = arms.filter(({ isGoing }) => isGoing);
	const isTrainingOnly = lasting.length < 2;
	const presence = isTrainingOnly ? greatest(going.map((arm) => arm.presence)) : 1;
	const { lead, tail, joinRadius, lane } = SCENE;

	const { axes, width, axis } = columns(arms);
	const skips = arms.flatMap((arm, index) => (arm.piece === null ? [{ ...arm, index }] : []));
	const tallest = greatest(
		arms.map((arm) => (arm.piece?.height ?? 0) * (arm.isGoing ? arm.presence : 1))
	);
	const laneWidth = lane * greatest(skips.map((skip) => skip.presence));
	const isCrowded = skips.length > 0 && arms.length - skips.length > 1;

	return {
		left: axis + laneWidth,
		right: width - axis,
		height: tallest + presence * (lead + tail + 2 * joinRadius),
		isBar: false,
		place(sink, x, y) {
			const split = y + (presence * lead) / 3;
			const top = y + presence * lead;
			const joinY = top + tallest + presence * (tail + joinRadius);
			const radius = joinRadius * presence;
			// Arms come in a little above a skip, so that two lines never share a way.
			const turn = joinY - (isCrowded ? radius * 0.45 : 0);
			const skipTurn = joinY + (isCrowded ? radius * 0.45 : 0);
			const axisOf = (index: number): number => {
				const own = x - axis + axes[index]!;
				const { host, isGoing, presence } = arms[index]!;
				if (!isGoing || host === -1) return own;
				const target = arms[host]!.isGoing ? own : axisOf(host);
				return target + (own - target) * presence;
			};
			addLine(sink, `${path}:in`, [
				[x, y],
				[x, split]
			]);
			arms.forEach((arm, index) => {
				const { piece } = arm;
				if (piece === null) return;
				const at = axisOf(index);
				const look = { presence: arm.presence, isTrainingOnly: arm.isGoing };
				addLine(
					sink,
					`${arm.path}:in`,
					[
						[x, split],
						[at, split],
						[at, top]
					],
					look
				);
				const end = top + piece.height;
				const side = Math.sign(at - x) * Math.min(radius, Math.abs(at - x));
				addLine(
					sink,
					`${arm.path}:out`,
					[
						[at, end],
						[at, turn],
						[x + side, turn]
					],
					look
				);
				piece.place(sink, at, top);
			});
			for (const skip of skips) {
				const own = x - axis - lane;
				const target = skip.host === -1 ? own : axisOf(skip.host);
				const at = skip.isGoing ? target + (own - target) * skip.presence : own;
				addLine(
					sink,
					`${skip.path}:skip`,
					[
						[x, split],
						[at, split],
						[at, skipTurn],
						[x - radius, skipTurn]
					],
					{ presence: skip.presence, isTrainingOnly: skip.isGoing }
				);
			}
			if (presence > 0) {
				sink.joins.push({ path, join, x, y: joinY, radius, presence, isTrainingOnly });
			}
		}
	};
}

/** The arms' axes from the left edge, the width of all, and where the input comes in. */
function columns(arms: readonly Arm[]): {
	readonly axes: readonly number[];
	readonly width: number;
	readonly axis: number;
} {
	let width = 0;
	let before = 0;
	const axes = arms.map(({ piece, presence, isGoing }) => {
		if (piece === null) return 0;
		const share = isGoing ? presence : 1;
		// A gap is there as far as there is something on either side of it.
		width += SCENE.branchGap * Math.min(share, before);
		before = Math.max(before, share);
		const own = width + piece.left * share;
		width += (piece.left + piece.right) * share;
		return own;
	});
	const solid = arms.map((arm, index) => ({ ...arm, index })).filter(({ piece }) => piece !== null);
	const lasting = solid.filter(({ isGoing }) => !isGoing);
	const [only] = lasting;
	if (only === undefined || lasting.length > 1) return { axes, width, axis: width / 2 };
	// One that is left alone comes to stand under its input.
	const others = greatest(solid.filter(({ isGoing }) => isGoing).map((arm) => arm.presence));
	const alone = axes[only.index]!;
	return { axes, width, axis: alone + (width / 2 - alone) * others };
}
