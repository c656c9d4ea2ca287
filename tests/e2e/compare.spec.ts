import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test, visit } from './helpers';

const side = (page: Page, name: 'a' | 'b') => page.getByTestId(`side-${name}`);
const canvases = (page: Page) => page.getByTestId('canvas');
const part = (page: Page, name: 'a' | 'b', path: string) =>
	page
		.getByRole('tree')
		.nth(name === 'a' ? 0 : 1)
		.locator(`[data-path="${path}"]`);
const mode = (page: Page, name: string) =>
	page.getByRole('group', { name: 'How to compare' }).getByRole('button', { name });
const scrollTops = (page: Page) =>
	canvases(page).evaluateAll((boxes) => boxes.map(({ scrollTop }) => scrollTop));

test('a line of the list leads to what it is about', async ({ page }) => {
	// Both drawings are in the window whole: what has to move is in them.
	await page.setViewportSize({ width: 1280, height: 1300 });
	await visit(page, '/compare/?a=step5&b=step6&open=stages');
	await expect(page.getByRole('tree')).toHaveCount(2);
	const stage = part(page, 'b', 'stages.2');
	await expect(stage).toHaveAttribute('aria-expanded', 'false');
	const added = part(page, 'b', 'stages.2.blocks.3');
	await expect(added).toHaveCount(0);

	await page.getByRole('button', { name: 'Stage 3: depth 5 → 14' }).click();
	await expect(stage).toHaveAttribute('aria-expanded', 'true');
	await expect(added).toHaveAttribute('aria-selected', 'true');
	await expect(added).toBeInViewport({ ratio: 0.9 });
	// The other one shows the same stage beside it.
	await expect(part(page, 'a', 'stages.2')).toHaveAttribute('aria-expanded', 'true');
	await expect(part(page, 'a', 'stages.2')).toBeInViewport();
});

for (const [width, height] of [
	[1280, 720],
	[900, 800]
] as const) {
	test(`a line leads to its drawing where that is out of the window, ${width} px`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height });
		await visit(page, '/compare/?a=step5&b=step6&open=stages');
		await page.getByRole('button', { name: 'Stage 3: depth 5 → 14' }).click();
		const added = part(page, 'b', 'stages.2.blocks.3');
		await expect(added).toHaveAttribute('aria-selected', 'true');
		await expect(added).toBeInViewport();
	});
}

test('swapping exchanges the networks, the totals and the address', async ({ page }) => {
	await visit(page, '/compare/?a=step5&b=step6');
	const totals = page.getByRole('table', { name: 'Totals of both networks' });
	const params = totals.getByRole('row').nth(1).getByRole('cell');
	const [before, after] = await params.allInnerTexts();
	expect(before).not.toBe(after);
	await expect(side(page, 'a')).toHaveValue('step5');
	await expect(side(page, 'b')).toHaveValue('step6');

	await page.getByTestId('swap').click();
	await expect(side(page, 'a')).toHaveValue('step6');
	await expect(side(page, 'b')).toHaveValue('step5');
	await expect(page).toHaveURL(/\?a=step6&b=step5$/);
	await expect(params.first()).toHaveText(after!);
	await expect(params.nth(1)).toHaveText(before!);
	await expect(page.getByRole('button', { name: 'Stage 3: depth 14 → 5' })).toBeVisible();

	await side(page, 'b').selectOption('repvit-m1.0');
	await expect(page).toHaveURL(/\?a=step6&b=repvit-m1\.0$/);
});

test('what is opened in one is opened in the other', async ({ page }) => {
	await visit(page, '/compare/?a=step5&b=step6&open=stages');
	for (const [from, to] of [
		['a', 'b'],
		['b', 'a']
	] as const) {
		const path = from === 'a' ? 'stages.0' : 'stages.1';
		await expect(part(page, to, path)).toHaveAttribute('aria-expanded', 'false');
		await part(page, from, path).locator('> [data-toggle]').click();
		await expect(part(page, from, path)).toHaveAttribute('aria-expanded', 'true');
		await expect(part(page, to, path)).toHaveAttribute('aria-expanded', 'true');
	}
	await expect(page).toHaveURL(/open=stages,stages\.0,stages\.1$/);
	await part(page, 'b', 'stages.0').locator('> [data-toggle]').click();
	await expect(part(page, 'a', 'stages.0')).toHaveAttribute('aria-expanded', 'false');
});

