import { around, contains, crosses, distance, overlaps } from './geometry';
import type { Point, Rect, Segment } from './types';

/** A mark that wants a label beside it. */
export interface LabelledMark extends Point {
	readonly id: string;
	readonly text: string;
	/** Pixels that the mark itself takes around its centre. */
	readonly radius: number;
	/** The same to the sides, where a whisker reaches further than the mark. */
	readonly reachX?: number;
}

export interface PlaceLabelsInput {
	readonly marks: readonly LabelledMark[];
	/** Nothing may be written on these, for example interval whiskers. */
	readonly obstacles?: readonly Rect[];
	/** Lines that a label should rather not lie on. */
	readonly lines?: readonly Segment[];
	readonly bounds: Rect;
	readonly fontSizePx: number;
}

export interface PlacedLabel {
	readonly id: string;
	readonly text: string;
	/** Where the text starts, ends or has its middle, on its baseline. */
	readonly x: number;
	readonly baseline: number;
	readonly anchor: 'start' | 'middle' | 'end';
	readonly box: Rect;
	/** From the mark to a label that had to go away from it. */
	readonly leader: Segment | null;
}

interface Candidate extends PlacedLabel {
	readonly price: number;
}

/** Right and left read best; then above and below; the corners last. */
const DIRECTIONS = [
	{ dx: 1, dy: 0, price: 0 },
	{ dx: -1, dy: 0, price: 1 },
	{ dx: 0, dy: -1, price: 1 },
	{ dx: 0, dy: 1, price: 1.5 },
	{ dx: 0.8, dy: -0.8, price: 2 },
	{ dx: 0.8, dy: 0.8, price: 2 },
	{ dx: -0.8, dy: -0.8, price: 2.5 },
	{ dx: -0.8, dy: 0.8, price: 2.5 }
] as const;

/** Pixels between mark and label; from the second ring on, a leader line ties them. */
const RINGS = [4, 12, 20, 30, 42, 56] as const;
/** A label beyond a whisker stands this far from its mark or further: it gets a leader as well. */
export const LEADER_FROM = 20;

const PRICE = {
	ring: 4,
	lineCrossed: 6,
	leaderCrossing: 8,
	nearerToOther: 5,
	/** Of each pixel that a whisker keeps the label away. */
	whiskerPixel: 0.15
} as const;

/** Rounds of "everyone moves to the best place that the others leave"; it settles in two or three. */
const ROUNDS = 8;

/**
 * Width of a text in pixels without a DOM, from average advances of a humanist sans serif; wide
 * scripts count a full em. A little generous, so that labels keep a distance.
 */
