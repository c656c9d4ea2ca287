/**
 * Finds the Chromium that tests and the bench drive. Plain Node: it runs before anything is installed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
];
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-cjk'];

/**
 * Flags for every Chromium we start: no sandbox, since containers have none to give; nothing that
 * talks to the network of its own accord.
 */
export const CHROMIUM_FLAGS = [
	'--no-sandbox',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/**
 * The path of a Chromium: `$CHROMIUM_PATH`, the system's, else the one Playwright has downloaded.
 * @returns {string | undefined}
 */
export function findChromium() {
	const asked = process.env.CHROMIUM_PATH;
	if (asked) return existsSync(asked) ? asked : undefined;
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	const inPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
	return [...inPath, ...APPLICATIONS, playwrightsOwn()].find(
		(path) => path !== undefined && existsSync(path)
	);
}

/** @returns {string | undefined} */
function playwrightsOwn() {
	try {
		const { chromium } = createRequire(import.meta.url)('@playwright/test');
		return chromium.executablePath();
	} catch {
		// Not installed yet, or no build for this platform: then it has none to offer.
		return undefined;
	}
}

/**
 * The path of a Chromium, for callers that cannot go on without one.
 * @throws one line saying what to install
 */
export function requireChromium() {
	const path = findChromium();
	if (path === undefined) throw new Error(whatToInstall());
	return path;
}

/** One line: what a person has to do when there is no Chromium. */
export function whatToInstall() {
	const asked = process.env.CHROMIUM_PATH;
	if (asked) return `CHROMIUM_PATH is ${asked}, and there is no such file.`;
	const command = isDebian()
		? `sudo apt-get install ${DEBIAN_PACKAGES.join(' ')}`
		: 'npx playwright install --with-deps chromium';
	return `No Chromium found: run \`${command}\`, or set CHROMIUM_PATH to one.`;
}

/**
 * Installs Chromium from Debian's own packages, where we may.
 * @returns {boolean} whether it was tried and came through
 */
export function installChromium() {
	if (process.env.CHROMIUM_PATH || process.getuid?.() !== 0 || !isDebian()) return false;
	const options = /** @type {const} */ ({
		stdio: 'inherit',
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
	});
	try {
		execFileSync('apt-get', ['update'], options);
		execFileSync(
			'apt-get',
			['install', '--yes', '--no-install-recommends', ...DEBIAN_PACKAGES],
			options
		);
		return findChromium() !== undefined;
	} catch {
		// apt-get has said why on stderr.
		return false;
	}
}

function isDebian() {
	try {
		return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
	} catch {
		return false;
	}
}
