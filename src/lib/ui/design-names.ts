import { findNamedDesign } from '../arch/named-designs';
import { SIDE_POINTS } from '../arch/roadmap';
import * as m from '../paraglide/messages';
import { SIDE_POINT_TEXTS, STEP_TEXTS } from './step-texts';

/** A named design as people read it: "Step 3: Early-convolution stem", "RepViT-M0.9". */
export function designName(name: string): string {
	const named = findNamedDesign(name);
	if (!named) return name;
	if (named.group === 'roadmap' && named.step !== null) {
		return m.step_page_title({ step: named.step, title: STEP_TEXTS[named.step].short() });
	}
	const side = SIDE_POINTS.find((point) => point.name === named.name);
	return side
		? `${m.step_number({ step: side.step })}: ${SIDE_POINT_TEXTS[side.id]()}`
		: named.label;
}
