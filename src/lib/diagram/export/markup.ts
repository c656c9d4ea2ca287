/** An element of the file to be. */
export interface Markup {
	readonly tag: string;
	readonly attributes: Readonly<Record<string, string | undefined>>;
	/** Elements, each on a line of its own; or text, which then is on the element's line. */
	readonly children: readonly Markup[] | string;
}

/** Prints an element and what is in it, one element a line, so that two files can be compared. */
export function printMarkup({ tag, attributes, children }: Markup, indent = ''): string {
	const pairs = Object.entries(attributes).flatMap(([name, value]) =>
		value === undefined ? [] : [` ${name}="${escapeXml(value)}"`]
	);
	const head = `${indent}<${tag}${pairs.join('')}`;
	if (children.length === 0) return `${head}/>\n`;
	if (typeof children === 'string') return `${head}>${children}</${tag}>\n`;
	const inside = children.map((child) => printMarkup(child, `${indent}\t`)).join('');
	return `${head}>\n${inside}${indent}</${tag}>\n`;
}

/** Text for an element or an attribute; what XML 1.0 has no place for is left out. */
export function escapeXml(text: string): string {
	return text
		.replace(/\p{Cc}/gu, (character) => (/\s/.test(character) ? character : ''))
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
