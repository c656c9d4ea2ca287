import * as m from '../lib/paraglide/messages';
import type { Locale } from '../lib/paraglide/runtime';

/** Paths of kept pages begin so in Chinese (`state/language.ts`). */
const CHINESE = /^\/zh-hant\//;

/**
 * The page that stands for one which was never visited, while there is no network: it says so, and
 * leads to those that are kept. It needs no other file.
 *
 * @param path of the page asked for, below the site's own folder
 * @param kept paths of kept pages, absolute, and below the site's own folder
 */
export function offlinePage(
	path: string,
	kept: readonly { readonly href: string; readonly path: string }[]
): Response {
	const locale: Locale = CHINESE.test(path) ? 'zh-Hant' : 'en';
	const inLanguage = kept.filter((page) => CHINESE.test(page.path) === (locale === 'zh-Hant'));
	const links = inLanguage
		.map(({ href, path: name }) => `<li><a href="${escaped(href)}">${escaped(name)}</a></li>`)
		.join('');
	const title = escaped(m.offline_page_title({}, { locale }));
	const list = links && `<p>${escaped(m.offline_page_kept({}, { locale }))}</p><ul>${links}</ul>`;
	const html = `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
body { max-width: 40rem; margin: 4rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
a { display: inline-block; padding: 0.6rem 0; }
</style>
</head>
<body>
<h1>${title}</h1>
<p>${escaped(m.offline_page_text({}, { locale }))}</p>
${list}
</body>
</html>
`;
	return new Response(html, {
		status: 503,
		headers: { 'Content-Type': 'text/html;charset=utf-8' }
	});
}

function escaped(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
