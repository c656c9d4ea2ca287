import { expect, test, visit } from './helpers';
import type { Page } from '@playwright/test';

const PAGES = ['/', '/steps/4/', '/design/'];
/** A face may come this late. */
const DELAY_MS = 1500;

interface LayoutShift extends PerformanceEntry {
	readonly value: number;
	readonly hadRecentInput: boolean;
	readonly sources: readonly { readonly node: Node | null }[];
}

/** Holds every font back; tells how many were asked for. */
async function delayFonts(page: Page): Promise<() => number> {
	let asked = 0;
	await page.route('**/*.woff2', async (route) => {
		asked += 1;
		await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
		await route.continue();
	});
	return () => asked;
}

/** What has moved since the page began, and where it moved most. */
function layoutShifts(page: Page): Promise<{ total: number; places: string[] }> {
	return page.evaluate(
		() =>
			new Promise((resolve) => {
				new PerformanceObserver((list) => {
					const shifts = (list.getEntries() as LayoutShift[]).filter((s) => !s.hadRecentInput);
					resolve({
						total: shifts.reduce((sum, { value }) => sum + value, 0),
						places: shifts.flatMap(({ sources }) =>
							sources.map(({ node }) => (node as Element | null)?.outerHTML?.slice(0, 90) ?? '?')
						)
					});
				}).observe({ type: 'layout-shift', buffered: true });
				// Nothing is told where nothing has moved.
				setTimeout(() => resolve({ total: 0, places: [] }), 500);
			})
	);
}

for (const path of PAGES) {
	test(`nothing moves when fonts come late: ${path}`, async ({ page }) => {
		const fontsAsked = await delayFonts(page);
		await visit(page, path);
		await page.evaluate(() => document.fonts.ready);
		// One more frame, in which a late face would have moved the lines.
		await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
		expect(fontsAsked()).toBeGreaterThan(0);
		const { total, places } = await layoutShifts(page);
		expect(total, places.join('\n')).toBeLessThan(0.01);
	});
}
