import type { Page } from '@playwright/test';
import { expect, test, visit } from './helpers';

/** So many SVG elements can be panned and zoomed at the screen's own rate. */
const MOST_ELEMENTS = 3000;

const canvas = (page: Page) => page.getByTestId('canvas');
const tree = (page: Page) => canvas(page).getByRole('tree');
const part = (page: Page, path: string) => tree(page).locator(`[data-path="${path}"]`);
const panel = (page: Page) => page.getByTestId('about');
const figure = (page: Page) => page.getByLabel('Figure on each block');
const zoom = (page: Page) => page.getByRole('group', { name: 'Zoom' });
const depth = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** The scale that is shown, in percent. */
async function percent(page: Page): Promise<number> {
	const text = await zoom(page).getByRole('button', { name: 'back to reading size' }).innerText();
	return Number.parseInt(text, 10);
}

/** The scale that the address holds, in percent; null where it holds none. */
function percentInAddress(page: Page): number | null {
	const value = new URL(page.url()).searchParams.get('zoom');
	return value === null ? null : Math.round(Number(value.split(',')[0]) * 100);
}

/** How much is drawn, once the drawing has followed its window. */
function elements(page: Page): Promise<number> {
	return canvas(page).evaluate(async (box) => {
		const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		await frame();
		await frame();
		return box.querySelectorAll('svg, svg *').length;
	});
}

