import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRichText, plainText } from '$lib/ui/glossary/rich-text';
import { findTerms } from '$lib/ui/glossary/search';
import { isTermId, TERM_IDS } from '$lib/ui/glossary/term-ids';
import { TERMS, TOPICS } from '$lib/ui/glossary/terms';

const MESSAGES = join(import.meta.dirname, '../../../src/lib/messages');

/** Every text of every language, with the file it stands in. */
const texts = readdirSync(MESSAGES, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.json'))
	.flatMap((file) =>
		Object.entries(
			JSON.parse(readFileSync(join(MESSAGES, file), 'utf8')) as Record<string, unknown>
		).map(([key, text]) => ({ file, key, text: JSON.stringify(text) }))
	);
const marked = texts.filter(({ text }) => text.includes('[['));

describe('marked-up texts', () => {
	it('come apart into words and terms, in their order', () => {
		expect(parseRichText('The [[token-mixer|depthwise convolution]] moves.')).toEqual([
			{ kind: 'text', text: 'The ' },
			{ kind: 'term', id: 'token-mixer', words: 'depthwise convolution' },
			{ kind: 'text', text: ' moves.' }
		]);
		expect(parseRichText('[[gelu|A]][[onnx|B]]')).toHaveLength(2);
		expect(parseRichText('')).toEqual([]);
	});

	it('lose nothing: what is shown is the text without its markers', () => {
		const piece = fc.oneof(
			fc.string().filter((text) => !/[[\]|]/.test(text)),
			fc
				.tuple(fc.constantFrom(...TERM_IDS, 'no-such-term'), fc.stringMatching(/^[a-z×]+$/))
				.map(([id, words]) => `[[${id}|${words}]]`)
		);
		fc.assert(
			fc.property(fc.array(piece), (pieces) => {
				const text = pieces.join('');
				const shown = parseRichText(text)
					.map((part) => (part.kind === 'term' ? part.words : part.text))
					.join('');
				expect(shown).toBe(plainText(text));
				expect(shown).toBe(pieces.map((one) => one.replace(/^\[\[[^|]+\||\]\]$/g, '')).join(''));
			})
		);
	});

	it('leave the words of an unknown term as they are', () => {
		expect(parseRichText('[[no-such-term|words]]')).toEqual([{ kind: 'text', text: 'words' }]);
	});

	it('there are some', () => {
		expect(marked.length).toBeGreaterThan(20);
	});

	it.each(marked)('$file $key names terms of the glossary, without a slip', ({ text }) => {
		for (const [, id] of text.matchAll(/\[\[([^|\]]*)/g)) {
			expect(isTermId(id ?? ''), `unknown term "${id}"`).toBe(true);
		}
		expect(plainText(text)).not.toMatch(/\[\[|\]\]/);
	});
});

describe('the glossary', () => {
	it('has names of its own for every entry', () => {
		const names = TERM_IDS.map((id) => TERMS[id].name());
		expect(new Set(names).size).toBe(TERM_IDS.length);
		expect(new Set(TERM_IDS).size).toBe(TERM_IDS.length);
	});

	it('fills every topic', () => {
		expect(new Set(TERM_IDS.map((id) => TERMS[id].topic))).toEqual(new Set(TOPICS));
	});

	it.each(TERM_IDS)('%s is short, and refers to others only', (id) => {
		const { text, seeAlso } = TERMS[id];
		const words = text().split(/\s+/).length;
		expect(words).toBeGreaterThan(12);
		expect(words).toBeLessThanOrEqual(50);
		expect(text()).not.toContain('[[');
		expect(seeAlso).not.toContain(id);
		expect(seeAlso.length).toBeGreaterThan(0);
	});

	it('can be reached from within: every entry is named by another', () => {
		const named = new Set(TERM_IDS.flatMap((id) => TERMS[id].seeAlso));
		expect(TERM_IDS.filter((id) => !named.has(id))).toEqual([]);
	});
});

describe('searching the glossary', () => {
	it('finds names and texts, whatever the case and the order of the words', () => {
		expect(findTerms('FFN')).toContain('ffn');
		expect(findTerms('convolution pointwise')).toContain('pointwise-convolution');
		expect(findTerms('no such word')).toEqual([]);
	});

	it('gives everything for an empty query', () => {
		expect(findTerms('  ')).toEqual(TERM_IDS);
	});
});
