import { isTermId, type TermId } from './term-ids';

/** A piece of a marked-up text. */
export type RichPart =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'term'; readonly id: TermId; readonly words: string };

/** `[[token-mixer|depthwise convolution]]`: the glossary's entry, then the words that stand in the text. */
const MARKER = /\[\[([^[\]|]+)\|([^[\]|]+)\]\]/g;

/**
 * Takes a text with glossary markers apart. The id is the same in every language, the words are the
 * language's own. An id that the glossary does not hold leaves its words as plain text.
 */
export function parseRichText(text: string): readonly RichPart[] {
	const parts: RichPart[] = [];
	let end = 0;
	const addText = (piece: string) => {
		if (piece !== '') parts.push({ kind: 'text', text: piece });
	};
	for (const match of text.matchAll(MARKER)) {
		const [marker, id = '', words = ''] = match;
		addText(text.slice(end, match.index));
		if (isTermId(id)) parts.push({ kind: 'term', id, words });
		else addText(words);
		end = match.index + marker.length;
	}
	addText(text.slice(end));
	return parts;
}

/** The same text without its markers, for titles, descriptions and labels. */
export function plainText(text: string): string {
	return text.replaceAll(MARKER, '$2');
}
