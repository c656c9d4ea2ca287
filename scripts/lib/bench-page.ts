import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from '@playwright/test';
import { parseRunJson } from '../../src/lib/measure/export';
import type { RunResult } from '../../src/lib/measure/types';
import { serveSite } from '../serve.mjs';
import { CHROMIUM_FLAGS, requireChromium } from '../tools/chromium.mjs';
import { UsageError } from './cli';

const READY_TIMEOUT_MS = 60_000;
/** @param isLast whether the run has ended, and no line follows */
type OnProgress = (line: string, isLast: boolean) => void;

/** How often the page is asked how far it is; more often would disturb what it measures. */
const POLL_MS = 1000;

/**
 * Measures in headless Chromium, over the built site's own measuring page.
 * @param search query string of that page, question mark included
 * @param onProgress called with a line whenever there is news
 * @throws {UsageError} if the page does not take the query
 * @throws if there is no browser, or the run ends without a figure
 */
export async function runOnPage(search: string, onProgress: OnProgress): Promise<RunResult> {
	const executablePath = requireChromium();
	const site = await serveSite();
	let browser: Browser | undefined;
	try {
		browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
		const page = await browser.newPage();
		await page.goto(`${site.url}/measure/${search}`);
		return await measure(page, onProgress);
	} finally {
		await browser?.close();
		await site.close();
	}
}

async function measure(page: Page, onProgress: OnProgress): Promise<RunResult> {
	await page.locator('[data-ready="true"]').waitFor({ timeout: READY_TIMEOUT_MS });
	const problems = page.getByTestId('setup-problems');
	if (await problems.isVisible()) throw new UsageError((await problems.innerText()).trim());

	const run = page.getByTestId('run');
	if (await run.isDisabled()) throw new UsageError('The measuring page refuses this run.');
	await run.click();
	await untilEnded(page, onProgress);

	const button = page.getByTestId('download-json');
	if (!(await button.isVisible())) {
		const why = await page.getByTestId('run-panel').innerText();
		throw new Error(`Nothing was measured. ${why.trim()}`);
	}
	const waiting = page.waitForEvent('download');
	await button.click();
	const parsed = parseRunJson(await readFile(await (await waiting).path(), 'utf8'));
	if (parsed.ok) return parsed.result;
	throw new Error(`The page's file is no run: ${JSON.stringify(parsed.problem)}`);
}

async function untilEnded(page: Page, onProgress: OnProgress): Promise<void> {
	const panel = page.getByTestId('run-panel');
	const progress = page.getByTestId('run-progress');
	let said = '';
	for (;;) {
		const state = await panel.getAttribute('data-state');
		const line = (await progress.isVisible()) ? (await progress.innerText()).trim() : '';
		const isEnded = state === 'done' || state === 'stopped' || state === 'failed';
		if (line !== '' && line !== said) onProgress(line, isEnded);
		said = line;
		if (isEnded) return;
		await page.waitForTimeout(POLL_MS);
	}
}
