import { expect, test, visit } from './helpers';

test(
	'the home page comes alive, and all it asks for is its own',
	{ tag: '@any-host' },
	async ({ page, isolated }) => {
		await visit(page, '/');
		await expect(page).toHaveTitle(/RepViT/);
		await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
		expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
	}
);

test('an unknown address says so', async ({ page, pageErrors }) => {
	const response = await page.goto('/no/such/page');
	expect(response?.status()).toBe(404);
	await expect(page.getByRole('main')).toBeVisible();
	// The browser and SvelteKit each log it.
	expect(pageErrors.splice(0).filter((error) => !/404|Not found/.test(error))).toEqual([]);
});
