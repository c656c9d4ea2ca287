import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build } from 'vite';
import type { Benchmarks } from '../benchmark/page/main';
import { serveSite } from '../serve.mjs';
import { CHROMIUM_FLAGS, requireChromium } from '../tools/chromium.mjs';
import { ROOT } from '../tools/project.mjs';

declare global {
	/** Set by the benchmark page. */
	var benchmarks: Benchmarks;
}

/**
 * Builds the benchmark page as the site is built, opens it isolated in headless Chromium, and cleans
 * up after.
 */
export async function withBenchmarkPage<T>(use: (page: Page) => Promise<T>): Promise<T> {
	const executablePath = requireChromium();
	const directory = await mkdtemp(join(tmpdir(), 'repvit-explorer-'));
	let browser: Browser | undefined;
	try {
		await build({
			configFile: false,
			root: join(ROOT, 'scripts/benchmark/page'),
			logLevel: 'warn',
			worker: { format: 'es' },
			build: { outDir: directory, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 }
		});
		const site = await serveSite({ directory });
		try {
			browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
			const page = await browser.newPage();
			await page.goto(site.url);
			await page.waitForFunction(() => 'benchmarks' in globalThis);
			return await use(page);
		} finally {
			await browser?.close();
			await site.close();
		}
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
}
