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

/** How far a line keeps from boxes and from other lines, how round its turns are, its head; in px. */
const GAP = 14;
const LANE = 7;
const RADIUS = 8;
const HEAD = 5;

/** A line as far as it is the same whichever way the data flows. */
interface Route {
	readonly start: Port;
	readonly end: Port;
	/** How far to the side it goes. */
	readonly out: number;
}

/** Where a line leaves or enters: its place along the flow, and on the side where skips are not. */
interface Port {
	readonly along: number;
	readonly side: number;
}

/**
 * The arrows of moves, each from the part that shows the old place to the one that shows the new. A move
 * inside a closed part has none; moves between the same two parts share one. They pass beside all boxes.
 */
export function moveArrows({ parts }: Pick<Layout, 'parts'>, moves: readonly Move[]): MoveArrow[] {
	const partAt = findParts(parts);
	const pairs = new Map<string, readonly [start: Part, end: Part]>();
	for (const { from, to } of moves) {
		const [start, end] = [partAt(from), partAt(to)];
		if (start === undefined || end === undefined || start === end) continue;
		pairs.set(`${start.path}>${end.path}`, [start, end]);
	}
	const boxes = parts.filter(({ kind }) => kind === 'box');
	const routes: Route[] = [];
	return [...pairs].map(([id, [start, end]]) => {
		const route = routeBeside(start, end, { boxes, routes });
		routes.push(route);
		return { id, d: drawn(route, start.direction) };
	});
}

/** The part that shows the node at a path: its own, or the closed one that holds it. */
function findParts(parts: readonly Part[]): (path: string) => Part | undefined {
	const byPath = new Map<string, Part>();
	for (const part of parts) {
		const inBox = part.kind === 'box' ? (part.repeat?.paths ?? []) : [];
		for (const path of [...part.paths, ...inBox]) byPath.set(path, part);
	}
	return (path) => {
		const own = byPath.get(path);
		if (own !== undefined) return own;
		for (let outer = parentOf(path); outer !== ''; outer = parentOf(outer)) {
			const part = byPath.get(outer);
			if (part !== undefined) return part.kind === 'box' ? part : undefined;
		}
		return undefined;
	};
}

function parentOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

/** As near as it gets past all that stands between, and past the lines that are drawn already. */
function routeBeside(
	from: Part,
	to: Part,
	{ boxes, routes }: { readonly boxes: readonly Part[]; readonly routes: readonly Route[] }
): Route {
	const [start, end] = [portOf(from), portOf(to)];
	const [first, last] = ends({ start, end });
	const passed = boxes.filter((box) => {
		const { begin, length } = extentOf(box);
		return begin < last && begin + length > first;
	});
	let out = Math.max(start.side, end.side, ...passed.map((box) => portOf(box).side)) + GAP;
	const beside = routes.filter((route) => {
		const [otherFirst, otherLast] = ends(route);
		return otherFirst < last && otherLast > first;
	});
	while (beside.some((route) => Math.abs(route.out - out) < LANE)) out += LANE;
	return { start, end, out };
}

function ends({
	start,
	end
}: Pick<Route, 'start' | 'end'>): readonly [first: number, last: number] {
	return [Math.min(start.along, end.along), Math.max(start.along, end.along)];
}

function extentOf({ x, y, left, right, height, direction }: Part) {
	return direction === 'down'
		? { begin: y, length: height }
		: { begin: x - left, length: left + right };
}

/** In the middle of the right flank, or of the lower one. */
function portOf(part: Part): Port {
	const { begin, length } = extentOf(part);
	const side = part.direction === 'down' ? part.x + part.right : part.y + part.height;
	return { along: begin + length / 2, side };
}

/** Out to the side, along, and back in; where data flows to the right, the same mirrored. */
function drawn({ start, end, out }: Route, direction: Part['direction']): string {
	const turn = start.along < end.along ? 1 : -1;
	const radius = Math.min(RADIUS, Math.abs(end.along - start.along) / 2);
	const at = (side: number, along: number) =>
		(direction === 'down' ? [side, along] : [along, side]).map(round).join(' ');
	const corner = (along: number) => at(out, along);
	return [
		`M${at(start.side, start.along)}L${at(out - radius, start.along)}`,
		`Q${corner(start.along)} ${corner(start.along + turn * radius)}`,
		`L${corner(end.along - turn * radius)}`,
		`Q${corner(end.along)} ${at(out - radius, end.along)}`,
		`L${at(end.side, end.along)}`,
		`M${at(end.side + HEAD, end.along - HEAD * 0.7)}L${at(end.side, end.along)}`,
		`L${at(end.side + HEAD, end.along + HEAD * 0.7)}`
	].join('');
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