test('the two are scrolled and zoomed together', async ({ page }) => {
	await visit(page, '/compare/?a=step5&b=step6');
	await expect(canvases(page)).toHaveCount(2);
	for (const [moved, other] of [
		[0, 1],
		[1, 0]
	] as const) {
		const earlier = await scrollTops(page);
		await canvases(page).nth(moved).hover();
		await page.mouse.wheel(0, 400);
		await expect.poll(async () => (await scrollTops(page))[moved]).not.toBe(earlier[moved]);
		await expect
			.poll(async () => (await scrollTops(page))[other]!)
			.toBeGreaterThan(earlier[other]! + 100);
	}
	const scales = page.getByRole('button', { name: 'back to reading size' });
	const first = await scales.first().innerText();
	await page.getByRole('button', { name: 'Zoom out' }).first().click();
	await expect(scales.first()).not.toHaveText(first);
	await expect(scales.last()).toHaveText(await scales.first().innerText());
});

test('an overlay holds both networks, marks what differs and draws what has moved', async ({
	page
}) => {
	await visit(page, '/compare/?a=step0&b=step1&as=overlay');
	await expect(mode(page, 'Overlay')).toHaveAttribute('aria-pressed', 'true');
	const tree = page.getByRole('tree', { name: 'Overlay' });
	await expect(tree).toHaveCount(1);
	await page.getByRole('button', { name: 'Blocks', exact: true }).click();
	// Every block has changed inside: none is faded.
	const blocks = tree.locator('[data-path^="stages.0.blocks."]');
	await expect(blocks.first()).toBeVisible();
	await expect(tree.locator('[data-path^="stages.0.blocks."].faded')).toHaveCount(0);
	await expect(tree.locator('.marked').first()).toBeVisible();

	await page.getByRole('button', { name: 'All ops', exact: true }).click();
	await expect(tree.locator('path.move').first()).toBeAttached();
	await expect(tree.locator('.removed').first()).toBeAttached();
	await mode(page, 'Side by side').click();
	await expect(page).not.toHaveURL(/as=/);
	await expect(page.getByRole('tree')).toHaveCount(2);
});

test('a morph is scrubbed from one network to the other', async ({ page }) => {
	await visit(page, '/compare/?a=step5&b=step6');
	await mode(page, 'Morph').click();
	await expect(page).toHaveURL(/[?&]as=morph(&|$)/);
	const slider = page.getByRole('slider', { name: 'Place between the two networks' });
	await expect(slider).toHaveValue('0');
	const names = await page
		.locator('[data-testid="side-a"] option:checked, [data-testid="side-b"] option:checked')
		.allInnerTexts();
	await expect(page.getByRole('img', { name: names[0]! })).toBeVisible();
	await slider.press('ArrowRight');
	await expect(slider).toHaveAttribute(
		'aria-valuetext',
		`Between ${names[0]} and ${names[1]}, 5 %`
	);
	await slider.press('Shift+ArrowRight');
	await expect(slider).toHaveValue('1');
	await expect(slider).toHaveAttribute('aria-valuetext', names[1]!);
});

test('names that nobody knows are named, and what is shown in their place', async ({ page }) => {
	await visit(page, '/compare/?a=resnet50&b=step6');
	const problems = page.getByTestId('compare-problems');
	await expect(problems).toContainText('“resnet50” is no network that is known here.');
	await expect(problems).toContainText('Shown instead:');
	await expect(side(page, 'a')).toHaveValue('step0');
	await expect(side(page, 'b')).toHaveValue('step6');
	await problems.getByRole('button').click();
	await expect(problems).toHaveCount(0);
	await expect(page).toHaveURL(/\?a=step0&b=step6$/);

	await visit(page, '/compare/?a=checkpoint&b=(v=1%26kernel=9)');
	await expect(problems).toContainText('none is open');
	await expect(problems).toContainText('“9” is not one of');
});

test('a drawing of the comparison is taken away as a file', async ({ page }) => {
	await visit(page, '/compare/?a=step5&b=step6');
	await page.getByText('Download a', { exact: true }).click();
	const waiting = page.waitForEvent('download');
	await page.getByRole('button', { name: /^SVG/ }).click();
	const download = await waiting;
	expect(download.suggestedFilename()).toBe('compare-a.svg');
	const text = await readFile(await download.path(), 'utf8');
	expect(text).toMatch(/^(<\?xml|<svg)/);
	expect(text).toContain('/compare/?a=step5&amp;b=step6');
	expect(text.trimEnd().endsWith('</svg>')).toBe(true);
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 } });

	test('one network at a time is a list, with a switch', async ({ page }) => {
		await visit(page, '/compare/?a=step5&b=step6&open=stages');
		const which = page.getByRole('group', { name: 'Which network is shown' }).getByRole('button');
		const tree = page.getByRole('tree');
		await expect(which).toHaveCount(2);
		await expect(tree).toHaveCount(1);
		await expect(canvases(page)).toHaveCount(0);
		await expect(which.last()).toHaveAttribute('aria-pressed', 'true');
		await expect(tree).toHaveAccessibleName(await which.last().innerText());

		// Opened in one, it is open in the other.
		const stage = tree.locator('[data-path="stages.2"]');
		await stage.locator('button').click();
		await expect(tree.locator('[data-path^="stages.2.blocks."][aria-level="2"]')).toHaveCount(14);
		await which.first().click();
		await expect(tree).toHaveAccessibleName(await which.first().innerText());
		await expect(stage).toHaveAttribute('aria-expanded', 'true');
		await expect(tree.locator('[data-path^="stages.2.blocks."][aria-level="2"]')).toHaveCount(5);
	});

	for (const shown of ['after', 'before'] as const) {
		test(`a line of the list leads up to what it is about, ${shown} shown`, async ({ page }) => {
			await visit(page, '/compare/?a=step5&b=step6&open=stages');
			const which = page.getByRole('group', { name: 'Which network is shown' }).getByRole('button');
			await which.nth(shown === 'before' ? 0 : 1).click();
			await page.getByRole('button', { name: 'Stage 3: depth 5 → 14' }).click();
			await expect(which.last()).toHaveAttribute('aria-pressed', 'true');
			const added = page.getByRole('tree').locator('[data-path="stages.2.blocks.3"]');
			await expect(added).toHaveAttribute('aria-selected', 'true');
			await expect(added).toBeInViewport();
		});
	}
});

