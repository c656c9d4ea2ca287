import { partName, shortOpText } from './label-text';
import { DETAIL_SIZE, NAME_SIZE } from './layout/detail';
import { soleOp } from './layout/sole-op';
import type { PartFacts, TextSize } from './layout/types';
import { opLabel } from './node-label';
import { countText, detailLines } from './node-text';
import { textWidth } from './text-width';

/** The name where there is room for little else: `1×1`, `3×3 dw`. */
export function shortPartName(part: PartFacts): string {
	const sole = part.repeat === null ? soleOp(part) : null;
	return sole === null ? partName(part) : shortOpText(opLabel(sole.op.op));
}

/** The quiet lines that a part has room for: where boxes stand in a row, one. */
export function drawnDetails(part: PartFacts): string[] {
	const details = detailLines(part).filter(Boolean);
	return part.direction === 'down' ? details : details.slice(0, 1);
}

/** Semi-bold type is that much wider. */
const BOLD = 1.05;

/** Between texts that stand in one line. */
const FIGURE_GAP = 8;

/**
 * The line of a box on which its figure stands, at the right end: the first one where it has room beside
 * the texts. Where it has none, it takes the place of the first quiet line.
 * @param room for texts and figure on the first line, and on the lines below
 */
export function figureLine(
	part: PartFacts,
	figure: string,
	room: { readonly first: number; readonly below: number }
): { readonly line: number; readonly isAlone: boolean } {
	if (textSizeOf(part, figure).name <= room.first) return { line: 0, isAlone: false };
	const least = textWidth(figure, DETAIL_SIZE) + FIGURE_GAP;
	const free = drawnDetails(part).findIndex(
		(text) => textWidth(text, DETAIL_SIZE) + least <= room.below
	);
	return free === -1 ? { line: 1, isAlone: true } : { line: free + 1, isAlone: false };
}

/**
 * How wide the texts on a part are: what a layout to the right needs to know.
 * @param figure stands on the right of the first line
 */
export function textSizeOf(part: PartFacts, figure = ''): TextSize {
	const behind = [countText(part), figure].filter(Boolean);
	return {
		name: behind.reduce(
			(width, text) => width + DETAIL_SIZE / 2 + BOLD * textWidth(text, DETAIL_SIZE),
			BOLD * textWidth(partName(part), NAME_SIZE)
		),
		detail: Math.max(0, ...drawnDetails(part).map((text) => textWidth(text, DETAIL_SIZE))),
		hasFigure: figure !== ''
	};
}
