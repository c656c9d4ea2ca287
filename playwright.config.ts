import { createServer } from 'node:net';
import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './scripts/tools/chromium.mjs';
import type { HostOptions } from './tests/e2e/helpers';

/** A port nobody uses. Workers read this file again: they take the ports that the runner chose. */
async function port(variable: string): Promise<string> {
	process.env[variable] ??= await new Promise<string>((resolve, reject) => {
		const probe = createServer().on('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(String(typeof address === 'object' ? address?.port : address)));
		});
	});
	return process.env[variable];
}

/** The built site, served twice: with the headers that isolate it, and as a plain host serves it. */
const isolatedPort = await port('E2E_ISOLATED_PORT');
const plainPort = await port('E2E_PLAIN_PORT');
const url = (port: string): string => `http://127.0.0.1:${port}/`;

/** Networks are timed in these: two at once would measure each other. */
const TIMED = ['bench', 'measure', 'profile', 'checkpoint', 'lab-run', 'sweep', 'history'].map(
	(name) => `**/${name}.spec.ts`
);

export default defineConfig<HostOptions>({
	testDir: 'tests/e2e',
	outputDir: 'test-results/e2e',
	// The test command gives what times nothing more than one.
	workers: 1,
	fullyParallel: true,
	forbidOnly: Boolean(process.env.CI),
	reporter: 'list',
	use: {
		...devices['Desktop Chrome'],
		// What a host gives is tested by itself; the worker that adds to it has tests of its own.
		serviceWorkers: 'block',
		launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS },
		screenshot: 'only-on-failure',
		trace: 'retain-on-failure'
	},
	projects: [
		{
			name: 'isolated',
			testIgnore: TIMED,
			use: { baseURL: url(isolatedPort), isolated: true }
		},
		{
			name: 'timed',
			testMatch: TIMED,
			use: { baseURL: url(isolatedPort), isolated: true }
		},
		{
			// What differs without threads and a fine clock; the rest need not run twice.
			name: 'plain-host',
			grep: /@any-host/,
			use: { baseURL: url(plainPort), isolated: false }
		}
	],
	webServer: [
		{ command: `node scripts/serve.mjs --port ${isolatedPort}`, url: url(isolatedPort) },
		{
			command: `node scripts/serve.mjs --port ${plainPort} --no-isolation`,
			url: url(plainPort)
		}
	]
});