export function textWidthPx(text: string, fontSizePx: number): number {
	let ems = 0;
	for (const character of text) {
		if (character.codePointAt(0)! > 0x2e7f) ems += 1;
		else if (/[MWmw]/.test(character)) ems += 0.84;
		else if (/[ .,:;·'|ijlI1]/.test(character)) ems += 0.38;
		else if (/[A-Z]/.test(character)) ems += 0.62;
		else ems += 0.54;
	}
	return ems * fontSizePx;
}

/**
 * Puts a label beside every mark so that no label overlaps another label, a mark, an obstacle or
 * the bounds. Deterministic: the same input gives the same places. A label that fits nowhere is
 * left out (the mark still tells its name on hover and focus) rather than written over another.
 */
export function placeLabels(input: PlaceLabelsInput): PlacedLabel[] {
	const candidates = input.marks.map((mark) => candidatesFor(mark, input));
	const chosen: (Candidate | null)[] = input.marks.map(() => null);
	// Those with the least room choose first.
	const order = input.marks
		.map((_, index) => index)
		.sort((a, b) => candidates[a]!.length - candidates[b]!.length || a - b);

	for (let round = 0; round < ROUNDS; round += 1) {
		let moved = false;
		for (const index of order) {
			const others = chosen.filter((other, at): other is Candidate => !!other && at !== index);
			const best = cheapest(candidates[index]!, others);
			if (best !== chosen[index]) moved = true;
			chosen[index] = best;
		}
		if (!moved) break;
	}
	return chosen.filter((label): label is Candidate => label !== null);
}

function cheapest(candidates: readonly Candidate[], others: readonly PlacedLabel[]) {
	let best: Candidate | null = null;
	let bestPrice = Infinity;
	for (const candidate of candidates) {
		if (others.some((other) => overlaps(candidate.box, other.box))) continue;
		const tangles = others.filter(
			(other) =>
				(candidate.leader && crosses(candidate.leader, other.box)) ||
				(other.leader && crosses(other.leader, candidate.box))
		).length;
		const price = candidate.price + tangles * PRICE.leaderCrossing;
		if (price < bestPrice) {
			best = candidate;
			bestPrice = price;
		}
	}
	return best;
}

/** Every place that is free of marks, obstacles and edges, with its price. */
function candidatesFor(mark: LabelledMark, input: PlaceLabelsInput): Candidate[] {
	const found: Candidate[] = [];
	const otherMarks = input.marks.filter(({ id }) => id !== mark.id);
	const blocked = [
		...input.marks.map((other) => around(other, other.radius + 1)),
		...(input.obstacles ?? [])
	];
	for (const [ring, gap] of RINGS.entries()) {
		for (const direction of DIRECTIONS) {
			const label = labelAt(mark, direction, gap, ring > 0, input.fontSizePx);
			if (!contains(input.bounds, label.box)) continue;
			if (blocked.some((rect) => overlaps(label.box, rect))) continue;
			const lines = (input.lines ?? []).filter((line) => crosses(line, label.box)).length;
			const middle = centre(label.box);
			const stolen = otherMarks.some(
				(other) => distance(other, middle) < distance(mark, middle) - 1
			);
			const pierced = label.leader
				? otherMarks.filter((other) => crosses(label.leader!, around(other, other.radius))).length
				: 0;
			found.push({
				...label,
				price:
					ring * PRICE.ring +
					(direction.dy === 0 ? whiskerReach(mark) * PRICE.whiskerPixel : 0) +
					direction.price +
					lines * PRICE.lineCrossed +
					pierced * PRICE.leaderCrossing +
					(stolen ? PRICE.nearerToOther : 0)
			});
		}
	}
	return found;
}

/** How much further than the mark its whisker reaches to the sides. */
function whiskerReach({ radius, reachX = radius }: LabelledMark): number {
	return Math.max(0, reachX - radius);
}

function labelAt(
	mark: LabelledMark,
	{ dx, dy }: { readonly dx: number; readonly dy: number },
	gap: number,
	withLeader: boolean,
	fontSizePx: number
): PlacedLabel {
	const width = textWidthPx(mark.text, fontSizePx);
	const height = fontSizePx * 1.2;
	const reach = mark.radius + gap;
	const away = dy === 0 ? whiskerReach(mark) : 0;
	const x = mark.x + dx * (reach + away);
	const y = mark.y + dy * reach;
	const anchor = dx === 0 ? 'middle' : dx > 0 ? 'start' : 'end';
	const box: Rect = {
		x: anchor === 'middle' ? x - width / 2 : anchor === 'start' ? x : x - width,
		y: dy === 0 ? y - height / 2 : dy > 0 ? y : y - height,
		width,
		height
	};
	const start = mark.radius + 1;
	return {
		id: mark.id,
		text: mark.text,
		x,
		baseline: box.y + height * 0.78,
		anchor,
		box,
		leader:
			withLeader || away + gap > LEADER_FROM
				? {
						from: { x: mark.x + dx * start, y: mark.y + dy * start },
						to: { x: x - dx * 2, y: y - dy * 2 }
					}
				: null
	};
}

function centre({ x, y, width, height }: Rect): Point {
	return { x: x + width / 2, y: y + height / 2 };
}