test('buttons and the wheel with Ctrl change the scale that is shown, and the address', async ({
	page
}) => {
	await visit(page, '/design/');
	const first = await percent(page);
	expect(percentInAddress(page)).toBeNull();

	await zoom(page).getByRole('button', { name: 'Zoom in' }).click();
	await expect.poll(() => percent(page)).toBeGreaterThan(first);
	const larger = await percent(page);
	await expect.poll(() => percentInAddress(page)).toBe(larger);

	await zoom(page).getByRole('button', { name: 'Zoom out' }).click({ clickCount: 3, delay: 20 });
	await expect.poll(() => percent(page)).toBeLessThan(first);
	const smaller = await percent(page);
	await expect.poll(() => percentInAddress(page)).toBe(smaller);

	await canvas(page).hover({ position: { x: 200, y: 150 } });
	await page.keyboard.down('Control');
	await page.mouse.wheel(0, -240);
	await page.keyboard.up('Control');
	await expect.poll(() => percent(page)).toBeGreaterThan(smaller);
	const wheeled = await percent(page);
	await expect.poll(() => percentInAddress(page)).toBe(wheeled);

	// Without Ctrl the wheel scrolls, and leaves the scale alone.
	await page.mouse.wheel(0, 200);
	await expect.poll(() => canvas(page).evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
	expect(await percent(page)).toBe(wheeled);

	await zoom(page).getByRole('button', { name: 'back to reading size' }).click();
	await expect.poll(() => percent(page)).toBe(first);
	await expect.poll(() => percentInAddress(page)).toBeNull();
});

test('of the largest network with every op shown, little is drawn at any scale and place', async ({
	page
}) => {
	test.slow();
	await visit(page, '/design/');
	await page.getByTestId('preset').selectOption('repvit-m2.3');
	await depth(page, 'All ops').click();
	await expect(page).toHaveURL(/open=ops/);

	const windows = await canvas(page).evaluate((box) => box.scrollHeight / box.clientHeight);
	expect(windows).toBeGreaterThan(20);
	expect(await elements(page), 'at reading size').toBeLessThanOrEqual(MOST_ELEMENTS);

	for (const share of [0.1, 0.35, 0.5, 0.75, 1]) {
		await canvas(page).evaluate((box, to) => {
			box.scrollTop = to * (box.scrollHeight - box.clientHeight);
		}, share);
		expect(await elements(page), `scrolled by ${share}`).toBeLessThanOrEqual(MOST_ELEMENTS);
		// What is in the window is drawn: parts lie in its middle.
		const isDrawn = await canvas(page).evaluate((box) => {
			const { top, bottom } = box.getBoundingClientRect();
			return [...box.querySelectorAll('[data-path]')].some((drawn) => {
				const rect = drawn.getBoundingClientRect();
				return rect.height < bottom - top && rect.bottom > top && rect.top < bottom;
			});
		});
		expect(isDrawn, `something is drawn at ${share}`).toBe(true);
	}

	// Half way out, where most of it is in view at once, is where most could be drawn.
	const zoomOut = zoom(page).getByRole('button', { name: 'Zoom out' });
	for (let step = 0; step < 16 && (await zoomOut.isEnabled()); step++) {
		await zoomOut.click();
		const drawn = await elements(page);
		expect(drawn, `at ${await percent(page)} %`).toBeLessThanOrEqual(MOST_ELEMENTS);
	}

	await zoom(page).getByRole('button', { name: 'Fit' }).click();
	expect(await elements(page), 'all of it').toBeLessThanOrEqual(MOST_ELEMENTS);
});

test('“Fit” has all of the largest network in the window', async ({ page }) => {
	await visit(page, '/design/');
	await page.getByTestId('preset').selectOption('repvit-m2.3');
	await depth(page, 'All ops').click();
	await zoom(page).getByRole('button', { name: 'Fit' }).click();
	await canvas(page).scrollIntoViewIfNeeded();
	await expect
		.poll(() => canvas(page).evaluate((box) => box.scrollHeight - box.clientHeight))
		.toBeLessThanOrEqual(1);
	await expect(part(page, 'stem')).toBeInViewport();
	await expect(part(page, 'head')).toBeInViewport();

	// At 3 % nothing can be read: that is said, and the map leads to where something can.
	await expect(page.getByTestId('zoom-hint')).toContainText('Too small to read');
	await expect(page.getByTestId('zoom-hint')).toBeVisible();
	await page.getByTestId('minimap').click({ position: { x: 20, y: 100 } });
	await expect.poll(() => percent(page)).toBeGreaterThan(90);
	await expect(page.getByTestId('zoom-hint')).not.toContainText('Too small');
	await expect.poll(() => canvas(page).evaluate((box) => box.scrollTop)).toBeGreaterThan(1000);
});

test('the keys that zoom are told at the zoom control', async ({ page }) => {
	await visit(page, '/design/');
	const hint = page.getByTestId('zoom-hint');
	await expect(hint).toBeHidden();
	await zoom(page).getByRole('button', { name: 'Fit' }).focus();
	await expect(hint).toBeVisible();
	await expect(hint).toContainText('Ctrl + wheel');
	await expect(zoom(page)).toHaveAccessibleDescription(/0 shows all of it/);
});

test('a search hit has a ring around it', async ({ page }) => {
	await visit(page, '/design/?v=1&open=stages');
	await page.getByRole('searchbox').fill('stages.2.blocks.3');
	await page.getByRole('searchbox').press('Enter');
	const ring = canvas(page).locator('.ring');
	await expect(ring).toHaveCount(1);
	await expect(ring).toBeInViewport();
	expect(
		await ring.evaluate((mark) => mark.closest('[data-path]')!.getAttribute('data-path'))
	).toBe('stages.2.blocks.3');
});

test('a figure stands on every block, with a legend, and in the address', async ({ page }) => {
	await visit(page, '/design/');
	const stem = part(page, 'stem');
	await expect(stem.locator('.heat')).toHaveCount(0);
	await figure(page).selectOption({ label: 'MACs' });
	await expect(page).toHaveURL(/[?&]show=macs(&|$)/);
	// Of parts that are open the sum is told by what is in them.
	const closed = tree(page).locator('[data-path]:not([aria-expanded="true"]):has(.name)');
	const texts = await closed.locator('.heat').allTextContents();
	expect(texts.length).toBe(await closed.count());
	for (const text of texts) expect(text).toMatch(/\d/);
	expect(new Set(texts).size).toBeGreaterThan(1);
	await expect(
		page.getByRole('img', { name: /^MACs, .+ scale: .+ to .+ in the middle$/ })
	).toBeVisible();

	await figure(page).selectOption({ label: 'None: colour is role' });
	await expect(page).not.toHaveURL(/show=/);
	await expect(tree(page).locator('.heat')).toHaveCount(0);
});

test('a search walks from hit to hit and opens what hides them', async ({ page }) => {
	await visit(page, '/design/?v=1&open=stages');
	await canvas(page).scrollIntoViewIfNeeded();
	const search = page.getByRole('searchbox', { name: 'Search the network' });
	await search.fill('5x5');
	const status = page.getByRole('search').getByRole('status');
	await expect(status).toHaveText(/^\d+ found$/);
	const count = Number.parseInt(await status.innerText(), 10);
	expect(count).toBeGreaterThan(2);

	const selected = tree(page).getByRole('treeitem', { selected: true });
	const visited: (string | null)[] = [];
	for (let place = 1; place <= count; place++) {
		await search.press('Enter');
		await expect(status).toHaveText(new RegExp(`^${place} of ${count}: `));
		await expect(selected).toHaveCount(1);
		await expect(selected).toBeInViewport();
		await expect(selected).toContainText('5×5');
		visited.push(await selected.getAttribute('data-path'));
	}
	expect(new Set(visited).size).toBe(count);
	for (const path of visited) expect(path).toMatch(/^stages\.\d\..+\./);
	await expect(page).toHaveURL(/open=stages,/);

	await search.press('Enter');
	await expect(status).toHaveText(new RegExp(`^1 of ${count}: `));
	await search.press('Shift+Enter');
	await expect(status).toHaveText(new RegExp(`^${count} of ${count}: `));
	await search.press('Escape');
	await expect(search).toHaveValue('');
});

test('a click tells about a block; Escape closes that and gives the focus back', async ({
	page
}) => {
	await visit(page, '/design/');
	const path = 'stages.0.blocks.0';
	await part(page, path).click();
	await expect(panel(page).getByTestId('node-path')).toHaveText(path);
	await expect(page).toHaveURL(new RegExp(`[?&]node=${path}(&|$)`));

	await panel(page).getByRole('button', { name: 'Close the panel' }).focus();
	await page.keyboard.press('Escape');
	await expect(panel(page)).toHaveCount(0);
	await expect(part(page, path)).toBeFocused();
	await expect(page).not.toHaveURL(/node=/);
});

test('Escape closes the panel from the block that it is about, too', async ({ page }) => {
	await visit(page, '/design/');
	const path = 'stages.0.blocks.0';
	await part(page, path).click();
	await expect(panel(page)).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(panel(page)).toHaveCount(0);
	await expect(part(page, path)).toBeFocused();
});

test('the sign on a stage opens and closes it, and no panel', async ({ page }) => {
	await visit(page, '/design/?v=1&open=stages');
	const stage = part(page, 'stages.1');
	await expect(stage).toHaveAttribute('aria-expanded', 'false');
	await stage.locator('[data-toggle]').click();
	await expect(stage).toHaveAttribute('aria-expanded', 'true');
	await expect(part(page, 'stages.1.blocks.0')).toBeVisible();
	await expect(page).toHaveURL(/open=stages,stages\.1(&|$)/);
	await stage.locator('[data-toggle]').click();
	await expect(stage).toHaveAttribute('aria-expanded', 'false');
	await expect(page).toHaveURL(/open=stages(&|$)/);
	await expect(panel(page)).toHaveCount(0);
});

test('a reload restores what is open, the figure, the panel and the place', async ({ page }) => {
	await visit(page, '/design/?v=1&open=stages');
	await part(page, 'stages.0').locator('[data-toggle]').click();
	await part(page, 'stages.0.blocks.0').locator('[data-toggle]').click();
	await figure(page).selectOption({ label: 'Parameters' });
	await zoom(page).getByRole('button', { name: 'Zoom in' }).click();
	await part(page, 'stages.0').locator('.name').first().click();
	await expect(panel(page).getByTestId('node-path')).toHaveText('stages.0');
	await expect(page).toHaveURL(/zoom=/);
	await expect(page).toHaveURL(/node=stages\.0(&|$)/);
	// The place is kept when the window has come to rest.
	await expect.poll(() => percentInAddress(page)).toBe(await percent(page));
	const url = page.url();
	const shown = await percent(page);
	const paths = () =>
		tree(page)
			.locator('[aria-expanded]')
			.evaluateAll((parts) => parts.map((each) => `${each.ariaExpanded} ${each.ariaLabel}`));
	const before = await paths();

	await page.reload();
	await expect(panel(page).getByTestId('node-path')).toHaveText('stages.0');
	await expect(figure(page).locator('option:checked')).toHaveText('Parameters');
	await expect(part(page, 'stages.0.blocks.0')).toHaveAttribute('aria-expanded', 'true');
	await expect.poll(() => percent(page)).toBe(shown);
	await expect.poll(paths).toEqual(before);
	expect(page.url()).toBe(url);
});

test('what an address asks of a view in vain is named, and the rest is kept', async ({ page }) => {
	await visit(
		page,
		'/design/?v=1&mixing=separated&open=stages,stages.1,stages.9&show=pizza&zoom=99,0,0&node=nowhere&flow=right'
	);
	const problems = page.getByTestId('view-problems');
	await expect(problems.getByRole('listitem')).toHaveText([
		/^open: this network has no part “stages\.9”/,
		/^show: “pizza” is not known; it takes none, .*macs/,
		/^zoom: “99,0,0” is not known/,
		/^node: this network has no part “nowhere”/
	]);
	await expect(page.locator('[data-choice="mixing"] input[value="separated"]')).toBeChecked();
	await expect(part(page, 'stages.1')).toHaveAttribute('aria-expanded', 'true');
	await expect(part(page, 'stages.0')).toHaveAttribute('aria-expanded', 'false');
	await page.getByText('Drawing', { exact: true }).click();
	await expect(page.getByLabel('Data flows to the right')).toBeChecked();
	await expect(panel(page)).toHaveCount(0);
	await problems.getByRole('button').click();
	await expect(problems).toHaveCount(0);
	await expect(page).toHaveURL(/\?v=1&mixing=separated&open=stages,stages\.1&flow=right$/);
});

test('the tree is walked, opened and asked by keys alone', async ({ page }) => {
	await visit(page, '/design/?v=1&open=stages');
	const focused = page.locator(':focus');
	// From the search on: what is before it is not this test's.
	await page.getByRole('searchbox', { name: 'Search the network' }).focus();
	await page.keyboard.press('Tab');
	await expect(focused).toHaveAttribute('role', 'treeitem');
	await expect(focused).toHaveAttribute('data-path', 'stem');
	await page.keyboard.press('ArrowDown');
	await expect(focused).toHaveAttribute('data-path', 'stages.0');
	await expect(focused).toHaveAttribute('aria-expanded', 'false');
	await page.keyboard.press('ArrowRight');
	await expect(focused).toHaveAttribute('aria-expanded', 'true');
	await page.keyboard.press('ArrowRight');
	await expect(focused).toHaveAttribute('data-path', 'stages.0.blocks.0');
	await page.keyboard.press('Enter');
	await expect(panel(page).getByTestId('node-path')).toHaveText('stages.0.blocks.0');
	// An open panel goes along with the walk.
	await page.keyboard.press('ArrowDown');
	const next = (await focused.getAttribute('data-path')) ?? '';
	await expect(panel(page).getByTestId('node-path')).toHaveText(next);

	const scale = await percent(page);
	await page.keyboard.press('+');
	await expect.poll(() => percent(page)).toBeGreaterThan(scale);
	await page.keyboard.press('0');
	await expect
		.poll(() => canvas(page).evaluate((box) => box.scrollHeight - box.clientHeight))
		.toBeLessThanOrEqual(1);
});

test('wherever the keys lead in the tree, the part with the focus is seen', async ({ page }) => {
	await visit(page, '/design/');
	const focused = page.locator(':focus');
	await page.getByRole('searchbox', { name: 'Search the network' }).focus();
	await page.keyboard.press('Tab');
	await page.keyboard.press('End');
	await expect(focused).toHaveAttribute('data-path', 'head.linear');
	await expect(focused).toBeInViewport();
	await page.keyboard.press('Home');
	await expect(focused).toHaveAttribute('data-path', 'stem');
	await expect(focused).toBeInViewport();
});
