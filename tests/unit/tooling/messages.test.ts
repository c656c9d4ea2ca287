import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baseLocale, locales } from '$lib/paraglide/runtime';

const ROOT = join(import.meta.dirname, '../../..');
const MESSAGES = join(ROOT, 'src/lib/messages');

type Texts = Readonly<Record<string, string>>;

const source = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
	.filter((file) => /\.(svelte|ts)$/.test(file) && !file.includes('paraglide'))
	.map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'))
	.join('\n');

const files = readdirSync(join(MESSAGES, baseLocale));

function readTexts(locale: string, file: string): Texts {
	const all = JSON.parse(readFileSync(join(MESSAGES, locale, file), 'utf8')) as Texts;
	return Object.fromEntries(Object.entries(all).filter(([key]) => key !== '$schema'));
}

/** The gaps of a text, each once: a translation may turn their order round, not drop one. */
const gaps = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

describe('texts', () => {
	it.each(files)('%s holds none that nobody shows', (file) => {
		const unused = Object.keys(readTexts(baseLocale, file)).filter(
			(key) => !new RegExp(`\\bm\\.${key}\\b`).test(source)
		);
		expect(unused).toEqual([]);
	});
});

describe.each(locales)('in %s', (locale) => {
	it('every file is there, and no other', () => {
		expect(readdirSync(join(MESSAGES, locale)).sort()).toEqual([...files].sort());
	});

	describe.each(files)('%s', (file) => {
		const originals = readTexts(baseLocale, file);
		const texts = readTexts(locale, file);

		it('holds every text, and no other', () => {
			expect(Object.keys(texts).sort()).toEqual(Object.keys(originals).sort());
		});

		it('says something in each', () => {
			expect(Object.keys(texts).filter((key) => texts[key]!.trim() === '')).toEqual([]);
		});

		it('has the same gaps to fill', () => {
			const gapsOf = (all: Texts) =>
				Object.fromEntries(Object.entries(all).map(([key, text]) => [key, gaps(text)]));
			expect(gapsOf(texts)).toEqual(gapsOf(originals));
		});
	});
});

describe('Chinese texts', () => {
	/** Han characters, and what joins them to others. */
	const HAN = '[\\u4e00-\\u9fff]';
	const texts = files.flatMap((file) => Object.entries(readTexts('zh-Hant', file)));

	it.each([
		['no space between Han and Latin letters or digits', `${HAN}[A-Za-z0-9]|[A-Za-z0-9%]${HAN}`],
		['half-width punctuation after Han', `${HAN}[,;:?!]|${HAN}\\(|\\)${HAN}`],
		['spaces beside full-width punctuation', ' [，。；：、（）「」]|[，。；：、（）「」] ']
	])('there is none with %s', (_, pattern) => {
		const found = texts.filter(([, text]) => new RegExp(pattern).test(text));
		expect(found).toEqual([]);
	});

	it('are Chinese, but for names, units and figures', () => {
		const latin = texts
			.filter(([, text]) => !new RegExp(HAN).test(text))
			.map(([, text]) => text.replace(/\{\w+\}/g, ''));
		expect([...new Set(latin)].filter((text) => / [a-z]{3,} /.test(text))).toEqual([]);
	});
});
