/**
 * `npm start`: from a fresh clone to a running site. Takes the options of `serve.mjs`.
 */
import { buildIfNeeded, installIfNeeded, requireNode } from './tools/project.mjs';

requireNode();
await installIfNeeded();
const code = await buildIfNeeded();
if (code !== 0) process.exit(code);
// Imported late: before the installation there is no server to import.
const { serveFromCommandLine } = await import('./serve.mjs');
await serveFromCommandLine(process.argv.slice(2));
