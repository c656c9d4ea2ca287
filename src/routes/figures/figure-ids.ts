import type { StepNumber } from '$lib/arch/roadmap';

/** Anchors on the page of figures. */
export type FigureId =
	| 'block'
	| 'stem'
	| 'downsampling'
	| 'classifier'
	| 'stage-ratio'
	| 'kernels'
	| 'se-placement'
	| 'se-options'
	| 'network';

/** The figure that is about a step; steps 0 and 2 change sizes and training alone. */
export const FIGURE_OF_STEP: { readonly [S in StepNumber]?: FigureId } = {
	1: 'block',
	3: 'stem',
	4: 'downsampling',
	5: 'classifier',
	6: 'stage-ratio',
	7: 'kernels',
	8: 'se-placement'
};
