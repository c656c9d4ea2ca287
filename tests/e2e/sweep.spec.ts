import { readFile } from 'node:fs/promises';
import { chromium, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, requireChromium } from '../../scripts/tools/chromium.mjs';
import { expect, seriousViolations, test, visit } from './helpers';

/** Networks of nothing: what counts is that a sweep comes to its end and is used afterwards. */
const TINY =
	'(v=1&mixing=separated&expansion=2&widths=8-16-24-32&depths=1-1-1-1&stem=early-conv&downsampling=strided-block&classifier=simple&kernel=3&se=none&activation=relu&resolution=128&classes=10)';
const ADDRESS = `/sweep/?base=${encodeURIComponent(TINY)}&factors=kernel,se,activation&minutes=0.1&roadmap=0`;

async function sweepSmall(page: Page): Promise<void> {
	await visit(page, ADDRESS);
	await expect(page.getByTestId('setup-problems')).toHaveCount(0);
	await expect(page.getByTestId('plan')).toContainText('All 8 combinations of 3 choices');
	await page.getByTestId('run').click();
	await expect(page.getByTestId('run-panel')).toHaveAttribute('data-state', 'done', {
		timeout: 120_000
	});
}

const kept = (page: Page) => page.getByTestId('kept-sweep');

test('a small sweep tells effects, predicts on the design page, and is there again', async ({
	page
}) => {
	test.setTimeout(180_000);
	await sweepSmall(page);
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

	// A profile knows what each kind of work takes, and the sweep how that adds up: other sizes can be told.
	const larger = measured.replace('resolution=128', 'resolution=160');
	await visit(page, `/design/?${larger}`);
	const here = page.getByTestId('latency-here');
	await expect(here).toContainText('says nothing of this design');
	await page.getByTestId('profile').getByRole('button').click();
	await expect(here).toHaveAttribute('data-truth', 'predicted', { timeout: 60_000 });
	await here.getByRole('button', { name: 'predicted' }).focus();
	await expect(here.getByRole('tooltip')).toContainText('what a profile paid');

	await visit(page, ADDRESS);
	await expect(page.getByTestId('sweep-result')).toContainText('Kept in this browser');
	await expect(page.locator('[data-model="profile"]')).toContainText('times one factor');
});

test('a sweep is kept: in the history, opened from there and from its file, refused with a reason', async ({
	page,
	browser,
	baseURL
}) => {
	test.setTimeout(200_000);
	await sweepSmall(page);
	await expect(kept(page)).toContainText('shown above');
	const waiting = page.waitForEvent('download');
	await page.getByTestId('download-sweep').click();
	const text = await readFile(await (await waiting).path(), 'utf8');

	// The history of runs has it too, with a way back; as a plain run it opens as well.
	await visit(page, '/measure/');
	await page.getByTestId('history-panel').locator('summary').click();
	const item = page.getByTestId('history-item');
	await expect(item).toContainText('Sweep: Own design, Depthwise kernel, Squeeze-and-excitation');
	await expect(item).toContainText('8 networks');
	await item.getByRole('button', { name: /^Open as a run: / }).click();
	await expect(page.getByTestId('result')).toBeVisible();
	await page.getByTestId('share-panel').locator('summary').click();
	await expect(page.getByTestId('share-sweep')).toContainText('its 8 networks one by one');
	expect(await seriousViolations(page)).toEqual([]);
	await item.getByRole('link', { name: /^Open the sweep/ }).click();
	await expect(page).toHaveURL(/\/sweep\/?\?.*run=\d{14}-[0-9a-f]{16}/);
	const result = page.getByTestId('sweep-result');
	await expect(result).toContainText('An earlier sweep, from');
	await expect(result.getByTestId('headline')).toBeInViewport();
	await expect(result).toContainText('The design page predicts from it.');
	await page.reload();
	await expect(result).toContainText('An earlier sweep, from');

	// An address of another browser's history, or of nobody's.
	await visit(page, '/sweep/?run=20260101000000-0123456789abcdef');
	await expect(page.getByTestId('open-problem')).toContainText('no run “20260101000000-');
	await expect(result).toContainText('Kept in this browser');

	const other = await browser.newPage({ ...(baseURL && { baseURL }), serviceWorkers: 'block' });
	await visit(other, '/sweep/');
	await expect(other.getByTestId('earlier-sweeps')).toContainText('No sweep is kept yet');
	await other.getByTestId('sweep-file').locator('summary').click();
	const open = (name: string, content: string) =>
		other.getByTestId('import-runs').setInputFiles({
			name,
			mimeType: 'application/json',
			buffer: Buffer.from(content)
		});
	await open('sweep.json', text);
	await expect(other.getByTestId('import-outcome')).toContainText('1 sweep opened');
	await expect(other.getByTestId('sweep-result')).toContainText(
		'The design page predicts from it.'
	);
	await expect(kept(other)).toHaveCount(1);
	await open('other.json', text.replace('"size":8', '"size":9'));
	await expect(other.getByTestId('import-problems')).toContainText('size (no such plan)');
	await expect(other.getByTestId('sweep-result')).toBeVisible();
	const measured = TINY.slice(1, -1).replace('kernel=3', 'kernel=5');
	await visit(other, `/design/?${measured}`);
	await expect(other.getByTestId('latency-here')).toHaveAttribute('data-truth', 'measured');
	await other.close();
});

