import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_FLAGS, findChromium } from './scripts/tools/chromium.mjs';

/** What holds in both projects. A project takes only its own options, not those beside it. */
const shared = {
	// Nothing here is about time: a busy machine must not fail what holds.
	testTimeout: 30_000,
	// A test without an assertion has tested nothing.
	expect: { requireAssertions: true }
};

/** Pure code runs in Node, whatever draws in a real Chromium; both with the site's own plugins. */
export default defineConfig({
	test: {
		projects: [
			{
				extends: './vite.config.ts',
				test: {
					...shared,
					name: 'unit',
					environment: 'node',
					include: ['tests/unit/**/*.test.ts']
				}
			},
			{
				extends: './vite.config.ts',
				test: {
					...shared,
					name: 'browser',
					include: ['tests/browser/**/*.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: {
								executablePath: findChromium(),
								// A GPU of software: right outputs, and times that mean nothing.
								args: [...CHROMIUM_FLAGS, '--enable-unsafe-webgpu']
							}
						}),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});
