import type { Metrics } from './metrics';
import type { Direction, Encoding, PartFacts, TextSize } from './types';

/** How everything in one layout is drawn: see `LayoutOptions`. */
export interface Look {
	readonly direction: Direction;
	readonly encode: Encoding;
	readonly metrics: Metrics;
	readonly textSize: (part: PartFacts) => TextSize;
}

/** Length for texts and what stands beside them, in steps, so that boxes with like texts are alike. */
export function roomFor(width: number, { textInset, textStep }: Metrics): number {
	return Math.ceil((width + textInset) / textStep) * textStep;
}
