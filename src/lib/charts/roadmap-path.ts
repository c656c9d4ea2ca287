import type { Point, Segment } from './types';

export interface PathPiece extends Segment {
	/** Where the arrow head sits and which way it points; null on pieces too short for one. */
	readonly arrow: (Point & { readonly degrees: number }) | null;
}

/** An arrow head on a piece shorter than this would hide the piece. */
const ARROW_FROM_LENGTH = 28;

/**
 * Joins each step with the next. A step that is not shown leaves a gap: a line across it would
 * claim a step that nobody took.
 */
export function joinSteps(
	entries: readonly { readonly mark: Point; readonly step: number | null }[]
): PathPiece[] {
	const byStep = new Map<number, Point>();
	for (const { mark, step } of entries) if (step !== null) byStep.set(step, mark);
	const pieces: PathPiece[] = [];
	for (const step of [...byStep.keys()].sort((a, b) => a - b)) {
		const from = byStep.get(step)!;
		const to = byStep.get(step + 1);
		if (to) pieces.push({ from, to, arrow: arrowBetween(from, to) });
	}
	return pieces;
}

function arrowBetween(from: Point, to: Point): PathPiece['arrow'] {
	const dx = to.x - from.x;
	const dy = to.y - from.y;
	if (Math.hypot(dx, dy) < ARROW_FROM_LENGTH) return null;
	return {
		x: from.x + dx * 0.55,
		y: from.y + dy * 0.55,
		degrees: (Math.atan2(dy, dx) * 180) / Math.PI
	};
}
