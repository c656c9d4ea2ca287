import { analyseDesign } from '../../../src/lib/arch/analysis';
import type { Design } from '../../../src/lib/arch/design';
import { layoutDiagram } from '../../../src/lib/diagram/layout/layout';
import { defaultOpen } from '../../../src/lib/diagram/layout/visible';
import { median } from '../../../src/lib/stats/summary';

const ROUNDS = 200;
/** Toggles before the counted ones, so that the code is compiled as it is for a busy visitor. */
const WARM_UP = 50;

/** Median milliseconds of one toggle: tree, shapes, costs and layout of the design it leads to. */
export interface ToggleTimes {
	/** Blocks shown, as the design page opens. */
	readonly blocksMs: number;
	/** Every op shown. */
	readonly allOpsMs: number;
	readonly rounds: number;
}

/** Times toggling squeeze-and-excitation off and on. */
export function measureToggle(design: Design): ToggleTimes {
	const designs: readonly Design[] = [{ ...design, se: 'none' }, design];
	const times = (depth: number): number => {
		const all = Array.from({ length: WARM_UP + ROUNDS }, (_, round) =>
			timeToggle(designs[round % designs.length]!, depth)
		);
		return median(all.slice(WARM_UP));
	};
	return { blocksMs: times(1), allOpsMs: times(Infinity), rounds: ROUNDS };
}

function timeToggle(choices: Design, depth: number): number {
	// A new object, as a toggle makes one: an analysis is remembered by its design.
	const design = { ...choices };
	const start = performance.now();
	const { root, shapes } = analyseDesign(design);
	layoutDiagram({ root, shapes, open: defaultOpen(root, depth) });
	return performance.now() - start;
}
