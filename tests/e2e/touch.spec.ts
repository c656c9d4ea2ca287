import type { Locator } from '@playwright/test';
import { expect, test, visit } from './helpers';

/** What a fingertip needs on both sides, in px. */
const FINGER = 44;

async function expectForFingers(targets: Locator): Promise<void> {
	const sides = await targets.evaluateAll((elements) =>
		elements.map((element) => {
			const { width, height } = element.getBoundingClientRect();
			return Math.min(width, height);
		})
	);
	expect(sides.length).toBeGreaterThan(0);
	// Places on a page are whole fractions of a pixel.
	expect(Math.min(...sides)).toBeGreaterThanOrEqual(FINGER - 0.1);
}

for (const [width, height] of [
	[390, 844],
	[768, 1024]
] as const) {
	test.describe(`for a finger, ${width} px`, () => {
		test.use({ viewport: { width, height }, hasTouch: true, isMobile: true });

		test('the way from step to step', async ({ page }) => {
			await visit(page, '/steps/4/');
			const nav = page.getByRole('navigation', { name: 'Steps of the roadmap' });
			await expectForFingers(nav.getByRole('link'));
			const right = await nav.evaluate((element) => element.scrollWidth - element.clientWidth);
			expect(right).toBe(0);
		});

		test('the blocks of a strip', async ({ page }) => {
			await visit(page, '/figures/');
			await expectForFingers(page.locator('#se-options .hit'));
		});
	});
}
