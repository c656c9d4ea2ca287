import { AsyncLocalStorage } from 'node:async_hooks';
import type { Handle, ResolveOptions } from '@sveltejs/kit';
import { overwriteServerAsyncLocalStorage, type Locale } from '$lib/paraglide/runtime';
import { readAddress } from '$lib/state/links';

/** The language of the page being rendered: pages may be rendered at once, and each has its own. */
const rendering = new AsyncLocalStorage<{ locale?: Locale }>();
overwriteServerAsyncLocalStorage(rendering);

/** The text face in Latin: what every page is set in. Others are fetched where a page needs them. */
const TEXT_FACE = 'source-sans-3-latin-wght-normal';

/** Pages ask for the text face at once: it must be there for the first paint (docs/adr/0008-fonts.md). */
const preload: ResolveOptions['preload'] = ({ type, path }) =>
	type === 'js' || type === 'css' || (type === 'font' && path.includes(TEXT_FACE));

export const handle: Handle = ({ event, resolve }) => {
	const locale = readAddress(event.url).language;
	return rendering.run({ locale }, () =>
		resolve(event, {
			preload,
			transformPageChunk: ({ html }) => html.replace('%lang%', locale)
		})
	);
};
