import { findNamedDesign, type NamedDesign, type TrainingForm } from '../arch/named-designs';
import { SIDE_POINTS } from '../arch/roadmap';
import * as m from '../paraglide/messages';
import { listed } from './join-texts';
import { SIDE_POINT_TEXTS, STEP_TEXTS } from './step-texts';

/** A named design as people read it: "Step 3: Early-convolution stem", "RepViT-M0.9, training form". */
export function designName(name: string): string {
	const named = findNamedDesign(name);
	if (!named) return name;
	return named.training
		? trainingFormName(designName(named.training.of), named.training)
		: deployName(named);
}

function deployName(named: NamedDesign): string {
	if (named.group === 'roadmap' && named.step !== null) {
		return m.step_page_title({ step: named.step, title: STEP_TEXTS[named.step].short() });
	}
	const side = SIDE_POINTS.find((point) => point.name === named.name);
	return side
		? m.step_page_title({ step: side.step, title: SIDE_POINT_TEXTS[side.id]() })
		: named.label;
}

/** "RepViT-M0.9, training form", with what is not as in today's code and undistilled. */
export function trainingFormName(
	name: string,
	training: Pick<TrainingForm, 'branches' | 'heads'>
): string {
	const details = trainingDetails(training);
	return details === ''
		? m.design_name_training({ name })
		: m.design_name_training_details({ name, details });
}

/** "two heads, first release"; empty for one head and the branches of today's code. */
export function trainingDetails({
	branches,
	heads
}: Pick<TrainingForm, 'branches' | 'heads'>): string {
	return listed([
		heads === 2 ? m.design_name_two_heads() : '',
		branches === 'first-release' ? m.design_name_first_release() : ''
	]);
}
