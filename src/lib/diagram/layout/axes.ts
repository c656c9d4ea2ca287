import type { Point } from './paths';
import type { Direction, Place } from './types';

/*
 * The layout is worked out as if data always flowed down: x across the flow, y along it. Here, and
 * nowhere else, it is turned to where the data flows in the drawing. "Left" of the flow becomes above.
 */

export function turnPoint(direction: Direction, [x, y]: Point): Point {
	return direction === 'down' ? [x, y] : [y, x];
}

/** A part's rectangle; turned, it has its x in the middle. */
export function turnPlace(
	direction: Direction,
	x: number,
	y: number,
	left: number,
	right: number,
	height: number
): Place {
	if (direction === 'down') return { x, y, left, right, height };
	const half = height / 2;
	return { x: y + half, y: x - left, left: half, right: half, height: left + right };
}
