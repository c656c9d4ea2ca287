import { expect, test, visit } from './helpers';

const LAST_STEP = 8;

test('the roadmap leads to every step, and each shows drawing, changes, cost and source', async ({
	page
}) => {
	await visit(page, '/');
	await expect(page.locator('ol.cards > li')).toHaveCount(LAST_STEP + 1);
	await page.locator('ol.cards a').first().click();

	for (let step = 0; step <= LAST_STEP; step++) {
		await expect(page).toHaveURL(new RegExp(`/steps/${step}/$`));
		await expect(
			page.getByRole('navigation', { name: 'Steps' }).locator('[aria-current]')
		).toHaveText(String(step));
		await expect(page.getByRole('tree').first()).toBeVisible();
		await expect(page.getByText('reported', { exact: true }).first()).toBeVisible();
		if (step > 0) {
			await expect(page.getByRole('tree')).not.toHaveCount(1);
			await expect(page.locator('section[aria-labelledby="changed"] li').first()).toBeVisible();
		}
		if (step < LAST_STEP) await page.locator('a[rel="next"]').click();
	}
	await expect(page.locator('a[rel="next"]')).toHaveCount(0);
});

test('the arrow keys turn the pages, but not while they walk a diagram', async ({ page }) => {
	await visit(page, '/steps/3/');
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(/\/steps\/4\/$/);
	await page.keyboard.press('ArrowLeft');
	await expect(page).toHaveURL(/\/steps\/3\/$/);

	await page.getByRole('treeitem').first().focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(/\/steps\/3\/$/);
});

test('steps whose layers the paper leaves open say what is inferred; the last one does not', async ({
	page
}) => {
	await visit(page, '/steps/4/');
	const inferred = page.locator('section[aria-labelledby="inferred"]');
	await expect(inferred.locator('li').first()).toBeVisible();
	await visit(page, '/steps/8/');
	await expect(inferred.locator('li')).toHaveCount(0);
});

test('"measure this step" brings both steps to the measuring page', async ({ page }) => {
	await visit(page, '/steps/5/');
	await page.getByTestId('measure-step').click();
	await expect(page).toHaveURL(/\/measure\/\?designs=step4%2Cstep5$/);
	await expect(page.locator('input[data-design="step4"]')).toBeChecked();
	await expect(page.locator('input[data-design="step5"]')).toBeChecked();
	await expect(page.locator('input[data-design]:checked')).toHaveCount(2);
});

test('both networks of a step are opened together, looked into, and taken away', async ({
	page
}) => {
	await visit(page, '/steps/1/');
	const networks = page.getByTestId('step-networks');
	const part = (side: 0 | 1, path: string) =>
		networks.getByRole('tree').nth(side).locator(`[data-path="${path}"]`);
	await expect(networks.getByRole('tree')).toHaveCount(2);
	const block = 'stages.0.blocks.0';
	await expect(part(0, block)).toHaveAttribute('aria-expanded', 'false');
	await part(1, block).press('Space');
	await expect(part(1, block)).toHaveAttribute('aria-expanded', 'true');
	await expect(part(0, block)).toHaveAttribute('aria-expanded', 'true');
	// A window on each, not the whole length of them.
	const box = await networks.boundingBox();
	expect(box!.height).toBeLessThan(page.viewportSize()!.height * 1.3);

	await part(1, block).press('Enter');
	await expect(page.getByTestId('about').getByText(block, { exact: true }).first()).toBeVisible();
	await page.keyboard.press('Escape');

	await networks.getByText('Download step 0', { exact: true }).click();
	const waiting = page.waitForEvent('download');
	await networks.getByRole('button', { name: /^SVG/ }).first().click();
	expect((await waiting).suggestedFilename()).toBe('step1-before.svg');
	await page.getByRole('link', { name: /^Compare both in full/ }).click();
	await expect(page).toHaveURL(/\/compare\/\?a=step0&b=step1/);
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 } });

	test('the networks of a step are a list with a switch', async ({ page }) => {
		await visit(page, '/steps/6/');
		const networks = page.getByTestId('step-networks');
		await expect(networks.getByRole('tree')).toHaveCount(1);
		const added = networks.locator('[data-path="stages.2.blocks.9"]');
		await expect(added).toBeVisible();
		await networks
			.getByRole('group', { name: 'Which network is shown' })
			.getByRole('button')
			.first()
			.click();
		await expect(networks.getByRole('tree')).toHaveCount(1);
		await expect(added).toHaveCount(0);
	});
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('the reading part reads, with links that work', async ({ page }) => {
		await page.goto('/');
		await page.locator('ol.cards a').nth(1).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Separate the mixers');
		await expect(page.locator('svg[role="tree"]').first()).toBeVisible();
		const networks = page.getByRole('region', { name: 'In the whole network' });
		await expect(networks.locator('svg[role="tree"]')).toHaveCount(2);
		await page.locator('a[rel="next"]').click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Expand less, widen more');
		await page.getByRole('link', { name: 'Method' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Method, sources, limits');
	});
});
