import { describe, expect, it } from 'vitest';
import { LANGUAGES, prefixOf, readPath, rememberLanguage } from '$lib/state/language';

describe('the language of an address', () => {
	it.each([
		['/', 'en', '/'],
		['/steps/3/', 'en', '/steps/3/'],
		['/zh-hant', 'zh-Hant', '/'],
		['/zh-hant/', 'zh-Hant', '/'],
		['/zh-hant/steps/3/', 'zh-Hant', '/steps/3/'],
		['/zh-hant/steps/3', 'zh-Hant', '/steps/3'],
		['/zh-hantom/', 'en', '/zh-hantom/'],
		['/steps/zh-hant/', 'en', '/steps/zh-hant/']
	] as const)('%s is %s', (path, language, page) => {
		expect(readPath(path)).toEqual({ language, page });
	});

	it('comes back from the prefix it is written as', () => {
		for (const language of LANGUAGES) {
			expect(readPath(`${prefixOf(language)}/design/`)).toEqual({ language, page: '/design/' });
		}
	});
});

describe('a chosen language', () => {
	it('is kept under the name that the page looks for when it is entered', () => {
		const kept = new Map<string, string>();
		rememberLanguage('zh-Hant', { setItem: (key, value) => kept.set(key, value) });
		expect([...kept]).toEqual([['language', 'zh-Hant']]);
	});

	it('is not worth an error where nothing may be kept', () => {
		const refusing = {
			setItem: () => {
				throw new DOMException('refused', 'SecurityError');
			}
		};
		expect(() => rememberLanguage('en', refusing)).not.toThrow();
		expect(() => rememberLanguage('en', null)).not.toThrow();
	});
});
