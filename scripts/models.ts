/** `npm run models`: rewrites static/models, and removes what no longer belongs there. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCommandLine, runCommand, UsageError } from './lib/cli';
import { renderStaticModels } from './lib/static-models';

const FOLDER = fileURLToPath(new URL('../static/models', import.meta.url));

await runCommand('Usage: npm run models', (args) => {
	if (parseCommandLine(args, {}).positionals.length > 0) {
		throw new UsageError('No arguments are taken.');
	}
	const files = renderStaticModels();
	mkdirSync(FOLDER, { recursive: true });
	for (const name of readdirSync(FOLDER)) {
		if (!files.has(name)) rmSync(join(FOLDER, name), { recursive: true });
	}
	for (const [name, bytes] of files) {
		writeFileSync(join(FOLDER, name), bytes);
		process.stdout.write(`${name.padEnd(28)}${bytes.length.toLocaleString('en')} bytes\n`);
	}
});
