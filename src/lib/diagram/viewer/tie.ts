import type { Layout, Part } from '../layout/types';

/** Places that belong together: along the data flow of one drawing, and of the other. */
export type Anchors = readonly (readonly [from: number, to: number])[];

/**
 * Where two drawings belong together: at the beginnings of the parts that both have, and at their ends.
 * What would lead backward, since it has moved, is left out.
 * @param matched path in `to` of a path in `from`
 */
export function anchorsBetween(
	from: Layout,
	to: Layout,
	matched: ReadonlyMap<string, string>,
	along: 'x' | 'y'
): Anchors {
	const length = along === 'x' ? 'width' : 'height';
	const start = (part: Part) => (along === 'x' ? part.x - part.left : part.y);
	const others = new Map(to.parts.map((part) => [part.path, part]));
	const anchors: (readonly [number, number])[] = [[0, 0]];
	for (const part of from.parts) {
		const path = matched.get(part.path);
		const other = path === undefined ? undefined : others.get(path);
		const last = anchors.at(-1)!;
		if (other === undefined) continue;
		const pair = [start(part), start(other)] as const;
		if (pair[0] > last[0] && pair[1] > last[1]) anchors.push(pair);
	}
	const [end, otherEnd] = [from[length], to[length]];
	const last = anchors.at(-1)!;
	if (end > last[0] && otherEnd > last[1]) anchors.push([end, otherEnd]);
	return anchors;
}

/** The place in the other drawing: between two anchors in proportion, beyond them at the same distance. */
export function placeBeside(anchors: Anchors, place: number): number {
	const behind = anchors.findIndex(([from]) => from > place);
	const [from, to] = anchors[behind === -1 ? anchors.length - 1 : behind - 1] ?? [0, 0];
	const next = behind > 0 ? anchors[behind] : undefined;
	if (next === undefined) return to + (place - from);
	return to + ((place - from) / (next[0] - from)) * (next[1] - to);
}
