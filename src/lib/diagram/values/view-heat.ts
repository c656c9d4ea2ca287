import type { TreeAnalysis } from '../../arch/analysis';
import { foldedDrawing } from '../folded-runs';
import { drawnPaths } from '../open-to';
import type { DiagramView } from '../viewer/diagram-view.svelte';
import { heatFor } from './heat-for';

/** The figure that a view shows on the parts of a network, with its scale; undefined for none. */
export function viewHeat(
	analysis: TreeAnalysis,
	{ open, choices }: Pick<DiagramView, 'open' | 'choices'>,
	timesMs?: ReadonlyMap<string, number>
): ReturnType<typeof heatFor> | undefined {
	if (choices.show === 'none') return undefined;
	const { runs, drawn } =
		choices.repeats === 'folded'
			? foldedDrawing(analysis, open)
			: { runs: undefined, drawn: drawnPaths(analysis.root, open) };
	return heatFor({
		analysis,
		metric: choices.show,
		drawn,
		...(timesMs && { timesMs }),
		...(runs && { runs })
	});
}
