import { inTraining, NAMED_DESIGNS, type NamedDesign } from '../arch/named-designs';
import type { Selected } from './selection';

export type Preset = 'roadmap' | 'family' | 'ends' | 'forms-roadmap' | 'forms-family' | 'none';

interface PresetRule {
	readonly holds: (named: NamedDesign) => boolean;
	/** Name of the network that the others are divided by; the first where it is left out. */
	readonly reference?: string;
	/** Each in training form as well, behind its deploy form. */
	readonly bothForms?: true;
}

const RULES: { readonly [P in Preset]: PresetRule } = {
	roadmap: { holds: ({ group }) => group === 'roadmap' },
	family: { holds: ({ group }) => group === 'family' },
	ends: { holds: ({ name }) => name === 'step0' || name === 'step8' },
	// From step 1 on there are branches to fold. The paper's own network is in the middle of both.
	'forms-roadmap': {
		holds: ({ group, design }) => group === 'roadmap' && design.mixing === 'separated',
		reference: 'step8',
		bothForms: true
	},
	'forms-family': {
		holds: ({ group }) => group === 'family',
		reference: 'repvit-m0.9',
		bothForms: true
	},
	none: { holds: () => false }
};

/** The networks of a preset in the order of the lists, and the one that the others are divided by. */
export function presetSelection(preset: Preset): {
	readonly selected: readonly Selected[];
	readonly referenceIndex: number;
} {
	const { holds, reference, bothForms } = RULES[preset];
	const selected = NAMED_DESIGNS.filter(holds)
		.flatMap((named) => (bothForms ? [named, inTraining(named)] : [named]))
		.map(({ name, design }) => ({ name, design }));
	const referenceIndex = selected.findIndex(({ name }) => name === reference);
	return { selected, referenceIndex: Math.max(0, referenceIndex) };
}
