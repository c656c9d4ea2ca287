import type { Page } from '@playwright/test';
import { expect, test, visit } from './helpers';

const slider = (page: Page) => page.getByRole('slider', { name: 'Place on the roadmap' });
const at = async (page: Page) => Number(await slider(page).inputValue());

test('the header leads to the film, which is scrubbed by keys step by step and between', async ({
	page
}) => {
	await visit(page, '/');
	await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Steps' }).click();
	await expect(page).toHaveURL(/\/steps\/$/);
	await expect(page.getByRole('navigation', { name: 'Main' }).locator('[aria-current]')).toHaveText(
		'Steps'
	);
	await slider(page).press('PageUp');
	await slider(page).press('Shift+ArrowRight');
	await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Step 2: Expansion 2, wider');
	await slider(page).press('ArrowRight');
	await slider(page).press('ArrowRight');
	await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Between step 2 and step 3, 10 %');
	await expect(page.getByRole('heading', { level: 2 })).toHaveText('Early-convolution stem');
	// The figures of the two steps, and nothing between them.
	const figures = page.getByRole('table', { name: 'What is reported' });
	await expect(figures.getByRole('columnheader')).toHaveText(['Step 2', 'Step 3']);
	await expect(figures.getByRole('cell').filter({ hasText: 'ms' })).toHaveText([/0\.89/, /0\.86/]);
	await expect(page).toHaveURL(/\/steps\/\?at=2\.1$/);
	await slider(page).press('End');
	await expect(slider(page)).toHaveValue('8');
	await expect(page.getByRole('button', { name: 'Next step' })).toBeDisabled();
});

test('it plays, is paused half way by the space bar, and stays there', async ({ page }) => {
	await visit(page, '/steps/?at=5');
	const place = page.getByTestId('film-place');
	const start = await place.getAttribute('transform');
	await page.getByRole('button', { name: 'Play' }).focus();
	await page.keyboard.press('Space');
	await expect.poll(() => at(page)).toBeGreaterThan(5.2);
	await page.keyboard.press('Space');
	const stopped = await at(page);
	expect(stopped).toBeLessThan(6);
	await expect(page.getByRole('button', { name: 'Play' })).toBeFocused();
	expect(await place.getAttribute('transform')).not.toBe(start);
	await expect(page).toHaveURL(/at=5\.\d+$/);
	expect(await at(page)).toBe(stopped);
	await page.getByRole('button', { name: 'Next step' }).click();
	await expect(slider(page)).toHaveValue('6');
	await expect(page.getByTestId('film-changes')).toContainText(
		'What changes from step 5 to step 6'
	);
});

test('at full size the first change of a step comes into view, unless the visitor has scrolled', async ({
	page
}) => {
	await visit(page, '/steps/?at=4&depth=blocks');
	await page.getByRole('button', { name: 'Full size' }).click();
	const sheet = page.getByRole('region', { name: 'Drawing' });
	await slider(page).press('PageUp');
	// Step 5 changes the classifier alone.
	await expect(sheet.locator('[data-path="head"]')).toBeInViewport({ ratio: 0.5 });
	await slider(page).press('PageUp');
	await expect(sheet.locator('[data-path="stages.0.blocks.0"]').first()).toBeInViewport();
	await sheet.hover();
	await page.mouse.wheel(0, 120);
	const own = await sheet.evaluate((box) => box.scrollTop);
	await slider(page).press('PageDown');
	await expect(page.getByRole('heading', { level: 2 })).toHaveText('Simple classifier');
	expect(Math.abs((await sheet.evaluate((box) => box.scrollTop)) - own)).toBeLessThan(200);
});

test('the whole network has no text that is too small to read', async ({ page }) => {
	for (const depth of ['stages', 'blocks', 'mixers']) {
		await visit(page, `/steps/?at=8&depth=${depth}`);
		const drawing = page.locator('.film svg[role="img"]').first();
		await expect(drawing).toBeVisible();
		const sizes = () =>
			drawing.evaluate((svg: SVGSVGElement) => {
				const scale = svg.getScreenCTM()!.a;
				return [...svg.querySelectorAll('text')].map(
					(text) => Number.parseFloat(getComputedStyle(text).fontSize) * scale
				);
			});
		if (depth === 'stages') expect((await sizes()).length).toBeGreaterThan(5);
		await expect.poll(async () => Math.min(7, ...(await sizes())), depth).toBe(7);
	}
});

test('an address restores place and depth, and names what it got wrong', async ({ page }) => {
	await visit(page, '/steps/?at=2.4&depth=blocks');
	await expect(slider(page)).toHaveValue('2.4');
	await expect(page.getByRole('button', { name: 'Blocks' })).toHaveAttribute(
		'aria-pressed',
		'true'
	);
	await expect(page.locator('[data-path="stages.2.blocks.0"]')).toBeVisible();
	await visit(page, '/steps/?at=12&depth=deep');
	await expect(page.getByTestId('problems')).toContainText('at: “12” should be 0–8.');
	await expect(page.getByTestId('problems')).toContainText('depth: “deep”');
	await expect(slider(page)).toHaveValue('0');
	await expect(page).toHaveURL(/at=12/);
	await slider(page).press('PageUp');
	await expect(page).toHaveURL(/\/steps\/\?at=1$/);
});

test('a step page shows its step move, and the film leads back and to a measurement', async ({
	page
}) => {
	await visit(page, '/steps/4/');
	await page.getByRole('link', { name: 'See it move' }).click();
	await expect(slider(page)).toHaveValue('4');
	await page.getByRole('link', { name: 'Measure 3 against 4 here' }).click();
	await expect(page).toHaveURL(/\/measure\/\?designs=step3%2Cstep4$/);
	await page.goBack();
	await page.getByRole('link', { name: 'Read step 4' }).click();
	await expect(page).toHaveURL(/\/steps\/4\/$/);
});

test.describe('with less motion', () => {
	test.use({ contextOptions: { reducedMotion: 'reduce' } });

	test('every change is a cut to a step, and what changes is announced', async ({ page }) => {
		await visit(page, '/steps/?at=5.4');
		await expect(slider(page)).toHaveValue('5');
		await expect(page.getByRole('button', { name: 'Play' })).toHaveCount(0);
		const said = page.getByTestId('film-said');
		await expect(said).toHaveText('');
		await page.getByRole('button', { name: 'Next step' }).click();
		await expect(slider(page)).toHaveValue('6');
		await expect(said).toContainText(
			'Step 6: More in stage 3. Stage 1: depth 1 → 2; Stage 3: depth 5 → 14.'
		);
		await slider(page).press('ArrowLeft');
		await expect(slider(page)).toHaveValue('5');
		await expect(said).toContainText('Step 5: Simple classifier.');
	});
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 } });

	test('the slider stays in sight under the drawing', async ({ page }) => {
		await visit(page, '/steps/?at=3');
		await expect(slider(page)).toBeInViewport({ ratio: 1 });
		const [drawing, control] = await Promise.all([
			page.getByRole('img', { name: 'The network, drawn' }).boundingBox(),
			slider(page).boundingBox()
		]);
		expect(control!.y).toBeGreaterThan(drawing!.y + drawing!.height / 2);
	});
});
