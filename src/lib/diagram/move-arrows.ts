import type { Layout, Part } from './layout/types';

/** A move from one place in a drawing to another, by path. */
export interface Move {
	readonly from: string;
	readonly to: string;
}

/** A line from where a part was to where it is now; `d` is an SVG path that ends in an arrowhead. */
export interface MoveArrow {
	readonly id: string;
	readonly d: string;
}

/** How far a line bulges out on the side on which skips are not, and the length of its head, in px. */
const BULGE = 26;
const HEAD = 5;

/** The arrows of those moves whose both ends are drawn; a move inside a closed part has none. */
export function moveArrows({ parts }: Pick<Layout, 'parts'>, moves: readonly Move[]): MoveArrow[] {
	const byPath = new Map(parts.flatMap((part) => part.paths.map((path) => [path, part] as const)));
	return moves.flatMap(({ from, to }) => {
		const [start, end] = [byPath.get(from), byPath.get(to)];
		if (start === undefined || end === undefined || start === end) return [];
		return [{ id: `${from}>${to}`, d: arrowBetween(start, end) }];
	});
}

function arrowBetween(start: Part, end: Part): string {
	const isDown = start.direction === 'down';
	const [from, to] = [portOf(start), portOf(end)];
	const [dx, dy] = isDown ? [BULGE, 0] : [0, BULGE];
	const out = isDown ? Math.max(from.x, to.x) : Math.max(from.y, to.y);
	const bend = (at: { x: number; y: number }) =>
		isDown ? `${round(out + dx)} ${round(at.y)}` : `${round(at.x)} ${round(out + dy)}`;
	const head = isDown
		? `m${HEAD} -${HEAD * 0.7}l-${HEAD} ${HEAD * 0.7}l${HEAD} ${HEAD * 0.7}`
		: `m-${HEAD * 0.7} ${HEAD}l${HEAD * 0.7} -${HEAD}l${HEAD * 0.7} ${HEAD}`;
	return `M${round(from.x)} ${round(from.y)}C${bend(from)} ${bend(to)} ${round(to.x)} ${round(to.y)}${head}`;
}

/** Where an arrow leaves or enters: the middle of the right flank, or of the lower one. */
function portOf({ x, y, left, right, height, direction }: Part): { x: number; y: number } {
	if (direction === 'down') return { x: x + right, y: y + height / 2 };
	return { x: x - left + (left + right) / 2, y: y + height };
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
