import { TERM_IDS, type TermId } from './term-ids';
import { TERMS } from './terms';

/** The entries whose name or text holds every word of the query; all of them for an empty one. */
export function findTerms(query: string): readonly TermId[] {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	return TERM_IDS.filter((id) => {
		const { name, text } = TERMS[id];
		const haystack = `${name()} ${text()}`.toLowerCase();
		return words.every((word) => haystack.includes(word));
	});
}
