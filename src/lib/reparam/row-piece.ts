import { addLine, type Piece } from './piece';
import { SCENE } from './scene-metrics';

/** A child of a row. */
export interface RowItem {
	readonly piece: Piece;
	readonly presence: number;
	/** Where it goes as it folds: under what stands above it or below it. Null for what stays. */
	readonly slides: 'up' | 'down' | null;
	readonly isNorm: boolean;
}

/**
 * One after another on one axis. What folds into a neighbour slides under it: the slot closes, the
 * piece keeps its size and hangs out of the slot on the neighbour's side.
 */
export function rowPiece(path: string, items: readonly RowItem[]): Piece {
	const slots = items.map((item, index) => {
		const height = item.piece.height * (item.slides === null ? 1 : item.presence);
		return { ...item, height, gap: gapBefore(items[index - 1], item) };
	});
	return {
		left: Math.max(0, ...items.map(({ piece }) => piece.left)),
		right: Math.max(0, ...items.map(({ piece }) => piece.right)),
		height: slots.reduce((sum, { gap, height }) => sum + gap + height, 0),
		isBar: items[0]?.piece.isBar ?? false,
		place(sink, x, y) {
			let end = y;
			slots.forEach(({ piece, gap, height, slides }, index) => {
				const top = end + gap;
				addLine(sink, `${path}:${index}`, [
					[x, end],
					[x, top]
				]);
				end = top + height;
				piece.place(sink, x, slides === 'up' ? end - piece.height : top);
			});
		}
	};
}

/** The gap belongs to whichever of the two slides over it, and closes with it. */
function gapBefore(previous: RowItem | undefined, item: RowItem): number {
	if (previous === undefined) return 0;
	const isPair = item.slides === 'up' || previous.slides === 'down' || isKeptNorm(item);
	const isNearBar = item.piece.isBar || previous.piece.isBar;
	const gap = isPair ? SCENE.pairGap : isNearBar ? SCENE.barGap : SCENE.gap;
	const closing = item.slides === 'up' ? item.presence : 1;
	return gap * closing * (previous.slides === 'down' ? previous.presence : 1);
}

function isKeptNorm({ isNorm, slides }: RowItem): boolean {
	return isNorm && slides === null;
}