test('where the history is full, the sweep stays on screen and can be kept later', async ({
	page
}) => {
	test.setTimeout(180_000);
	await page.addInitScript(() => {
		const put = IDBObjectStore.prototype.put;
		IDBObjectStore.prototype.put = function (...args) {
			if (!('hasRoom' in window)) throw new DOMException('no room', 'QuotaExceededError');
			return put.apply(this, args);
		};
	});
	await sweepSmall(page);
	await expect(page.getByTestId('history-trouble')).toContainText('full');
	await expect(page.getByTestId('sweep-result').getByTestId('headline')).not.toBeEmpty();
	await page.evaluate(() => Object.assign(window, { hasRoom: true }));
	await page.getByTestId('sweep-missing').getByRole('button').click();
	await expect(kept(page)).toContainText('shown above');
	await expect(page.getByTestId('history-trouble')).toHaveCount(0);
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

test('what a sweep can run on is a choice; what this browser lacks is named, and refused from an address', async ({
	page
}) => {
	await visit(page, `${ADDRESS}&on=webnn-npu`);
	const leftOut = page.getByTestId('left-out');
	await expect(leftOut).toContainText("WebNN NPU can't be used here");
	await expect(page.getByTestId('run')).toBeDisabled();
	await page.getByText('What this browser does not offer').click();
	await expect(page.getByText('WebNN, GPU', { exact: true })).toBeVisible();
	expect(await seriousViolations(page)).toEqual([]);
	await page.getByTestId('run-on').selectOption('wasm-1');
	await expect(leftOut).toHaveCount(0);
	await expect(page.getByTestId('run')).toBeEnabled();
	await expect(page).not.toHaveURL(/on=/);
});

test('a sweep on WebGPU tells of WebGPU, and predictions are of it', async ({ baseURL }) => {
	test.setTimeout(240_000);
	// A GPU made of software: its times mean nothing, what is told of them does.
	const browser = await chromium.launch({
		executablePath: requireChromium(),
		args: [...CHROMIUM_FLAGS, '--enable-unsafe-webgpu']
	});
	try {
		const page = await browser.newPage({ ...(baseURL && { baseURL }), serviceWorkers: 'block' });
		await visit(page, `${ADDRESS.replace('kernel,se,activation', 'kernel')}&on=webgpu`);
		await expect(page.getByText('A GPU made of software', { exact: false })).toBeVisible();
		await page.getByTestId('run').click();
		await expect(page.getByTestId('run-panel')).toHaveAttribute('data-state', 'done', {
			timeout: 180_000
		});
		const result = page.getByTestId('sweep-result');
		await expect(result.locator('[data-lane="webgpu"]')).toContainText('float32');
		await expect(result.locator('[data-lane="wasm-1"]')).toContainText('Only for the outputs');
		await visit(page, `/design/?${TINY.slice(1, -1)}`);
		const here = page.getByTestId('latency-here');
		await expect(here).toHaveAttribute('data-truth', 'measured');
		await here.getByRole('button', { name: 'measured' }).focus();
		await expect(here.getByRole('tooltip')).toContainText('WebGPU');
	} finally {
		await browser.close();
	}
});

test('before anything was swept, an example shows what comes out, and nothing is predicted from it', async ({
	page
}) => {
	await visit(page, '/sweep/');
	const example = page.getByTestId('sweep-example');
	await page.route('**/examples/sweep.json', (route) => route.fulfill({ body: 'torn' }));
	await example.getByRole('button').click();
	await expect(example.getByRole('alert')).toContainText("can't be fetched");
	await page.unroute('**/examples/sweep.json');
	await example.getByRole('button').press('Enter');
	const result = page.getByTestId('sweep-result');
	await expect(result.getByTestId('headline')).toBeInViewport();
	await expect(result).toContainText('does not predict from it');
	await expect(example).toHaveCount(0);
	await expect(page.getByTestId('earlier-sweeps')).toContainText('No sweep is kept yet');
	await expect(page.getByTestId('sweep-missing')).toHaveCount(0);
	expect(await seriousViolations(page)).toEqual([]);
	await visit(page, '/design/');
	await expect(page.getByTestId('latency-here')).toContainText('Not known yet');
});
