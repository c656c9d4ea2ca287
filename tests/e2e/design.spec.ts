import { readFile } from 'node:fs/promises';
import { expect, test, visit } from './helpers';

/** Every pick of the design page, each off the baseline, and what the address then holds. */
const PICKS = [
	['stem', 'early-conv'],
	['stem', 'patchify'],
	['mixing', 'separated'],
	['expansion', '2'],
	['expansion', '3'],
	['expansion', '4'],
	['expansion', '6'],
	['downsampling', 'deeper'],
	['kernel', '3'],
	['kernel', '5'],
	['kernel', '7'],
	['se', 'none'],
	['se', 'every'],
	['se', 'alternate'],
	['activation', 'hard-swish'],
	['activation', 'relu'],
	['activation', 'mobilenetv3'],
	['classifier', 'simple'],
	['resolution', '128'],
	['resolution', '384'],
	['form', 'training']
] as const;

test('every control changes the design, the drawing or the totals, and the address', async ({
	page
}) => {
	test.slow();
	for (const [choice, value] of PICKS) {
		await visit(page, '/design/');
		const before = await page.locator('.workbench').innerText();
		const drawing = await page.getByRole('tree').innerHTML();
		await page.locator(`[data-choice="${choice}"] input[value="${value}"]`).check({ force: true });
		await expect(page).toHaveURL(new RegExp(`[?&]${choice}=${value}(&|$)`));
		const after = await page.locator('.workbench').innerText();
		const changed = before !== after || drawing !== (await page.getByRole('tree').innerHTML());
		expect(changed, `${choice}=${value} shows`).toBe(true);
	}
});

test('widths, depths and classes take numbers, and say which they do not take', async ({
	page
}) => {
	await visit(page, '/design/');
	await page.locator('select[data-choice="widths"]').selectOption('48-96-192-384');
	await expect(page).toHaveURL(/widths=48-96-192-384/);
	await page.locator('select[data-choice="depths"]').selectOption('2-2-14-2');
	await expect(page).toHaveURL(/depths=2-2-14-2/);

	const depth = page.locator('fieldset:has(select[data-choice="depths"]) input').nth(2);
	await depth.fill('9');
	await expect(page).toHaveURL(/depths=2-2-9-2/);
	await depth.fill('99');
	await expect(page.getByRole('alert')).toContainText('1 to 40');
	await depth.blur();
	await expect(depth).toHaveValue('9');

	await page.getByLabel('Classes').fill('10');
	await expect(page.getByTestId('total-output')).toHaveText('10');
});

test('a shared link gives the same design back', async ({ page }) => {
	await visit(page, '/design/');
	await page.getByTestId('preset').selectOption('repvit-m1.1');
	await expect(page).toHaveURL(/widths=64-128-256-512/);
	const { url, params } = { url: page.url(), params: page.getByTestId('total-params') };
	const shown = await params.innerText();
	expect(shown).toBe('8.24\u00a0M');

	await page.goto('about:blank');
	await visit(page, url);
	await expect(params).toHaveText(shown);
	await expect(page.getByTestId('preset')).toHaveValue('repvit-m1.1');
	await expect(page.locator('[data-choice="mixing"] input[value="separated"]')).toBeChecked();
});

test('a bad address keeps what is valid and names the rest', async ({ page }) => {
	await visit(page, '/design/?mixing=separated&kernel=9&flavour=mint');
	const problems = page.getByTestId('problems');
	await expect(problems).toContainText('kernel: “9” is not one of mobilenetv3, 3, 5, 7.');
	await expect(problems).toContainText('“flavour” is not a choice');
	await expect(page.locator('[data-choice="mixing"] input[value="separated"]')).toBeChecked();
	await problems.getByRole('button').click();
	await expect(problems).toHaveCount(0);
	await expect(page).toHaveURL(/\?v=1&mixing=separated$/);
});

test('the address follows a change even where it held something foreign', async ({ page }) => {
	await visit(page, '/design/?mixing=bogus&kernel=5');
	await page.locator('[data-choice="mixing"] input[value="separated"]').check({ force: true });
	await expect(page).toHaveURL(/\?v=1&mixing=separated&kernel=5$/);
	await page.getByRole('navigation').getByRole('link', { name: 'Design' }).click();
	await expect(page.locator('[data-choice="mixing"] input[value="coupled"]')).toBeChecked();
});

test('what would be too large is disabled, with the reason; such an address is refused kindly', async ({
	page
}) => {
	await visit(page, '/design/?v=1&expansion=2&widths=64-128-320-640&depths=2-2-20-4');
	const six = page.locator('[data-choice="expansion"] input[value="6"]');
	await expect(six).toBeDisabled();
	await expect(page.getByText(/6×: too large/)).toBeVisible();

	await visit(page, '/design/?v=1&expansion=6&widths=640-640-640-640&depths=40-40-40-40');
	await expect(page.getByTestId('illegal')).toContainText('too large to run');
	await expect(page.getByTestId('download-onnx')).toBeDisabled();
	await expect(page.getByTestId('measure')).toHaveCount(0);
});

