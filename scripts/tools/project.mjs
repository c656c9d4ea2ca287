/**
 * The state of a checkout: are packages installed, is the site built? Plain Node: it runs before
 * anything is installed.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const BUILD = join(ROOT, 'build');

const MINIMUM_NODE = [20, 19];
/** Whatever changes the site: a newer one among these makes the build stale. */
const BUILD_INPUTS = [
	'src',
	'static',
	'project.inlang/settings.json',
	'package-lock.json',
	'paraglide.config.js',
	'svelte.config.js',
	'vite.config.ts'
];
/** Compiled messages come and go beside the sources, and touch the folder that holds them. */
const GENERATED = join(ROOT, 'src/lib/paraglide');

/** Ends the process with one line if Node is older than the packages need. */
export function requireNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [wantedMajor = 0, wantedMinor = 0] = MINIMUM_NODE;
	if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
	console.error(
		`Node ${wantedMajor}.${wantedMinor} or newer is needed; this is ${process.versions.node}.`
	);
	process.exit(1);
}

/**
 * Runs a command in the project's folder, its output going where ours goes or to `onOutput`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, stdoutToStderr?: boolean,
 * onOutput?: (text: string) => void }} [options]
 * @returns {Promise<number>} its exit code; 1 if it could not start or a signal ended it
 */
export function run(command, args, { env = process.env, stdoutToStderr = false, onOutput } = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd: ROOT,
			env,
			stdio: onOutput
				? ['inherit', 'pipe', 'pipe']
				: ['inherit', stdoutToStderr ? process.stderr : 'inherit', 'inherit'],
			// npm and npx are .cmd files on Windows.
			shell: process.platform === 'win32'
		});
		if (onOutput) {
			child.stdout?.setEncoding('utf8').on('data', onOutput);
			child.stderr?.setEncoding('utf8').on('data', onOutput);
		}
		child.on('error', (error) => {
			console.error(`${command}: ${error.message}`);
			resolve(1);
		});
		child.on('close', (code) => resolve(code ?? 1));
	});
}

/** Whether `node_modules` lacks something that the lock file names. */
export function needsInstall() {
	const installed = readPackages(join(ROOT, 'node_modules/.package-lock.json'));
	const wanted = readPackages(join(ROOT, 'package-lock.json'));
	if (!installed || !wanted) return true;
	return Object.entries(wanted).some(([path, { version, optional }]) => {
		if (path === '') return false;
		const found = installed[path];
		// Packages for other platforms are optional, and rightly absent.
		return found ? found.version !== version : !optional;
	});
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function readPackages(lockFile) {
	try {
		return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
	} catch {
		return undefined;
	}
}

/** Installs what the lock file names, if it is not there. Ends the process if that fails. */
export async function installIfNeeded() {
	if (!needsInstall()) return;
	console.error('Installing packages ...');
	const code = await run('npm', ['ci', '--no-audit'], { stdoutToStderr: true });
	if (code !== 0) process.exit(code);
}

/** Whether the site has no build, or one older than its sources. */
export function needsBuild() {
	const page = join(BUILD, 'index.html');
	if (!existsSync(page)) return true;
	const builtMs = statSync(page).mtimeMs;
	return BUILD_INPUTS.some((input) => newestMs(join(ROOT, input)) > builtMs);
}

/**
 * Builds the site if needed.
 * @returns {Promise<number>} exit code
 */
export async function buildIfNeeded() {
	if (!needsBuild()) return 0;
	console.error('Building the site ...');
	return run('npm', ['run', '--silent', 'build', '--', '--logLevel', 'warn'], {
		stdoutToStderr: true
	});
}

/**
 * @param {string} path
 * @returns {number} newest modification time under a path; folders count too, since a deleted file
 * shows only there
 */
function newestMs(path) {
	if (path === GENERATED || !existsSync(path)) return 0;
	const stats = statSync(path);
	if (!stats.isDirectory()) return stats.mtimeMs;
	return readdirSync(path).reduce(
		(newest, name) => Math.max(newest, newestMs(join(path, name))),
		path === dirname(GENERATED) ? 0 : stats.mtimeMs
	);
}
