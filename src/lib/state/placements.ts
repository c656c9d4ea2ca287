import { findNamedDesign } from '../arch/named-designs';
import { selectedOf, selectionSearch } from './selection';

/** The measuring page's query for RepViT-M0.9 with squeeze-and-excitation in no, every other and every block. */
export function placementsSearch(): string {
	const { design } = findNamedDesign('repvit-m0.9')!;
	const placements = ['none', 'alternate', 'every'] as const;
	return selectionSearch(placements.map((se) => selectedOf({ ...design, se })));
}
