import { analyseDesign, type TreeAnalysis } from '$lib/arch/analysis';
import { analysePlanned, isPlanned } from '$lib/arch/planned-network';
import * as m from '$lib/paraglide/messages';
import type { Selected } from '$lib/state/selection';
import { designName } from '$lib/ui/design-names';

/** What a network of the comparison is called: by name, by its file, or as the visitor's own. */
export function selectedName({ name, label, design }: Selected): string {
	if (label !== undefined) {
		const form = isPlanned(design) ? design.form : 'deploy';
		return form === 'training' ? m.compare_file_training({ file: label }) : label;
	}
	return name === null ? m.compare_own_design() : designName(name);
}

/** The network as a tree with shapes and costs. */
export function analysisOf({ design }: Selected): TreeAnalysis {
	return isPlanned(design) ? analysePlanned(design) : analyseDesign(design);
}
