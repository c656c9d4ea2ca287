/**
 * Compiles the texts of `src/lib/messages` into `src/lib/paraglide`, for the tools that read the code
 * without Vite: ESLint, svelte-check, knip. Vite does the same by itself.
 */
import { readFile, readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { compile } from '@inlang/paraglide-js';
import { paraglideOptions } from '../paraglide.config.js';

const SETTINGS = 'project.inlang/settings.json';

/** An unlisted file would be skipped without a word, and its texts be missing. */
async function findUnlistedFiles() {
	const settings = JSON.parse(await readFile(SETTINGS, 'utf8'));
	/** @type {string[]} */
	const patterns = settings['plugin.inlang.messageFormat'].pathPattern;
	const listed = new Set(patterns.map((pattern) => basename(pattern)));
	const files = await readdir(`src/lib/messages/${settings.baseLocale}`);
	return files.filter((file) => !listed.has(file));
}

const unlisted = await findUnlistedFiles();
if (unlisted.length > 0) {
	console.error(`${SETTINGS}: pathPattern does not list ${unlisted.join(', ')}`);
	process.exit(1);
}
await compile(paraglideOptions);
