import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from '@playwright/test';
import { parseRunJson } from '../../src/lib/measure/export';
import type { StoredProfile } from '../../src/lib/measure/profile/stored-profile';
import { parseSweep, type StoredSweep } from '../../src/lib/measure/sweep/stored-sweep';
import type { RunResult } from '../../src/lib/measure/types';
import { serveSite } from '../serve.mjs';
import { CHROMIUM_FLAGS, requireChromium } from '../tools/chromium.mjs';
import { UsageError } from './cli';

/** Without a window Chromium has no WebGPU unless it is asked for. CPU times are taken without it. */
const WEBGPU_FLAGS = ['--enable-unsafe-webgpu'];
const flagsFor = (search: string) => (/[?&]on=webgpu/.test(search) ? WEBGPU_FLAGS : []);

const READY_TIMEOUT_MS = 60_000;
/** @param isLast whether the run has ended, and no line follows */
type OnProgress = (line: string, isLast: boolean) => void;

/** How often the page is asked how far it is; more often would disturb what it measures. */
const POLL_MS = 1000;

/** What a page found, and the file it was read from, as a visitor would download it. */
export interface OfPage<T> {
	readonly value: T;
	readonly file: string;
}

/**
 * Opens a page of the built site in headless Chromium.
 * @param address the page's address within the site, query string included
 * @throws if there is no browser
 */
async function onPage<T>(
	address: string,
	action: (page: Page) => Promise<T>,
	flags: readonly string[] = []
): Promise<T> {
	const executablePath = requireChromium();
	const site = await serveSite();
	let browser: Browser | undefined;
	try {
		browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...flags] });
		const page = await browser.newPage();
		await page.goto(`${site.url}${address}`);
		return await action(page);
	} finally {
		await browser?.close();
		await site.close();
	}
}

/**
 * Measures over the built site's own measuring page.
 * @param search query string of that page, question mark included
 * @param onProgress called with a line whenever there is news
 * @throws {UsageError} if the page does not take the query
 * @throws if the run ends without a figure
 */
export function runOnPage(search: string, onProgress: OnProgress): Promise<OfPage<RunResult>> {
	return onPage(
		`/measure/${search}`,
		async (page) => {
			await start(page, onProgress);
			const file = await downloaded(page, 'download-json');
			const parsed = parseRunJson(file);
			if (parsed.ok) return { value: parsed.result, file };
			throw new Error(`The page's file is no run: ${JSON.stringify(parsed.problem)}`);
		},
		flagsFor(search)
	);
}

/** The same over the page that sweeps choices. */
export function sweepOnPage(search: string, onProgress: OnProgress): Promise<OfPage<StoredSweep>> {
	return onPage(
		`/sweep/${search}`,
		async (page) => {
			await start(page, onProgress);
			const file = await downloaded(page, 'download-sweep');
			const sweep = parseSweep(JSON.parse(file));
			if (sweep) return { value: sweep, file };
			throw new Error("The page's file is no sweep.");
		},
		flagsFor(search)
	);
}

/**
 * Profiles a design over the built site's own design page.
 * @param query the design as a query string
 * @throws where the page finds no profile, with its reason
 */
export function profileOnPage(query: string): Promise<StoredProfile> {
	return onPage(`/design/?${query}`, async (page) => {
		const profile = page.getByTestId('profile');
		await profile.getByRole('button').click();
		const panel = page.getByTestId('profile-panel');
		const failed = page.locator('[data-testid="profile"][data-state="failed"]');
		await panel.or(failed).waitFor({ timeout: PROFILE_TIMEOUT_MS });
		if (await failed.isVisible()) throw new Error((await profile.innerText()).trim());
		return JSON.parse(await downloaded(page, 'download-profile')) as StoredProfile;
	});
}

const PROFILE_TIMEOUT_MS = 10 * 60_000;

async function start(page: Page, onProgress: OnProgress): Promise<void> {
	await page.locator('[data-ready="true"]').waitFor({ timeout: READY_TIMEOUT_MS });
	const problems = page.getByTestId('setup-problems');
	if (await problems.isVisible()) throw new UsageError((await problems.innerText()).trim());

	const run = page.getByTestId('run');
	// What the browser can run on is found out first; what it can't would be left out of the run.
	await page.locator('[data-testid="run-on"][data-state="looking"]').waitFor({ state: 'detached' });
	const leftOut = page.getByTestId('left-out');
	if (await leftOut.isVisible()) {
		const why = page.locator('.row:has(input:checked):has(label.missing) .quiet-text');
		const texts = [await leftOut.innerText(), ...(await why.allInnerTexts())];
		throw new UsageError(texts.map((text) => text.trim()).join(' '));
	}
	if (await run.isDisabled()) throw new UsageError('The page refuses this run.');
	await run.click();
	await untilEnded(page, onProgress);
}

/** The file behind a button that is there only where there are figures. */
async function downloaded(page: Page, testId: string): Promise<string> {
	const button = page.getByTestId(testId);
	if (!(await button.isVisible())) {
		const why = await page.getByTestId('run-panel').innerText();
		throw new Error(`Nothing was measured. ${why.trim()}`);
	}
	const waiting = page.waitForEvent('download');
	await button.click();
	return readFile(await (await waiting).path(), 'utf8');
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
