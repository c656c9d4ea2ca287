const MAX_TEXT = 120;
const MAX_ITEMS = 8;

/** A text out of a file, cut to a length that can be shown: a name may have millions of letters. */
export function excerpt(text: string): string {
	return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}

/** Shows any JSON value in a few words, one level deep: a value may be nested a million times. */
export function sketch(value: unknown): string {
	if (!Array.isArray(value)) return sketchItem(value);
	const items = value.slice(0, MAX_ITEMS).map(sketchItem);
	if (value.length > MAX_ITEMS) items.push('…');
	return excerpt(`[${items.join(', ')}]`);
}

function sketchItem(value: unknown): string {
	if (typeof value === 'string') return JSON.stringify(excerpt(value));
	if (Array.isArray(value)) return '[…]';
	if (typeof value === 'object' && value !== null) return '{…}';
	return String(value);
}
