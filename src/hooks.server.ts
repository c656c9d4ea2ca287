import type { Handle } from '@sveltejs/kit';

/** The text face in Latin: what every page is set in. Others are fetched where a page needs them. */
const TEXT_FACE = 'source-sans-3-latin-wght-normal';

/** Pages ask for the text face at once: it must be there for the first paint (docs/adr/0008-fonts.md). */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		preload: ({ type, path }) =>
			type === 'js' || type === 'css' || (type === 'font' && path.includes(TEXT_FACE))
	});
