import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, seriousViolations, test, visit } from './helpers';

const RUN_TIMEOUT_MS = 120_000;
const EXAMPLE = 'static/examples/runs.json';

async function measure(page: Page): Promise<void> {
	await visit(page, '/measure/?designs=step0,step1&samples=3');
	await page.getByTestId('run').click();
	await expect(page.getByTestId('run-panel')).toHaveAttribute('data-state', 'done', {
		timeout: RUN_TIMEOUT_MS
	});
}

const openHistory = (page: Page) => page.getByTestId('history-panel').locator('summary').click();
const items = (page: Page) => page.getByTestId('history-item');

test('a run is kept: opened again, named, deleted, taken back by keyboard, out and in', async ({
	page,
	browser,
	baseURL
}) => {
	test.setTimeout(RUN_TIMEOUT_MS + 60_000);
	await measure(page);
	await expect(page.getByTestId('history-panel').locator('summary').first()).toContainText('(1)');
	await visit(page, '/measure/');
	await expect(page.getByTestId('result')).toHaveCount(0);
	await openHistory(page);
	await expect(items(page)).toHaveCount(1);
	await items(page).getByRole('button', { name: /^Open/ }).click();
	await expect(page.getByTestId('verdict')).toContainText('On this device');
	await expect(page.getByTestId('opened')).toContainText('An earlier run');

	await items(page)
		.getByRole('button', { name: /^Rename/ })
		.click();
	await page.keyboard.type('Laptop');
	await page.keyboard.press('Enter');
	await expect(items(page)).toContainText('Laptop');
	await expect(page.getByRole('button', { name: 'Rename: Laptop' })).toBeFocused();

	await page.getByRole('button', { name: 'Delete: Laptop' }).focus();
	await page.keyboard.press('Enter');
	await expect(items(page)).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(items(page)).toContainText('Laptop');
	expect(await seriousViolations(page)).toEqual([]);

	const waiting = page.waitForEvent('download');
	await page.getByTestId('export-all').click();
	const text = await readFile(await (await waiting).path(), 'utf8');
	const other = await browser.newPage({ ...(baseURL && { baseURL }), serviceWorkers: 'block' });
	await visit(other, '/measure/');
	await openHistory(other);
	const file = { name: 'runs.json', mimeType: 'application/json', buffer: Buffer.from(text) };
	await other.getByTestId('import-runs').setInputFiles(file);
	await expect(items(other)).toContainText('Laptop');
	await other.getByTestId('import-runs').setInputFiles(file);
	await expect(other.getByTestId('import-outcome')).toContainText('1 were here before');
	await expect(items(other)).toHaveCount(1);
	await other.close();
});

test('a link opens the run in a fresh profile, as shared, and says what is wrong with a bad one', async ({
	page,
	browser,
	baseURL,
	context
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await visit(page, '/measure/');
	await openHistory(page);
	await page.getByTestId('import-runs').setInputFiles(EXAMPLE);
	await items(page).getByRole('button', { name: /^Open/ }).click();
	await page.getByTestId('share-panel').locator('summary').click();
	await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible();
	await page.getByLabel('What the device is called').fill('Test laptop');
	await page.getByRole('button', { name: 'Copy link' }).click();
	await expect(page.getByText('The link is in the clipboard.')).toBeVisible();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	expect(link).toMatch(/\/devices\/#run=1\.[\w-]+$/);
	expect(await seriousViolations(page)).toEqual([]);

	const other = await browser.newPage({ ...(baseURL && { baseURL }), serviceWorkers: 'block' });
	const asked: string[] = [];
	other.on('request', (request) => asked.push(request.url()));
	await visit(other, link);
	const run = other.getByTestId('device-run');
	await expect(run).toContainText('Test laptop');
	await expect(run).toContainText('shared, not measured here');
	await expect(other.getByTestId('device-ratios').getByRole('row')).toHaveCount(10);
	await expect(other.getByTestId('device-agreement')).toContainText('Test laptop');
	expect(asked.filter((url) => url.includes(link.slice(-20)))).toEqual([]);
	expect(await seriousViolations(other)).toEqual([]);

	await other.goto(`${link.slice(0, -30)}`);
	await expect(other.getByTestId('link-problems')).toContainText('The link is damaged');
	await other.close();
});

test('devices stand side by side: an example, the paper’s phone, and files good and bad', async ({
	page
}) => {
	await visit(page, '/devices/');
	await page.locator('[data-ready="true"]').waitFor();
	await page.getByTestId('show-example').click();
	const runs = page.getByTestId('device-run');
	await expect(runs).toHaveAttribute('data-origin', 'example');
	await expect(page.getByRole('img', { name: /9 networks on 2 devices/ })).toBeVisible();
	await expect(page.getByTestId('device-ratios')).toContainText('0.86x');

	const example = JSON.parse(await readFile(EXAMPLE, 'utf8'));
	const [{ run }] = example.runs;
	const startedAt = '2026-01-02T03:04:05.678Z';
	const conditions = { ...run.conditions, startedAt };
	const foreign = { ...conditions, protocolVersion: '99.0.0', startedAt: '2026-01-03T00:00:00Z' };
	const text = JSON.stringify([
		{ ...run, conditions },
		{ ...run, roundCount: -1 },
		{ ...run, schemaVersion: 99 },
		{ ...run, conditions: foreign }
	]);
	await page.getByTestId('import-runs').setInputFiles({
		name: 'mixed.json',
		mimeType: 'application/json',
		buffer: Buffer.from(text)
	});
	await expect(runs).toHaveCount(3);
	const problems = page.getByTestId('import-problems');
	await expect(problems).toContainText('run 2');
	await expect(problems).toContainText('schema version 99');
	// Two protocols are never drawn together.
	await expect(page.getByTestId('other-protocol')).toContainText('99.x');
	await expect(page.getByRole('img', { name: /9 networks on 3 devices/ })).toBeVisible();
	expect(await seriousViolations(page)).toEqual([]);
});

test.describe('where the browser keeps nothing', () => {
	test('a full disk is said, and the run stays on screen', async ({ page }) => {
		test.setTimeout(RUN_TIMEOUT_MS + 30_000);
		await page.addInitScript(() => {
			IDBObjectStore.prototype.put = () => {
				throw new DOMException('no room', 'QuotaExceededError');
			};
		});
		await measure(page);
		const trouble = page.getByTestId('history-trouble');
		await expect(trouble).toContainText('It stays on this page');
		await expect(trouble).toContainText('full');
		await expect(page.getByTestId('result')).toBeVisible();
		await expect(page.getByTestId('download-json')).toBeEnabled();
	});

	test('a private window is said, and files still open', async ({ page }) => {
		await page.addInitScript(() => {
			IDBFactory.prototype.open = () => {
				throw new DOMException('denied', 'SecurityError');
			};
		});
		await visit(page, '/devices/');
		await expect(page.getByTestId('history-trouble')).toContainText('does not let pages keep data');
		await page.getByTestId('import-runs').setInputFiles(EXAMPLE);
		await expect(page.getByTestId('device-run')).toHaveCount(1);
	});
});
