import { expect, test, visit } from './helpers';

/** What a page looks like: a change that nobody meant shows here, at every width and in both themes. */
const PAGES = [
	{ name: 'home', path: '/' },
	{ name: 'step-4', path: '/steps/4/' },
	{ name: 'compare', path: '/compare/?a=step5&b=step6&open=stages' }
];
const WIDTHS = [1440, 768, 390];

for (const theme of ['light', 'dark'] as const) {
	test.describe(theme, () => {
		test.use({ colorScheme: theme });
		for (const { name, path } of PAGES) {
			for (const width of WIDTHS) {
				test(`${name} at ${width} px`, async ({ page }) => {
					await page.addInitScript(() => localStorage.setItem('tour', 'answered'));
					await page.setViewportSize({ width, height: 900 });
					// The first visit may be set in the stand-in for the text face; it is there at the second.
					await visit(page, path);
					await visit(page, path);
					await page.evaluate(() => document.fonts.ready);
					// Other versions of the browser and of the system's faces draw letters a little otherwise.
					await expect(page).toHaveScreenshot(`${name}-${width}-${theme}.png`, {
						maxDiffPixelRatio: 0.03
					});
				});
			}
		}
	});
}
