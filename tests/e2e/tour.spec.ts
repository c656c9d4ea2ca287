import type { Page } from '@playwright/test';
import { expect, seriousViolations, test, visit } from './helpers';

const TITLES = [
	'Nine designs, two figures each',
	'Before and after',
	'Words explain themselves',
	'Every choice is a switch',
	'Take it with you',
	'Measure on this device'
];

const card = (page: Page) => page.getByTestId('tour');

test('a first visit is offered the tour, once', async ({ page }) => {
	await visit(page, '/');
	await expect(card(page)).toContainText('Take the tour?');
	await card(page).getByRole('button', { name: 'No thanks' }).click();
	await expect(card(page)).toHaveCount(0);
	await page.reload();
	await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
	await expect(card(page)).toHaveCount(0);
});

test('who comes to work is not interrupted', async ({ page }) => {
	for (const path of ['/measure/', '/design/']) {
		await visit(page, path);
		await expect(card(page)).toHaveCount(0);
	}
});

for (const [width, height] of [
	[1440, 900],
	[390, 844]
] as const) {
	test(`the tour by keyboard at ${width} px: every stop is told, and stands clear of the card`, async ({
		page
	}) => {
		test.slow();
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height });
		await visit(page, '/');
		await card(page).getByRole('button', { name: 'Take the tour' }).focus();
		await page.keyboard.press('Enter');
		for (const [index, title] of TITLES.entries()) {
			const heading = card(page).getByRole('heading', { name: title });
			await expect(heading).toBeFocused();
			await expect(card(page)).toContainText(`${index + 1} of ${TITLES.length}`);
			const target = page.locator('[data-tour-current]');
			await expect(target).toHaveCount(1);
			await expect(target).toBeInViewport();
			// What a stop is about is open, whatever the window's width.
			const isChoices = title === 'Every choice is a switch';
			if (isChoices) await expect(page.locator('[data-tour="choices"] > .sheet')).toBeVisible();
			const [around, shown] = await Promise.all([card(page).boundingBox(), target.boundingBox()]);
			const beside = shown!.x + shown!.width <= around!.x || around!.x + around!.width <= shown!.x;
			const below = around!.y + around!.height <= shown!.y;
			// A target taller than the room shows its upper part: a good piece of it, above the card.
			const above = around!.y - Math.max(0, shown!.y);
			const visible = Math.min(shown!.height, 200);
			expect(beside || below || above >= visible, title).toBe(true);
			if (index < 2) expect(await seriousViolations(page)).toEqual([]);
			// From the heading, the next stop is one Tab away.
			await page.keyboard.press('Tab');
			await page.keyboard.press('Enter');
		}
		await expect(card(page)).toHaveCount(0);
		await expect(page.locator('[data-tour-current]')).toHaveCount(0);
		await expect(page.locator('#content')).toBeFocused();
	});
}

test('Escape leaves the tour; the footer and the method page take it again', async ({ page }) => {
	await visit(page, '/about/');
	await page.getByRole('main').getByRole('button', { name: 'Take the tour' }).click();
	await expect(page).toHaveURL(/:\d+\/$/);
	await expect(card(page).getByRole('heading')).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(card(page)).toHaveCount(0);
	await page.getByRole('contentinfo').getByRole('button', { name: 'Take the tour' }).click();
	await expect(card(page)).toContainText('1 of');
});

test('the offer moves nothing on the page', async ({ browser, baseURL }) => {
	const shiftOf = async (isAnswered: boolean) => {
		const context = await browser.newContext({ baseURL: baseURL! });
		const page = await context.newPage();
		// What fonts move is no matter of the tour.
		await page.route('**/*.woff2', (route) => route.abort());
		await page.addInitScript((answered) => {
			if (answered) localStorage.setItem('tour', 'answered');
			const shifts: number[] = [];
			Object.assign(window, { shifts });
			new PerformanceObserver((list) => {
				for (const entry of list.getEntries()) {
					shifts.push((entry as unknown as { value: number }).value);
				}
			}).observe({ type: 'layout-shift', buffered: true });
		}, isAnswered);
		await visit(page, '/steps/1/');
		await expect(card(page)).toHaveCount(isAnswered ? 0 : 1);
		if (!isAnswered) await card(page).getByRole('button', { name: 'No thanks' }).click();
		await expect(card(page)).toHaveCount(0);
		const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
		await context.close();
		return shifts.reduce((sum, shift) => sum + shift, 0);
	};
	expect(await shiftOf(true), 'without the offer').toBeLessThan(0.001);
	expect(await shiftOf(false), 'with the offer').toBeLessThan(0.001);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('there is no tour, and a word leads to its entry', async ({ page }) => {
		await page.goto('/steps/1/');
		await expect(page.getByRole('button', { name: 'Take the tour' })).toHaveCount(0);
		await page.getByRole('main').getByRole('link', { name: 'token mixer' }).first().click();
		await expect(page).toHaveURL(/\/glossary\/#token-mixer$/);
		await expect(page.locator('#token-mixer')).toBeInViewport();
	});
});
