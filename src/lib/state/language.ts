import { baseLocale, locales, type Locale } from '../paraglide/runtime';
import { availableStorage } from './storage';

export { locales as LANGUAGES };
export type Language = Locale;

/** What a language calls itself: a visitor need not read the page to find it. */
export const LANGUAGE_NAMES: { readonly [L in Language]: string } = {
	en: 'English',
	'zh-Hant': '中文'
};

const STORAGE_KEY = 'language';

/**
 * What an address begins with in a language: `/zh-hant`, or nothing in English. In lower case, as
 * addresses are typed and as hosts that tell cases apart want it (docs/adr/0007-languages.md).
 */
export function prefixOf(language: Language): '' | `/${string}` {
	return language === baseLocale ? '' : `/${language.toLowerCase()}`;
}

/** The language of an address and the page it leads to: `/zh-hant/design/` is `/design/` in Chinese. */
export function readPath(path: string): { readonly language: Language; readonly page: string } {
	const language = locales.find((candidate) => {
		const prefix = prefixOf(candidate);
		return prefix !== '' && `${path}/`.startsWith(`${prefix}/`);
	});
	if (language === undefined) return { language: baseLocale, page: path };
	return { language, page: path.slice(prefixOf(language).length) || '/' };
}

/** Keeps a language that was chosen; `src/app.html` reads it when a page is entered. */
export function rememberLanguage(
	language: Language,
	storage: Pick<Storage, 'setItem'> | null = availableStorage()
): void {
	try {
		storage?.setItem(STORAGE_KEY, language);
	} catch {
		// A full or refused storage costs only the memory of this choice.
	}
}
