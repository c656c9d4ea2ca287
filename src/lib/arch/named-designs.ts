import { sameDesign, type Design } from './design';
import { FAMILY, MOBILENETV3_LARGE } from './family';
import { ROADMAP, SIDE_POINTS, stepName, type StepNumber } from './roadmap';

/** A design that has a name: what addresses, files and the command line call it by. */
export interface NamedDesign {
	/** For example `step3`, `step2-control`, `repvit-m0.9`, `mobilenetv3-large`. */
	readonly name: string;
	/** Short English label; figures and proper names only. */
	readonly label: string;
	readonly design: Design;
	readonly group: 'roadmap' | 'side-point' | 'family' | 'origin';
	/** The roadmap step it is, or stands beside; null for the family. */
	readonly step: StepNumber | null;
}

/** All of them: roadmap, its side points, the family, and the network it all started from. */
export const NAMED_DESIGNS: readonly NamedDesign[] = [
	...ROADMAP.map(({ step, design }): NamedDesign => ({
		name: stepName(step),
		label: `Step ${step}`,
		design,
		group: 'roadmap',
		step
	})),
	...SIDE_POINTS.map(({ name, id, design, step }): NamedDesign => ({
		name,
		label: id === 'expansion-only' ? 'Step 2, expansion only' : 'Step 2, MobileNetV3 block',
		design,
		group: 'side-point',
		step
	})),
	...FAMILY.map((member): NamedDesign => ({ ...member, group: 'family', step: null })),
	{ ...MOBILENETV3_LARGE, group: 'origin', step: null }
];

const BY_NAME = new Map(NAMED_DESIGNS.map((named) => [named.name, named]));

/** Looks a name up, without regard to case. */
export function findNamedDesign(name: string): NamedDesign | undefined {
	return BY_NAME.get(name.trim().toLowerCase());
}

/** The name a design goes by; roadmap steps come before the family (step 8 is RepViT-M0.9). */
export function nameOfDesign(design: Design): NamedDesign | undefined {
	return NAMED_DESIGNS.find((named) => sameDesign(named.design, design));
}