/** Presses Tab until what has the focus fits: a keyboard has no other way there. */
async function tabTo(page: Page, selector: string): Promise<void> {
	for (let presses = 0; presses < 120; presses++) {
		await page.keyboard.press('Tab');
		if (await page.evaluate((to) => document.activeElement?.matches(to), selector)) return;
	}
	throw new Error(`Tab does not lead to ${selector}`);
}

test('browsing, opening, comparing and taking away need no mouse', async ({ page }) => {
	test.slow();
	await visit(page, '/steps/1/');
	await tabTo(page, 'main a[href*="/design?"]');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/design\/?\?v=1&mixing=separated&compare=step0/);
	await expect(page.getByTestId('canvas')).toBeVisible();

	const focused = page.locator(':focus');
	await tabTo(page, '[role="treeitem"]');
	await expect(focused).toHaveAttribute('data-path', 'stem');
	for (let presses = 0; presses < 20; presses++) {
		await page.keyboard.press('ArrowDown');
		if ((await focused.getAttribute('data-path')) === 'stages.0.blocks.0') break;
	}
	await expect(focused).toHaveAttribute('aria-expanded', 'false');
	await page.keyboard.press('ArrowRight');
	await expect(focused).toHaveAttribute('data-path', 'stages.0.blocks.0');
	await expect(focused).toHaveAttribute('aria-expanded', 'true');

	await tabTo(page, '[data-testid="compare-page"]');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/compare\/?\?a=step0&b=step1$/);
	await expect(page.getByRole('tree')).toHaveCount(2);
	await tabTo(page, '[data-testid="export"]');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	await expect(focused).toHaveText(/^SVG/);
	const waiting = page.waitForEvent('download');
	await page.keyboard.press('Enter');
	expect((await waiting).suggestedFilename()).toBe('compare-a.svg');
	// Back at the menu, not at the top of the page.
	await expect(focused).toHaveText('Download a');
});

test('a link brings back the part that is told of, on either side', async ({ page }) => {
	await visit(page, '/compare/?a=step0&b=step1&node-a=stages.2&open=stages');
	const panel = page.getByTestId('about');
	await expect(panel.getByText('stages.2', { exact: true }).first()).toBeVisible();
	await page.keyboard.press('Escape');
	await expect.poll(() => page.url()).not.toContain('node-a');

	await visit(page, '/compare/?a=step0&b=step1&node-b=nowhere');
	await expect(page.getByTestId('view-problems')).toContainText('nowhere');
});

test('the overlay shows figures, and a link brings back what is open in it', async ({ page }) => {
	await visit(page, '/compare/?a=step0&b=step1&as=overlay&show=macs&open=stages');
	const tree = page.getByRole('tree');
	await expect(tree).toHaveCount(1);
	const stage = tree.locator('[data-path="stages.2"]');
	await expect(stage).toHaveAttribute('aria-expanded', 'false');
	await expect(stage).toContainText(/\d\sM/);
	await stage.press('Space');
	await expect(stage).toHaveAttribute('aria-expanded', 'true');
	await expect.poll(() => page.url()).toContain('stages.2');
	await page.reload();
	await expect(tree).toHaveCount(1);
	await expect(tree.locator('[data-path="stages.2"]')).toHaveAttribute('aria-expanded', 'true');
	await expect(page.getByLabel('Figure on each block')).toHaveValue('macs');
});

