import { expect, test, visit } from './helpers';

const ADDRESS = '/embed/?design=step8&open=stages';

test('a network stands alone: its name, its tree, and the way to the site', async ({ page }) => {
	await visit(page, ADDRESS);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Step 8: SE in every other block'
	);
	await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0);
	await expect(page.getByRole('banner')).toHaveCount(0);
	await expect(page.getByRole('contentinfo')).toHaveCount(0);

	const tree = page.getByRole('tree');
	await expect(tree.locator('[data-path="stages.2"]')).toHaveAttribute('aria-expanded', 'false');
	await expect(tree.locator('[data-path^="stages.2."]')).toHaveCount(0);
	await tree.locator('[data-path="stages.2"] [data-toggle]').click();
	await expect(page).toHaveURL(/\?design=step8&open=stages,stages\.2$/);

	// The link holds the same design, opened as it is here.
	const link = page.getByRole('link', { name: 'Open in RepViT Explorer' });
	await expect(link).toHaveAttribute('target', '_blank');
	const opening = page.waitForEvent('popup');
	await link.click();
	const site = await opening;
	await expect(site.getByTestId('preset')).toHaveValue('step8');
	await expect(site.getByRole('tree').locator('[data-path="stages.2"]')).toHaveAttribute(
		'aria-expanded',
		'true'
	);
	await expect(site.getByRole('tree').locator('[data-path="stages.1"]')).toHaveAttribute(
		'aria-expanded',
		'false'
	);
	await expect(site.getByRole('navigation', { name: 'Main' })).toBeVisible();
});

test('a design of the visitor’s own and names that nobody knows are embedded as far as they go', async ({
	page
}) => {
	await visit(page, `/embed/?design=${encodeURIComponent('(v=1&mixing=separated&kernel=5)')}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your own design');
	await expect(page.getByTestId('embed-problems')).toHaveCount(0);
	const link = page.getByRole('link', { name: 'Open in RepViT Explorer' });
	await expect(link).toHaveAttribute('href', /\?v=1&mixing=separated&kernel=5$/);

	await visit(page, '/embed/?design=resnet50');
	await expect(page.getByTestId('embed-problems')).toContainText('“resnet50”');
	await expect(page.getByRole('tree')).toBeVisible();
});

test('it works in a frame of another page', async ({ page }) => {
	// Any page of the origin may frame it: one of ours is made into one that knows nothing of the site.
	await page.route('**/host.html', (route) =>
		route.fulfill({
			contentType: 'text/html',
			headers: {
				'Cross-Origin-Opener-Policy': 'same-origin',
				'Cross-Origin-Embedder-Policy': 'require-corp'
			},
			body: `<!doctype html><title>Host</title><link rel="icon" href="data:,">
				<iframe src="${ADDRESS}" title="A network" width="720" height="640"></iframe>`
		})
	);
	await page.goto('/host.html');
	const frame = page.frameLocator('iframe');
	await frame.locator('[data-ready="true"]').waitFor();
	const stage = frame.getByRole('tree').locator('[data-path="stages.0"]');
	await stage.locator('[data-toggle]').click();
	await expect(stage).toHaveAttribute('aria-expanded', 'true');
	await frame.getByRole('tree').locator('[data-path="stages.0.blocks.0"]').click();
	await expect(frame.getByTestId('about').getByTestId('node-path')).toHaveText('stages.0.blocks.0');
	// What is done inside stays inside.
	expect(new URL(page.url()).pathname).toBe('/host.html');
	const overflow = await frame
		.locator('html')
		.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
	expect(overflow).toBeLessThanOrEqual(0);
});

test('the code for a frame leads to the design on screen', async ({ page, context, baseURL }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await visit(page, '/design/?v=1&mixing=separated&open=stages');
	await page.getByTestId('copy-embed').click();
	await expect(page.getByText('The code for a frame is in the clipboard.')).toBeVisible();
	const code = await page.evaluate(() => navigator.clipboard.readText());
	const src = await page.evaluate((html) => {
		const { body } = new DOMParser().parseFromString(html, 'text/html');
		return body.querySelector('iframe')?.src ?? '';
	}, code);
	expect(src.startsWith(`${baseURL}embed`)).toBe(true);
	await visit(page, src);
	await expect(page.getByRole('tree').locator('[data-path="stages.0"]')).toHaveAttribute(
		'aria-expanded',
		'false'
	);
	await expect(page.getByRole('link', { name: 'Open in RepViT Explorer' })).toHaveAttribute(
		'href',
		/\?v=1&mixing=separated&open=stages$/
	);
});
