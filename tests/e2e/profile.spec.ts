import { expect, test, visit } from './helpers';

/** Little to run: what counts here is where the times go, not how long they are. */
const SMALL =
	'/design/?v=1&stem=early-conv&mixing=separated&expansion=2&widths=8-16-24-32&depths=1-1-1-1&downsampling=deeper&kernel=3&se=none&classifier=simple&resolution=128';

test('a profile puts measured times on the blocks, and says on what they rest', async ({
	page
}) => {
	test.setTimeout(120_000);
	await visit(page, SMALL);
	await expect(page.getByTestId('problems')).toHaveCount(0);
	const figure = page.getByLabel('Figure on each block');
	await expect(figure.getByRole('option', { name: 'Measured time' })).toHaveCount(0);

	const profile = page.getByTestId('profile');
	await profile.getByRole('button', { name: 'Profile: where does the time go here?' }).click();
	await expect(profile.getByRole('button', { name: 'Profile again' })).toBeVisible({
		timeout: 90_000
	});
	await expect(profile).toHaveAttribute('data-state', 'idle');
	await expect(profile.getByRole('status')).toContainText(/WASM, one thread, profiler on/);
	await expect(profile.getByRole('status')).toContainText(/Medians of \d+ runs/);

	const panel = page.getByTestId('profile-panel');
	await expect(panel).toContainText('Between kernels');
	await expect(panel).toContainText('Added by the runtime');
	await expect(panel.getByTestId('limits')).toContainText(
		/\d+ (compute-bound|memory-bound|fed from caches|bound by neither)/
	);
	await panel.getByRole('button', { name: 'Operations' }).click();
	await expect(
		panel.locator('tr[data-row="stem.conv1"], tr[data-row="overhead"]').first()
	).toBeVisible();

	await expect(figure.locator('option:checked')).toHaveText('Measured time');
	await expect(page).toHaveURL(/[?&]show=time(&|$)/);
	const tree = page.getByRole('tree');
	const times = tree.locator('.heat');
	await expect(times.first()).toHaveText(/[\d.]+\s(ms|µs)/);
	expect(await times.count()).toBeGreaterThan(5);
	await expect(page.getByRole('img', { name: /^Milliseconds, / })).toBeVisible();
	// It is spoken whatever figure is shown.
	await figure.selectOption({ label: 'None: colour is role' });
	await expect(tree.locator('[data-path="stem"]')).toHaveAccessibleName(
		/, [\d.]+\s(ms|µs) measured/
	);
	await figure.selectOption({ label: 'Measured time' });

	// The panel has the part's own time; another design has none.
	await tree.locator('[data-path="stem"] > .name').click();
	await expect(page.getByTestId('about')).toContainText(/Time: [\d.]+\s(ms|µs)/);
	await page.getByTestId('about').getByRole('button', { name: 'Close the panel' }).click();
	await page.locator('[data-choice="kernel"] input[value="5"]').check({ force: true });
	await expect(figure.getByRole('option', { name: 'Measured time' })).toHaveCount(0);
	await expect(tree.locator('.heat')).toHaveCount(0);
	await page.locator('[data-choice="kernel"] input[value="3"]').check({ force: true });
	await expect(times.first()).toHaveText(/[\d.]+\s(ms|µs)/);
});

test('a profile is stopped, and leaves nothing behind', async ({ page }) => {
	await visit(page, SMALL);
	const profile = page.getByTestId('profile');
	await profile.getByRole('button', { name: 'Profile: where does the time go here?' }).click();
	await profile.getByRole('button', { name: 'Stop the profile' }).click();
	await expect(profile).toHaveAttribute('data-state', 'idle');
	await expect(
		profile.getByRole('button', { name: 'Profile: where does the time go here?' })
	).toBeVisible();
	await expect(page).not.toHaveURL(/show=/);
});
