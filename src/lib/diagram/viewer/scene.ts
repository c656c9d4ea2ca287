import type { TreeAnalysis } from '../../arch/analysis';
import { heatOf, type Heat } from '../heat';
import { layoutDiagram } from '../layout/layout';
import { rectOf, partsWithin } from '../layout/within';
import type { Layout, Part } from '../layout/types';
import { textSizeOf } from '../part-texts';
import type { DiagramView } from './diagram-view.svelte';
import type { Rect } from './zoom';

/** Up to so many parts a drawing is drawn whole: then it is all there without scripts, too. */
const WHOLE_UP_TO = 120;
/** Smaller than this on the screen, in px, a part or a line is no longer seen. */
const LEAST_PART_PX = 2;
const LEAST_LINE_PX = 5;

/** Where everything stands, as a view wants it; a list always reads downward. */
export function drawnScene(
	{ root, shapes }: Pick<TreeAnalysis, 'root' | 'shapes'>,
	{ open, choices }: Pick<DiagramView, 'open' | 'choices'>,
	{ isList, heat }: { readonly isList: boolean; readonly heat?: Heat | undefined }
): Layout {
	return layoutDiagram({
		root,
		shapes,
		open,
		direction: isList ? 'down' : choices.flow,
		encode: choices.boxes,
		foldRepeats: choices.repeats === 'folded',
		textSize: (part) => textSizeOf(part, heatOf(heat, part.paths)?.text)
	});
}

/**
 * What of a large drawing is drawn: what lies in a region and is not too small to see. However large a
 * network is, the page stays light.
 * @param scale px of the screen for one of the drawing
 * @param kept path of a part that is drawn wherever it is, since it has the focus
 */
export function shownOf(layout: Layout, region: Rect, scale: number, kept: string | null): Layout {
	if (layout.parts.length <= WHOLE_UP_TO) return layout;
	const within = partsWithin(layout, {
		left: region.x,
		top: region.y,
		right: region.x + region.width,
		bottom: region.y + region.height
	});
	const parts = within.parts.filter((part) => sideOf(part) * scale >= LEAST_PART_PX);
	const keptPart = layout.parts.find(({ path }) => path === kept);
	if (keptPart && !parts.includes(keptPart)) parts.push(keptPart);
	const isSeen = ({ bounds }: Layout['edges'][number]) =>
		Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top) * scale >= LEAST_LINE_PX;
	return {
		...within,
		parts,
		edges: within.edges.filter(isSeen),
		arcs: within.arcs.filter(isSeen),
		joins: within.joins.filter(({ radius }) => 2 * radius * scale >= LEAST_PART_PX),
		splits: within.splits.filter(() => scale >= 0.4)
	};
}

/** The shorter side of a part. */
function sideOf(part: Part): number {
	return Math.min(part.left + part.right, part.height);
}

/** The rectangle of a part, as the window on the drawing takes it. */
export function rectOfPart(part: Part): Rect {
	const { left, top, right, bottom } = rectOf(part);
	return { x: left, y: top, width: right - left, height: bottom - top };
}