test('a morph has its slider in sight, and its place in the address', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await visit(page, '/compare/?a=step5&b=step6&as=morph&at=0.4');
	const slider = page.getByRole('slider', { name: 'Place between the two networks' });
	await expect(slider).toHaveValue('0.4');
	await expect(slider).toBeInViewport({ ratio: 1 });
	await expect(page.getByRole('img', { name: /^The network, drawn/ })).toBeInViewport({
		ratio: 0.99
	});
	await slider.press('ArrowRight');
	await expect(page).toHaveURL(/as=morph&at=0\.45$/);
	await slider.press('Home');
	await expect(page).toHaveURL(/as=morph$/);
	await visit(page, '/compare/?a=step5&b=step6&as=morph&at=3');
	await expect(page.getByTestId('problems')).toContainText('at: “3” should be 0–1.');
	await expect(slider).toHaveValue('0');
});

test('from a morph, a line of the list leads to its part side by side', async ({ page }) => {
	await visit(page, '/compare/?a=step5&b=step6&as=morph&open=stages');
	await page.getByRole('button', { name: 'Stage 3: depth 5 → 14' }).click();
	const added = part(page, 'b', 'stages.2.blocks.3');
	await expect(added).toHaveAttribute('aria-selected', 'true');
	await expect(added).toBeInViewport();
	await expect(part(page, 'a', 'stages.2')).toHaveAttribute('aria-expanded', 'true');
});

test('a folded run is unfolded in both networks', async ({ page }) => {
	await visit(page, '/compare/?a=step6&b=step7&repeats=folded');
	const run = (name: 'a' | 'b') => part(page, name, 'stages.2.blocks.0×');
	await expect(run('b')).toHaveAttribute('aria-expanded', 'false');
	await run('a').press('Space');
	for (const name of ['a', 'b'] as const) {
		await expect(part(page, name, 'stages.2.blocks.1')).toBeVisible();
	}
});

test.describe('with less motion', () => {
	test.use({ contextOptions: { reducedMotion: 'reduce' } });

	test('a morph is a cut, and what changes is announced', async ({ page }) => {
		await visit(page, '/compare/?a=step5&b=step6&as=morph');
		const said = page.getByTestId('film-said');
		await expect(said).toHaveText('');
		await page.getByRole('slider', { name: 'Place between the two networks' }).press('ArrowRight');
		await expect(said).toContainText('Stage 1: depth 1 → 2; Stage 3: depth 5 → 14.');
		await expect(page).toHaveURL(/at=1$/);
	});
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 } });

	test('a morph has its slider in sight, and what changes under it in words', async ({ page }) => {
		await visit(page, '/compare/?a=step5&b=step6&as=morph');
		const slider = page.getByRole('slider', { name: 'Place between the two networks' });
		await page.getByRole('img', { name: /^The network, drawn/ }).scrollIntoViewIfNeeded();
		await expect(slider).toBeInViewport({ ratio: 1 });
		await expect(page.getByRole('button', { name: 'Stage 3: depth 5 → 14' })).toBeVisible();
	});
});

/** The drawing that a menu of the page gives as an SVG file. */
async function savedSvg(page: Page, menu: string) {
	await page.getByText(menu, { exact: true }).click();
	const waiting = page.waitForEvent('download');
	await page.locator('details[open]').getByRole('button', { name: /^SVG/ }).click();
	const download = await waiting;
	return {
		name: download.suggestedFilename(),
		text: await readFile(await download.path(), 'utf8')
	};
}

test('the overlay is taken away with its arrows and figures, each network with its own', async ({
	page
}) => {
	await visit(page, '/compare/?a=step0&b=step1&as=overlay&open=mixers&show=macs');
	const arrows = await page
		.getByRole('tree')
		.locator('path.move')
		.evaluateAll((paths) => paths.map((path) => path.getAttribute('d')!));
	expect(arrows.length).toBeGreaterThanOrEqual(13);
	const overlay = await savedSvg(page, 'Download the overlay');
	expect(overlay.name).toBe('compare-overlay.svg');
	expect(arrows.filter((d) => !overlay.text.includes(`d="${d}"`))).toEqual([]);
	expect(overlay.text).toMatch(/>\d+(\.\d+)?\sM</);

	await visit(page, '/compare/?a=step0&b=step1&show=macs');
	await expect(part(page, 'a', 'stages.0.blocks.0')).toContainText(/\d\sM/);
	const { text } = await savedSvg(page, 'Download a');
	expect(text).toMatch(/>\d+(\.\d+)?\sM</);
});

test('a moment of the morph is taken away as it stands', async ({ page }) => {
	await visit(page, '/compare/?a=step5&b=step6&as=morph&at=0.5');
	const { name, text } = await savedSvg(page, 'Download this moment');
	expect(name).toBe('compare-morph.svg');
	expect(text).toContain('50 %');
	expect(text.match(/<text/g)!.length).toBeGreaterThan(20);
});
