import { expect, test, visit } from './helpers';

test('a word of a story opens its card, and the card leads to the glossary', async ({ page }) => {
	await visit(page, '/steps/1/');
	const term = page.getByRole('link', { name: 'token mixer', exact: true }).first();
	await term.hover();
	const card = page.locator('[data-term="token-mixer"]');
	await expect(card).toBeVisible();
	await card.getByRole('link', { name: 'In the glossary' }).click();
	await expect(page).toHaveURL(/\/glossary\/?#token-mixer$/);
	await expect(page.locator('#token-mixer')).toBeInViewport();
});

test('a tap opens the card within a phone’s window, a tap elsewhere closes it', async ({
	browser,
	baseURL
}) => {
	const context = await browser.newContext({
		baseURL: baseURL!,
		hasTouch: true,
		isMobile: true,
		viewport: { width: 390, height: 844 }
	});
	const page = await context.newPage();
	await visit(page, '/steps/1/');
	await page.getByRole('link', { name: 'channel mixer', exact: true }).first().tap();
	const card = page.locator('[data-term="channel-mixer"]');
	await expect(card).toBeVisible();
	const box = (await card.boundingBox())!;
	expect(box.x).toBeGreaterThanOrEqual(0);
	expect(box.x + box.width).toBeLessThanOrEqual(390);
	await expect(page).toHaveURL(/\/steps\/1\/$/);
	await page.getByRole('heading', { level: 1 }).tap();
	await expect(card).toHaveCount(0);
	await context.close();
});

test('every step tells problem, change, gain, cost and what is inferred, without a marker left over', async ({
	page
}) => {
	test.slow();
	for (let step = 0; step <= 8; step++) {
		await visit(page, `/steps/${step}/`);
		for (const id of ['problem', 'changed', 'bought', 'cost', 'inferred']) {
			await expect(page.locator(`section[aria-labelledby="${id}"]`)).toContainText(/\w{3}/);
		}
		await expect(page.locator('section[aria-labelledby="problem"]')).not.toContainText('–');
		const text = await page.locator('body').innerText();
		expect(text).not.toMatch(/\[\[|\]\]|undefined|NaN|\{\w+\}/);
	}
});

test('the glossary finds words', async ({ page }) => {
	await visit(page, '/glossary/');
	const all = await page.locator('dt').count();
	await page.getByRole('searchbox').fill('depthwise');
	await expect(page.locator('dt').first()).toBeVisible();
	expect(await page.locator('dt').count()).toBeLessThan(all);
	await expect(page.locator('#depthwise-convolution')).toBeVisible();
	await page.getByRole('searchbox').fill('zzzz');
	await expect(page.getByRole('main').getByRole('status')).toContainText('zzzz');
});

test('the training page says which figures have a teacher, and draws both ablations', async ({
	page
}) => {
	await visit(page, '/training/');
	const ways = page.locator('section[aria-labelledby="ways"]');
	await expect(ways).toContainText('without distillation');
	await expect(ways).toContainText('RegNetY-16GF');
	await expect(ways).toContainText('Sources disagree');
	await expect(page.getByRole('main').getByRole('img')).toHaveCount(2);
	await page.getByRole('link', { name: 'Measure the three placements here' }).click();
	await expect(
		page.locator('input[data-design="step8"], input[data-design="repvit-m0.9"]').first()
	).toBeAttached();
});
