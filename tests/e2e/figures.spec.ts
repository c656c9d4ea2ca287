import { readFile } from 'node:fs/promises';
import { expect, test, visit } from './helpers';

const FIGURES = [
	'block',
	'stem',
	'downsampling',
	'classifier',
	'stage-ratio',
	'kernels',
	'se-placement',
	'se-options',
	'network'
];

test('home leads to the figures; each has a heading, a caption, a drawing and an anchor', async ({
	page
}) => {
	await visit(page, '/');
	await page.locator('main').getByRole('link', { name: 'The paper’s figures, redrawn' }).click();
	await expect(page).toHaveURL(/\/figures\/$/);
	for (const id of FIGURES) {
		const figure = page.locator(`figure[data-figure="${id}"]`);
		await expect(figure.getByRole('heading', { level: 2 })).toBeVisible();
		await expect(figure.locator('figcaption p').first()).toBeVisible();
		await expect(figure.locator('svg[role="tree"], svg[role="listbox"]').first()).toBeVisible();
		await expect(
			page.getByRole('navigation', { name: 'Figures' }).locator(`a[href="#${id}"]`)
		).toHaveCount(1);
	}
});

test('a step leads to its figure, and a cell of a strip to its network', async ({ page }) => {
	await visit(page, '/steps/8/');
	await page.getByRole('link', { name: 'See it among the paper’s figures' }).click();
	await expect(page).toHaveURL(/\/figures\/#se-placement$/);
	const figure = page.locator('#se-placement');
	await expect(figure).toBeInViewport();
	await figure
		.getByRole('option', { name: /^Stage 3, block 3/ })
		.last()
		.click();
	await expect(figure.locator('.facts')).toContainText('with SE');
	await figure.getByRole('link', { name: 'Open this network' }).click();
	await expect(page).toHaveURL(/\/design\/?\?.*se=alternate/);
});

test('each drawing of a figure can be taken away', async ({ page }) => {
	await visit(page, '/figures/');
	const menus = page.locator('#se-options').getByTestId('export');
	await expect(menus).toHaveCount(3);
	// Short to the eye, each under its drawing; named in full.
	await expect(menus.last().locator('.short')).toBeVisible();
	await expect(menus.last()).toHaveAccessibleName('Download: In every block');
	const drawings = await page.locator('#block svg[role="tree"]').all();
	for (const [index, drawing] of drawings.entries()) {
		const above = (await drawing.boundingBox())!;
		const menu = (await page.locator('#block').getByTestId('export').nth(index).boundingBox())!;
		const middle = menu.x + menu.width / 2;
		expect(middle).toBeGreaterThan(above.x);
		expect(middle).toBeLessThan(above.x + above.width);
	}
	await menus.last().click();
	const waiting = page.waitForEvent('download');
	await page.locator('#se-options').getByRole('button', { name: /^SVG/ }).last().click();
	const download = await waiting;
	expect(download.suggestedFilename()).toBe('se-options-3.svg');
	expect(await readFile(await download.path(), 'utf8')).toContain('In every block');
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('every figure reads: drawing, reported figures, and the same as a table', async ({
		page
	}) => {
		await page.goto('/figures/');
		for (const id of FIGURES) {
			await expect(page.locator(`#${id} svg`).first()).toBeVisible();
		}
		await expect(page.locator('#block svg[role="tree"]')).toHaveCount(3);
		await expect(page.locator('#stage-ratio [role="option"]')).toHaveCount(13 + 13 + 23);
		await expect(page.locator('#block figcaption')).toContainText('1.01');
		const table = page.locator('#se-placement table');
		await page.locator('#se-placement summary').last().click();
		await expect(table).toBeVisible();
		await expect(table).toContainText('1, 3, 5, 7, 9, 11, 13');
	});
});
