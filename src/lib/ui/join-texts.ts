import * as m from '../paraglide/messages';

/** Sentences in a row; Chinese has no space between them. */
export function sentences(...texts: readonly string[]): string {
	return joined(texts, m.site_join_sentences);
}

/** `A, B, C`: things of one kind. Empty ones are left out. */
export function listed(texts: readonly string[]): string {
	return joined(texts, m.site_join_list);
}

/** `A; B; C`: parts that may have commas of their own. */
export function parted(texts: readonly string[]): string {
	return joined(texts, m.site_join_parts);
}

function joined(
	texts: readonly string[],
	join: (pair: { first: string; second: string }) => string
): string {
	return texts
		.filter((text) => text !== '')
		.reduce((first, second) => (first === '' ? second : join({ first, second })), '');
}
