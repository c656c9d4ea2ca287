import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Connect, type Plugin } from 'vite';
import { paraglideOptions } from './paraglide.config.js';

/**
 * Cross-origin isolation for `vite dev` and `vite preview`: without it there are no threads in WASM
 * and the clock's step is twenty times coarser. SvelteKit's dev server does not put Vite's
 * `server.headers` on the HTML, hence a middleware placed before it. `ISOLATED=0` turns it off, to
 * see the site as a host without these headers serves it.
 */
function isolationHeaders(): Plugin {
	const enabled = process.env.ISOLATED !== '0';
	const middleware: Connect.NextHandleFunction = (_request, response, next) => {
		if (enabled) {
			response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
			response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
			response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
		}
		next();
	};
	return {
		name: 'isolation-headers',
		configureServer: (server) => void server.middlewares.use(middleware),
		configurePreviewServer: (server) => void server.middlewares.use(middleware)
	};
}

/** The size of one of the runtime's .wasm files; it is shown before it is loaded. */
function runtimeBytes(build: '' | '.jspi' | '.asyncify'): string {
	const file = import.meta.resolve(`onnxruntime-web/ort-wasm-simd-threaded${build}.wasm`);
	return JSON.stringify(statSync(fileURLToPath(file)).size);
}

export default defineConfig({
	define: {
		__RUNTIME_BYTES__: runtimeBytes(''),
		__JSPI_RUNTIME_BYTES__: runtimeBytes('.jspi'),
		__ASYNCIFY_RUNTIME_BYTES__: runtimeBytes('.asyncify')
	},
	plugins: [paraglideVitePlugin(paraglideOptions), isolationHeaders(), sveltekit()],
	// The runtime finds its .wasm by URL; pre-bundling would move it.
	optimizeDeps: { exclude: ['onnxruntime-web'] },
	worker: { format: 'es' },
	build: {
		target: 'es2022',
		assetsInlineLimit: 0,
		rolldownOptions: { checks: { pluginTimings: false } }
	},
	server: { host: '127.0.0.1' },
	preview: { host: '127.0.0.1' }
});
