import { afterEach, describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { linkIn, linkTo, onlyLanguageChanged, readAddress } from '$lib/state/links';

afterEach(() => overwriteGetLocale(() => 'en'));

describe('a link to a page', () => {
	it('keeps the language that is being read', () => {
		expect(linkTo('/steps/[step]', { step: '3' })).toBe('/steps/3');
		overwriteGetLocale(() => 'zh-Hant');
		expect(linkTo('/steps/[step]', { step: '3' })).toBe('/zh-hant/steps/3');
		expect(linkTo('/')).toBe('/zh-hant/');
	});

	it('leads to another language where that is asked for', () => {
		overwriteGetLocale(() => 'zh-Hant');
		expect(linkIn('en', '/design/')).toBe('/design/');
		expect(linkIn('zh-Hant', '/design/')).toBe('/zh-hant/design/');
	});

	it('is read back', () => {
		for (const language of ['en', 'zh-Hant'] as const) {
			const pathname = linkIn(language, '/steps/[step]/', { step: '3' });
			expect(readAddress({ pathname })).toEqual({ language, pathname: '/steps/3/' });
		}
	});
});

describe('a change of language and nothing else', () => {
	const landing = (type: string, from: string, to: string) => ({
		type,
		from: { url: new URL(from, 'https://x.test') },
		to: { url: new URL(to, 'https://x.test') }
	});

	it.each([
		['link', '/design/?v=1', '/zh-hant/design/?v=1', true],
		['link', '/zh-hant/steps/3/', '/steps/3/', true],
		['link', '/zh-hant/steps/3/', '/steps/4/', false],
		['link', '/design/', '/design/?v=1', false],
		['popstate', '/design/', '/zh-hant/design/', false]
	])('%s from %s to %s: %s', (type, from, to, expected) => {
		expect(onlyLanguageChanged(landing(type, from, to))).toBe(expected);
	});

	it('is not the entry', () => {
		expect(onlyLanguageChanged({ ...landing('enter', '/', '/zh-hant/'), from: null })).toBe(false);
	});
});
