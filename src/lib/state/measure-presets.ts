import { NAMED_DESIGNS, type NamedDesign } from '../arch/named-designs';
import type { Selected } from './selection';

export type Preset = 'roadmap' | 'family' | 'ends' | 'none';

const MEMBERS: { readonly [P in Preset]: (named: NamedDesign) => boolean } = {
	roadmap: ({ group }) => group === 'roadmap',
	family: ({ group }) => group === 'family',
	ends: ({ name }) => name === 'step0' || name === 'step8',
	none: () => false
};

/** The networks of a preset, in the order of the lists. */
export function presetSelection(preset: Preset): readonly Selected[] {
	return NAMED_DESIGNS.filter(MEMBERS[preset]).map(({ name, design }) => ({ name, design }));
}
