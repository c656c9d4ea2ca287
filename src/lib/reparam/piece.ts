import type { ModuleNode, Role } from '../arch/module';
import { SCENE } from './scene-metrics';
import type { Point, SceneBox, SceneJoin, SceneLine, SceneZone } from './scene-types';

/** Takes what is placed. */
export interface Sink {
	readonly boxes: SceneBox[];
	readonly zones: SceneZone[];
	readonly joins: SceneJoin[];
	readonly lines: SceneLine[];
}

/** Something measured and not yet placed; the data runs down its axis from edge to edge. */
export interface Piece {
	/** How far it reaches from its axis. */
	readonly left: number;
	readonly right: number;
	readonly height: number;
	/** A thin bar, which stands closer to its neighbours. */
	readonly isBar: boolean;
	place(sink: Sink, x: number, y: number): void;
}

/** Adds a line, unless it has shrunk to nothing. */
export function addLine(
	sink: Sink,
	id: string,
	points: readonly Point[],
	{ presence = 1, isTrainingOnly = false } = {}
): void {
	const [first] = points;
	if (presence <= 0 || points.every(([x, y]) => x === first?.[0] && y === first[1])) return;
	sink.lines.push({ id, points, presence, isTrainingOnly });
}

/** A frame with a header around a mixer; at no presence there is only what it held. */
export function zonePiece(
	content: Piece,
	{
		path,
		node,
		presence
	}: { readonly path: string; readonly node: ModuleNode; readonly presence: number }
): Piece {
	if (presence === 0) return content;
	const padding = SCENE.zonePadding * presence;
	const header = SCENE.zoneHeader * presence;
	const left = content.left + padding;
	const right = content.right + padding;
	const height = header + content.height + padding;
	return {
		left,
		right,
		height,
		isBar: false,
		place(sink, x, y) {
			sink.zones.push({ path, node, left: x - left, right: x + right, y, height, presence });
			const end = y + header + content.height;
			addLine(sink, `${path}:enter`, [
				[x, y],
				[x, y + header]
			]);
			content.place(sink, x, y + header);
			addLine(sink, `${path}:leave`, [
				[x, end],
				[x, end + padding]
			]);
		}
	};
}

/** Squeeze-and-excitation, closed: the input runs straight on, a loop on the right gates it. */
export function gatePiece({
	path,
	role
}: {
	readonly path: string;
	readonly role: Role | undefined;
}): Piece {
	const { lead, gateWidth, gateHeight, branchGap, joinRadius } = SCENE;
	const reach = branchGap + joinRadius + gateWidth;
	const tail = joinRadius * 1.5;
	return {
		left: joinRadius,
		right: reach,
		height: lead + gateHeight + tail + joinRadius,
		isBar: false,
		place(sink, x, y) {
			const axis = x + reach - gateWidth / 2;
			const split = y + lead / 3;
			const top = y + lead;
			const end = top + gateHeight;
			const joinY = end + tail;
			addLine(sink, `${path}:through`, [
				[x, y],
				[x, joinY]
			]);
			addLine(sink, `${path}:in`, [
				[x, split],
				[axis, split],
				[axis, top]
			]);
			addLine(sink, `${path}:out`, [
				[axis, end],
				[axis, joinY],
				[x + joinRadius, joinY]
			]);
			sink.boxes.push({
				path,
				shape: 'gate',
				op: null,
				role,
				x: axis,
				y: top,
				width: gateWidth,
				height: gateHeight,
				presence: 1,
				isTrainingOnly: false
			});
			const join = { x, y: joinY, radius: joinRadius, presence: 1, isTrainingOnly: false };
			sink.joins.push({ path, join: 'mul', ...join });
		}
	};
}
