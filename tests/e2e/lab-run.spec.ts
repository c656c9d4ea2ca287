import { expect, seriousViolations, test, visit } from './helpers';

const RUN_TIMEOUT_MS = 180_000;

test('a run is paused and goes on, and says at its end how far it can be trusted', async ({
	page
}) => {
	test.setTimeout(RUN_TIMEOUT_MS + 30_000);
	await visit(page, '/measure/?designs=step1,step3&samples=12');
	await page.getByTestId('run').click();
	const panel = page.getByTestId('run-panel');
	await expect(panel).toHaveAttribute('data-state', 'measuring', { timeout: RUN_TIMEOUT_MS });
	await page.getByTestId('pause').click();
	await expect(panel).toHaveAttribute('data-state', 'paused', { timeout: RUN_TIMEOUT_MS });
	await expect(page.getByTestId('run-progress')).toContainText('Paused');
	await page.getByTestId('resume').click();
	await expect(panel).toHaveAttribute('data-state', 'done', { timeout: RUN_TIMEOUT_MS });

	const checks = page.getByTestId('checks');
	for (const name of ['control', 'drift', 'thirds', 'dependence', 'together', 'outliers']) {
		await expect(checks.locator(`[data-check="${name}"]`)).toBeVisible();
	}
	await page.getByTestId('timeline-events').locator('summary').click();
	await expect(page.getByTestId('timeline-events')).toContainText('paused by the visitor');
	await expect(page.getByTestId('timeline-events')).toContainText('warmed up again');
	await expect(page.getByTestId('timeline').locator('path.line')).toHaveCount(2);
	expect(await seriousViolations(page)).toEqual([]);
});

test('a second tab waits for the first one’s run', async ({ page, context }) => {
	test.setTimeout(2 * RUN_TIMEOUT_MS);
	await visit(page, '/measure/?designs=step0,step1');
	await page.getByTestId('run').click();
	const first = page.getByTestId('run-panel');
	await expect(first).toHaveAttribute('data-state', /loading|warming-up|measuring/, {
		timeout: RUN_TIMEOUT_MS
	});
	const other = await context.newPage();
	await visit(other, '/measure/?designs=step1&samples=3');
	await other.getByTestId('run').click();
	const second = other.getByTestId('run-panel');
	await expect(second).toHaveAttribute('data-state', 'paused');
	await expect(other.getByTestId('run-progress')).toContainText('another tab');
	await page.getByTestId('stop').click();
	await expect(second).toHaveAttribute('data-state', 'done', { timeout: RUN_TIMEOUT_MS });
});

test('a calibration measures one network as two and is kept with the next run', async ({
	page
}) => {
	test.setTimeout(2 * RUN_TIMEOUT_MS);
	await visit(page, '/measure/?designs=step1&samples=3');
	await page.getByTestId('calibrate').click();
	await expect(page.getByTestId('calibrated')).toContainText('twice, as two networks', {
		timeout: RUN_TIMEOUT_MS
	});
	await page.getByTestId('run').click();
	await expect(page.getByTestId('run-panel')).toHaveAttribute('data-state', 'done', {
		timeout: RUN_TIMEOUT_MS
	});
	await expect(page.locator('[data-check="calibration"]')).toContainText('An empty call takes');
});
