import type { PlotPoint, Truth } from './types';
import { latencyOf } from './latency-accuracy';

export interface PanelSize {
	readonly truth: Truth;
	readonly width: number;
	readonly height: number;
	/** Drawn as an invitation to measure. */
	readonly empty: boolean;
}

/** From this width on the panels stand side by side. */
export const SIDE_BY_SIDE_FROM = 760;
const GAP = 24;
/** At any width: what follows must not move when the page is measured. */
const COMPACT_HEIGHT = 260;

/**
 * Which panels the plot has and how large. Each clock has a panel of its own; the measured one is
 * the larger, and stays as an invitation while it is empty. The compact plot is the reported one.
 */
export function panelSizes({
	points,
	width,
	compact
}: {
	readonly points: readonly PlotPoint[];
	readonly width: number;
	readonly compact: boolean;
}): PanelSize[] {
	const has = (truth: Truth) => points.some((point) => latencyOf(point, truth) !== null);
	const reported = has('reported');
	const empty = !has('measured');
	if (compact) return [{ truth: 'reported', width, height: COMPACT_HEIGHT, empty: !reported }];
	if (!reported) return [{ truth: 'measured', width, height: 400, empty }];
	if (width < SIDE_BY_SIDE_FROM) {
		return [
			{ truth: 'measured', width, height: empty ? 180 : 360, empty },
			{ truth: 'reported', width, height: 320, empty: false }
		];
	}
	const measuredWidth = Math.round((width - GAP) * 0.6);
	return [
		{ truth: 'measured', width: measuredWidth, height: 420, empty },
		{ truth: 'reported', width: width - GAP - measuredWidth, height: 420, empty: false }
	];
}
