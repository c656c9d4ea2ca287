/**
 * Serves `build/` on 127.0.0.1 as a good host would: with the headers that isolate the page, so that
 * WebAssembly may use threads and the clock is fine; or without them, to see what is then lost.
 *
 *     node scripts/serve.mjs [--port N] [--no-isolation]
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';
import { BUILD, ROOT } from './tools/project.mjs';

const HOST = '127.0.0.1';
const DEFAULT_PORT = 4173;
const ISOLATION_HEADERS = {
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Embedder-Policy': 'require-corp',
	'Cross-Origin-Resource-Policy': 'same-origin'
};
const USAGE = 'usage: npm run preview -- [--port N] [--no-isolation]';

/**
 * Serves a built site until closed.
 * @param {{ directory?: string, port?: number, isolated?: boolean }} [options] `port` 0 takes a free one
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 * @throws if the port is taken, or nothing is built
 */
export async function serveSite({ directory = BUILD, port = 0, isolated = true } = {}) {
	if (!existsSync(join(directory, 'index.html'))) {
		throw new Error(`${relative(ROOT, directory)} holds no site: run \`npm run build\` first`);
	}
	const headers = { 'X-Content-Type-Options': 'nosniff', ...(isolated ? ISOLATION_HEADERS : {}) };
	const files = sirv(directory, {
		etag: true,
		setHeaders: (response, path) => {
			if (path.startsWith('/_app/immutable/')) {
				response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
			} else if (path.endsWith('.onnx')) {
				response.setHeader('Content-Type', 'application/octet-stream');
			}
		}
	});
	const notFoundPage = join(directory, '404.html');
	const notFound = existsSync(notFoundPage) ? readFileSync(notFoundPage) : 'Not found';
	const server = createServer((request, response) => {
		response.setHeaders(new Map(Object.entries(headers)));
		const redirect = addressWithSlash(directory, request.url ?? '/');
		if (redirect !== undefined) {
			response.writeHead(308, { Location: redirect }).end();
			return;
		}
		files(request, response, () => {
			response.writeHead(404, { 'Content-Type': 'text/html;charset=utf-8' }).end(notFound);
		});
	});
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, () => resolve(undefined));
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the server has no port');
	return {
		url: `http://${HOST}:${address.port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	};
}

/**
 * A page is a folder's `index.html` and links relative to that folder, so its address ends in `/`.
 * @param {string} directory
 * @param {string} address path and query as requested
 * @returns {string | undefined} where to go instead, if this is a page without its slash
 */
function addressWithSlash(directory, address) {
	const { pathname, search } = new URL(address, `http://${HOST}`);
	const isPage =
		!pathname.endsWith('/') && existsSync(join(directory, decodePath(pathname), 'index.html'));
	return isPage ? `${pathname}/${search}` : undefined;
}

/** @param {string} pathname */
function decodePath(pathname) {
	try {
		return decodeURIComponent(pathname);
	} catch {
		return pathname;
	}
}

/**
 * The command: the port asked for, else the default one, else a free one.
 * @param {readonly string[]} args
 * @returns {Promise<void>}
 */
export async function serveFromCommandLine(args) {
	const options = readArguments(args);
	if (options === undefined) {
		console.error(USAGE);
		process.exit(2);
	}
	const { port, isolated } = options;
	const site = await serveSite({ port: port ?? DEFAULT_PORT, isolated }).catch((error) => {
		if (error.code === 'EADDRINUSE' && port === undefined) return serveSite({ isolated });
		console.error(error.code === 'EADDRINUSE' ? `port ${port} is taken` : error.message);
		process.exit(1);
	});
	console.log(`RepViT Explorer: ${site.url}/${isolated ? '' : ' (not isolated)'}`);
}

/**
 * @param {readonly string[]} args
 * @returns {{ port: number | undefined, isolated: boolean } | undefined}
 */
function readArguments(args) {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				port: { type: 'string' },
				isolation: { type: 'boolean', default: true }
			},
			allowNegative: true
		});
		const port = values.port === undefined ? undefined : Number(values.port);
		if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536)) {
			return undefined;
		}
		return { port, isolated: values.isolation };
	} catch {
		return undefined;
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await serveFromCommandLine(process.argv.slice(2));
}
