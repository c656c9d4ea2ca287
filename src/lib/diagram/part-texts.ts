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
		detail: Math.max(0, ...drawnDetails(part).map((text) => textWidth(text, DETAIL_SIZE)))
	};
}