test('the ONNX file of the design on screen is made on the device', async ({ page }) => {
	await visit(page, '/design/');
	const waiting = page.waitForEvent('download');
	await page.getByTestId('download-onnx').click();
	const download = await waiting;
	expect(download.suggestedFilename()).toBe('step0.onnx');
	const bytes = await readFile(await download.path());
	// Four bytes a param, and little more.
	expect(bytes.length).toBeGreaterThan(5_470_832 * 4);
	expect(bytes.length).toBeLessThan(5_470_832 * 4.02);
	expect(bytes.includes('repvit-explorer')).toBe(true);
});

test('a design is drawn, counted and named as it is trained, and folds back', async ({ page }) => {
	await visit(page, '/design/');
	await page.getByTestId('preset').selectOption('repvit-m0.9');
	const params = page.getByTestId('exact-params');
	const heads = page.locator('[data-choice="heads"] input[value="2"]');
	await expect(params).toHaveText('5,067,056');
	await expect(heads).toBeDisabled();

	await page.locator('[data-choice="form"] input[value="training"]').check({ force: true });
	await expect(params).toHaveText('5,103,560');
	await heads.check({ force: true });
	await expect(params).toHaveText('5,489,328');
	await expect(page).toHaveURL(/[?&]form=training&heads=2(&|$)/);
	await expect(page.getByTestId('preset').locator('option:checked')).toHaveText(
		/training form \(two heads\)$/
	);
	await expect(page.getByTestId('other-form')).toContainText('Folds to 5,067,056 params');
	await expect(page.getByText(/^Dashed: in training only/)).toBeVisible();

	await page.getByTestId('compare').selectOption('form');
	await expect(page.getByText('BatchNorm added in 23 places, 46 in all')).toBeVisible();
	await page.getByTestId('measure').click();
	await expect(page).toHaveURL(/\/measure\/\?designs=step8%2Cstep8_training_2-heads$/);
	await page.goBack();
	await expect(page).toHaveURL(/form=training&heads=2&compare=form$/);

	await page.locator('[data-choice="form"] input[value="deploy"]').check({ force: true });
	await expect(params).toHaveText('5,067,056');
	await expect(page.getByText(/^Dashed: in training only/)).toHaveCount(0);
});

test('comparing marks what differs and lists it', async ({ page }) => {
	await visit(page, '/design/?v=1&mixing=separated&compare=step0');
	await expect(page.getByRole('heading', { name: /What differs from/ })).toBeVisible();
	await expect(page.getByText(/Depthwise convolution.*now before the expansion/)).toBeVisible();
});

test('a design is taken away as a file and comes back by dropping it', async ({ page }) => {
	await visit(page, '/design/?v=1&mixing=separated&depths=2-2-9-2&compare=step0');
	const save = async (name: RegExp) => {
		await page.getByTestId('export').click();
		const waiting = page.waitForEvent('download');
		await page.getByRole('button', { name }).click();
		const download = await waiting;
		return {
			name: download.suggestedFilename(),
			text: await readFile(await download.path(), 'utf8')
		};
	};
	const svg = await save(/^SVG/);
	expect(svg.name).toBe('design.svg');
	expect(svg.text).toContain('font/woff2');
	expect(svg.text).toContain('/design/?v=1&amp;mixing=separated&amp;depths=2-2-9-2');
	expect((await save(/^PNG, 1/)).name).toBe('design.png');
	expect((await save(/Markdown/)).text).toMatch(/Depthwise convolution.*now before the expansion/);
	const json = await save(/JSON/);
	expect(json.name).toBe('design.json');

	await visit(page, '/design/');
	const drop = (name: string, text: string) =>
		page.evaluate(
			([name, text]) => {
				const dataTransfer = new DataTransfer();
				dataTransfer.items.add(new File([text!], name!, { type: 'application/json' }));
				const options = { dataTransfer, bubbles: true, cancelable: true };
				document.body.dispatchEvent(new DragEvent('drop', options));
			},
			[name, text]
		);
	await drop('mine.json', json.text);
	await expect(page).toHaveURL(/\?v=1&mixing=separated&depths=2-2-9-2$/);
	await expect(page.getByText('Opened mine.json.')).toBeVisible();

	await drop('later.json', json.text.replace('"schemaVersion": 1', '"schemaVersion": 2'));
	const problem = page.getByTestId('design-file-problem');
	await expect(problem).toContainText('version 2');
	await expect(page).toHaveURL(/depths=2-2-9-2$/);
	const broken = { name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{') };
	await page.getByTestId('design-file').setInputFiles(broken);
	await expect(problem).toContainText('It is not JSON.');
	await expect(page).toHaveURL(/depths=2-2-9-2$/);
	await problem.getByRole('button').click();
	await expect(problem).toHaveCount(0);
});
