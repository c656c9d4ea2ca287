import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** Folder of the host that the site will stand in, for example `/repvit`; none by default. */
const basePath = /** @type {'' | `/${string}`} */ (process.env.BASE_PATH ?? '');

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		// Every page is a file: the site runs on any static host, and reads without JavaScript.
		adapter: adapter({ fallback: '404.html' }),
		// Relative asset links let the site live under any path of a host (GitHub Pages, a sub-folder).
		// Only 404.html, which may stand for any address, must be told the folder.
		paths: { relative: true, base: basePath },
		// Small styles come with the page: no round trip for them before the first paint.
		inlineStyleThreshold: 8192,
		// Registered by hand (state/site-worker): a visitor can switch it off.
		serviceWorker: { register: false },
		prerender: { handleHttpError: 'fail', handleMissingId: 'fail' },
		// Scripts and configuration are code too: they are type-checked with the rest.
		typescript: {
			config: (config) => {
				config.include.push('../scripts/**/*.ts', '../scripts/**/*.mjs');
				config.include.push('../*.ts', '../*.js', '../.size-limit.js');
			}
		}
	}
};
