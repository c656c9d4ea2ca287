import { expect, test, visit } from './helpers';

test('step 1 folds a block, adds up its kernels and leads to a measurement of both forms', async ({
	page
}) => {
	await visit(page, '/steps/1/');
	const section = page.locator('section[aria-labelledby="training-form"]');
	const boxes = section.locator('svg[role="img"] [data-path]');
	await expect(boxes).toHaveCount(9);
	await section.getByRole('radio', { name: 'Deploy' }).check();
	await expect(boxes).toHaveCount(4);
	await expect(section.locator('[aria-live]')).toContainText('Deploy form: 5 ops');

	// The keys that turn the pages belong to the slider here.
	await section.getByRole('slider', { name: 'How far it is folded' }).press('ArrowLeft');
	await expect(page).toHaveURL(/\/steps\/1\/$/);

	const fused = section.getByRole('table', { name: 'Fused 3×3 kernel' });
	const before = await fused.textContent();
	await section.getByRole('button', { name: 'Next channel' }).click();
	await expect(fused).not.toHaveText(before!);
	await expect(section.getByText('seeded, untrained weights')).toBeVisible();
	await expect(section.getByRole('row', { name: 'RepViT-M0.9' })).toContainText('+0.27');

	await section.getByRole('link', { name: 'Measure both forms', exact: true }).click();
	await expect(page).toHaveURL(/\/measure\/\?designs=step1%2Cstep1_training$/);
});

test('later steps keep the training form behind a line to open', async ({ page }) => {
	await visit(page, '/steps/8/');
	const details = page.locator('.drawings details').filter({ hasText: 'training form' });
	await expect(details.locator('svg')).toHaveCount(0);
	await details.locator('summary').click();
	await details.getByRole('radio', { name: 'Deploy' }).check();
	await expect(details.locator('[aria-live]')).toContainText('Deploy form');
	await visit(page, '/steps/0/');
	await expect(details).toHaveCount(0);
});
