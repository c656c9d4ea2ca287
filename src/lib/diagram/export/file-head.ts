import { escapeXml, type Markup } from './markup';

/** An element that holds a text. */
export function leaf(tag: string, text: string): Markup {
	return { tag, attributes: {}, children: escapeXml(text) };
}

/** A style sheet. It needs no escaping: no rule has an ampersand or an angle bracket. */
export function styleElement(rules: readonly string[]): Markup {
	return { tag: 'style', attributes: { type: 'text/css' }, children: `\n${rules.join('\n')}\n` };
}

/** Dublin Core, as Inkscape's document properties show it. */
export function metadata(title: string, source: string): Markup {
	const work: Markup = {
		tag: 'cc:Work',
		attributes: { 'rdf:about': '' },
		children: [leaf('dc:title', title), leaf('dc:source', source)]
	};
	const rdf: Markup = {
		tag: 'rdf:RDF',
		attributes: {
			'xmlns:rdf': 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
			'xmlns:cc': 'http://creativecommons.org/ns#',
			'xmlns:dc': 'http://purl.org/dc/elements/1.1/'
		},
		children: [work]
	};
	return { tag: 'metadata', attributes: {}, children: [rdf] };
}
