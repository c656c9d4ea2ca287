import { AsyncLocalStorage } from 'node:async_hooks';
import type { Handle } from '@sveltejs/kit';
import { overwriteServerAsyncLocalStorage, type Locale } from '$lib/paraglide/runtime';
import { readAddress } from '$lib/state/links';

/** The language of the page being rendered: pages may be rendered at once, and each has its own. */
const rendering = new AsyncLocalStorage<{ locale?: Locale }>();
overwriteServerAsyncLocalStorage(rendering);

export const handle: Handle = ({ event, resolve }) => {
	const locale = readAddress(event.url).language;
	return rendering.run({ locale }, () =>
		resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) })
	);
};
