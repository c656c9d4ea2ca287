import { expect, seriousViolations, test, visit } from './helpers';

/** Networks of nothing: what counts is that a sweep comes to its end and is used afterwards. */
const TINY =
	'(v=1&mixing=separated&expansion=2&widths=8-16-24-32&depths=1-1-1-1&stem=early-conv&downsampling=strided-block&classifier=simple&kernel=3&se=none&activation=relu&resolution=128&classes=10)';
const ADDRESS = `/sweep/?base=${encodeURIComponent(TINY)}&factors=kernel,se,activation&minutes=0.1&roadmap=0`;

test('a small sweep tells effects, predicts on the design page, and is there again', async ({
	page
}) => {
	test.setTimeout(180_000);
	await visit(page, ADDRESS);
	await expect(page.getByTestId('setup-problems')).toHaveCount(0);
	await expect(page.getByTestId('plan')).toContainText('All 8 combinations of 3 choices');
	await page.getByTestId('run').click();
	await expect(page.getByTestId('run-panel')).toHaveAttribute('data-state', 'done', {
		timeout: 120_000
	});

	const result = page.getByTestId('sweep-result');
	await expect(result.getByTestId('headline')).not.toBeEmpty();
	await expect(result.locator('[data-effect]').first()).toBeVisible();
	await expect(result.getByTestId('effects')).toContainText('Depthwise kernel: 3×3 → 5×5');
	await expect(result.locator('[data-model="effects"]')).toContainText('over 8 designs');
	expect(await seriousViolations(page)).toEqual([]);

	// A corner is measured, as the design page knows.
	const measured = TINY.slice(1, -1).replace('kernel=3', 'kernel=5');
	await visit(page, `/design/?${measured}`);
	await expect(page.getByTestId('latency-here')).toHaveAttribute('data-truth', 'measured');
	// What the sweep did not hold is not made up.
	await visit(page, `/design/?${measured.replace('activation=relu', 'activation=hard-swish')}`);
	await expect(page.getByTestId('latency-here')).toContainText('says nothing of this design');

	await visit(page, ADDRESS);
	await expect(page.getByTestId('sweep-result')).toContainText('Kept in this browser');
});

test('a sweep is stopped, and what an address gets wrong is named', async ({ page }) => {
	await visit(page, '/sweep/?base=nothing&factors=stem,x&minutes=900');
	await expect(page.getByTestId('setup-problems')).toContainText('“nothing”');
	await page.getByRole('checkbox', { name: 'Stem' }).uncheck();
	await expect(page.getByTestId('run')).toBeDisabled();
	await page.getByRole('checkbox', { name: 'Stem' }).check();
	await page.getByTestId('run').click();
	await page.getByTestId('stop').click();
	await expect(page.getByTestId('run-panel')).toHaveAttribute('data-state', 'stopped');
	await expect(page.getByTestId('sweep-result')).toHaveCount(0);
});
