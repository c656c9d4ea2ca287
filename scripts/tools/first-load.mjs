/**
 * What a browser loads before a page is alive, read from the built HTML: the scripts it names, those
 * it preloads, and whatever these import on arrival. Feeds size-limit (`.size-limit.js`).
 */
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { init, parse } from 'es-module-lexer';
import { BUILD, ROOT } from './project.mjs';

/** SvelteKit fetches the root layout and the error page as soon as it starts, preloaded or not. */
const FETCHED_AT_ONCE = /\/nodes\/[01]\./;
/** Loaded only once a visitor measures; on a first load it is a fault, whatever its size. */
const RUNTIME = /onnxruntime|ort-wasm/;

/**
 * @param {string} page its address on the site, for example `/design/`
 * @returns {Promise<string[]>} JavaScript files, relative to the project's folder
 * @throws if the page is not built, has no script, or loads the inference runtime
 */
export async function firstLoadFiles(page) {
	const html = join(BUILD, page, 'index.html');
	const source = await readFile(html, 'utf8').catch(() => {
		throw new Error(`${relative(ROOT, html)} is not built: run \`npm run build\` first`);
	});
	const entries = scriptsOf(source).map((href) => besides(html, href));
	if (entries.length === 0) throw new Error(`${page} has no script`);
	const files = [...(await withImports(entries))].map((file) => relative(ROOT, file)).sort();
	const runtime = files.find((file) => RUNTIME.test(file));
	if (runtime) throw new Error(`${page} loads the inference runtime at once: ${runtime}`);
	return files;
}

/**
 * @param {string} html
 * @returns {string[]} links to modules: preloaded, by tag, or imported by an inline script
 */
function scriptsOf(html) {
	const patterns = [
		/<link\b[^>]*\brel="modulepreload"[^>]*\bhref="([^"]+)"/g,
		/<link\b[^>]*\bhref="([^"]+)"[^>]*\brel="modulepreload"/g,
		/<script\b[^>]*\bsrc="([^"]+)"/g,
		/\bimport\("([^"]+)"\)/g
	];
	return patterns.flatMap((pattern) => [...html.matchAll(pattern)].map(([, href]) => href ?? ''));
}

/**
 * @param {readonly string[]} entries
 * @returns {Promise<Set<string>>} the entries and all that they bring along, at any depth
 */
async function withImports(entries) {
	await init;
	const seen = new Set(entries);
	// A set visits what is added while it is walked: this is the whole queue.
	for (const file of seen) {
		const [imports] = parse(await readFile(file, 'utf8'), file);
		for (const { n: specifier, d: dynamicStart } of imports) {
			if (specifier === undefined) continue;
			const isStatic = dynamicStart === -1;
			if (isStatic || FETCHED_AT_ONCE.test(specifier)) seen.add(besides(file, specifier));
		}
	}
	return seen;
}

/**
 * @param {string} file
 * @param {string} link relative to it
 */
function besides(file, link) {
	return fileURLToPath(new URL(link, pathToFileURL(file)));
}
