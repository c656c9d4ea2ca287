import { analyseDesign } from '../arch/analysis';
import { ROADMAP, stepName } from '../arch/roadmap';
import * as m from '../paraglide/messages';
import { STEP_TEXTS } from '../ui/step-texts';
import { plotPoint } from './plot-points';
import type { PlotPoint } from './types';

/** The nine steps as reported, in their order: trained alike, nothing measured. */
export function roadmapPoints(): PlotPoint[] {
	return ROADMAP.map(({ step, design }) => {
		const { params, macs } = analyseDesign(design).total;
		return plotPoint(
			{
				id: stepName(step),
				label: m.step_page_title({ step, title: STEP_TEXTS[step].title() }),
				shortLabel: String(step),
				design,
				step,
				measured: null,
				params,
				macs
			},
			'300-epochs'
		);
	});
}
