import { expect, seriousViolations, test, visit } from './helpers';

const PAGES = [
	'/',
	'/steps/',
	'/steps/0/',
	'/steps/1/',
	'/steps/4/',
	'/steps/8/',
	'/design/',
	'/compare/',
	'/embed/?design=step8',
	'/measure/',
	'/devices/',
	'/sweep/',
	'/about/',
	'/training/',
	'/glossary/',
	'/figures/'
];

for (const theme of ['light', 'dark'] as const) {
	test.describe(`axe, ${theme}`, () => {
		test.use({ colorScheme: theme });
		for (const path of PAGES) {
			test(path, async ({ page }) => {
				await visit(page, path);
				expect(await seriousViolations(page)).toEqual([]);
			});
		}
	});
}

for (const width of [1440, 768, 390]) {
	test(`no page is wider than the window at ${width} px`, async ({ page }) => {
		// Many pages in one go.
		test.slow();
		await page.setViewportSize({ width, height: 900 });
		for (const path of PAGES) {
			await visit(page, path);
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(overflow, path).toBeLessThanOrEqual(0);
		}
	});
}

test('a design is chosen and opened by keyboard alone', async ({ page }) => {
	await visit(page, '/design/');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
	await page.keyboard.press('Enter');

	const mixing = page.locator('[data-choice="mixing"] input');
	await mixing.first().focus();
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(/mixing=separated/);

	const parts = page.getByRole('treeitem');
	const count = await parts.count();
	await parts.first().focus();
	await page.keyboard.press('Space');
	await expect(parts).not.toHaveCount(count);
});
