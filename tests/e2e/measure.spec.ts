import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { RunResult } from '../../src/lib/measure/types';
import { expect, repeatedIds, seriousViolations, test, visit } from './helpers';

const RUN_TIMEOUT_MS = 180_000;

async function start(page: Page, query: string): Promise<void> {
	await visit(page, `/measure/?${query}`);
	await page.getByTestId('run').click();
}

async function expectState(page: Page, state: RegExp): Promise<void> {
	await expect(page.getByTestId('run-panel')).toHaveAttribute('data-state', state, {
		timeout: RUN_TIMEOUT_MS
	});
}

/** The run on the page, as its file has it. */
async function downloadedRun(page: Page): Promise<RunResult> {
	const waiting = page.waitForEvent('download');
	await page.getByTestId('download-json').click();
	return JSON.parse(await readFile(await (await waiting).path(), 'utf8')) as RunResult;
}

test(
	'two steps measured: a verdict, the plot, the table, and files that hold the samples',
	{
		tag: '@any-host'
	},
	async ({ page, isolated }) => {
		test.setTimeout(RUN_TIMEOUT_MS + 30_000);
		await start(page, 'designs=step0,step1&samples=5');
		await expectState(page, /^done$/);

		await expect(page.getByTestId('verdict')).toContainText(/On this device/);
		const result = page.getByTestId('result');
		await expect(result.locator('svg').first()).toBeVisible();
		await expect(result.getByRole('table').last().getByRole('row')).not.toHaveCount(0);
		await expect(result).toContainText(isolated ? 'Cross-origin isolated' : 'no: one thread');

		const run = await downloadedRun(page);
		expect(run).toMatchObject({ schema: 'repvit-explorer/run' });
		expect(run.conditions!.crossOriginIsolated).toBe(isolated);
		expect(run.conditions!.lanes).toMatchObject([
			{ id: 'wasm-1', threads: { asked: 1, effective: 1 } }
		]);
		for (const { samples, medianMs } of run.candidates) {
			expect(samples.length).toBeGreaterThanOrEqual(5);
			expect(medianMs!.value).toBeGreaterThan(0);
		}
		expect(run.pairs[0]).toMatchObject({ a: 'step1', b: 'step0' });

		const why = page.getByTestId('why-differs');
		await why.getByText("Why does mine differ from the paper's?").click();
		await expect(why.locator('[data-difference="processor"]')).toContainText('WebAssembly');
		await expect(why.locator('[data-difference="structure"]')).toContainText('2 of the networks');
		await expect(why.locator('[data-difference="resolution"]')).toHaveCount(0);
		await expect(why.getByRole('row')).toHaveCount(3);
		expect(await seriousViolations(page)).toEqual([]);
	}
);

test('both forms of a network: what folding is worth here, as a sentence and a row', async ({
	page
}) => {
	test.setTimeout(RUN_TIMEOUT_MS + 30_000);
	await visit(page, '/measure/?designs=step5&samples=8');
	await page.locator('input[data-design="step5_training"]').check();
	await expect(page).toHaveURL(/designs=step5%2Cstep5_training&/);
	await page.getByTestId('run').click();
	await expectState(page, /^done$/);
	await expect(page.getByTestId('verdict')).toContainText(/training form|two forms/);
	const row = page.getByTestId('forms').locator('[data-design="step5_training"]');
	await expect(row).toContainText(/\d\.\d+x \(/);
	await expect(page.getByTestId('forms')).toContainText('folds each BatchNorm');
	expect(await seriousViolations(page)).toEqual([]);
});

test('two threads, where the page is isolated', async ({ page }) => {
	test.setTimeout(RUN_TIMEOUT_MS + 30_000);
	const cores = await page.evaluate(() => navigator.hardwareConcurrency);
	await start(page, 'designs=step1&samples=3&threads=2');
	await expectState(page, /^done$/);
	// With one core the address asks for more than there is, and the page says so.
	const words = cores > 1 ? 'asked for 2, ran 2' : 'threads=2';
	await expect(page.getByText(words)).toBeVisible();
});

test('one thread and two in one plan: each in its own lane, with the same output', async ({
	page
}) => {
	test.setTimeout(RUN_TIMEOUT_MS + 30_000);
	await visit(page, '/measure/?designs=step1&samples=4&on=wasm-1,wasm-2');
	const cores = await page.evaluate(() => navigator.hardwareConcurrency);
	test.skip(cores < 2, 'the machine has one core');
	await expect(page.getByTestId('plan')).toContainText('1 × 2 = 2');
	await page.getByTestId('run').click();
	await expectState(page, /^done$/);
	await expect(page.getByTestId('verdict')).toContainText('WASM, 2 threads');
	await expect(page.locator('[data-lane="wasm-1"]')).toContainText('asked for 1, ran 1');
	await expect(page.locator('[data-lane="wasm-2"]')).toContainText('asked for 2, ran 2');
	await expect(page.locator('[data-check="step1@wasm-2"]')).toContainText(/0(\.0+\d+)? %/);
	const table = page.getByTestId('result').locator('tr[data-design]');
	await expect(table).toHaveText([/WASM, 1 thread/, /WASM, 2 threads/]);
	expect(await repeatedIds(page)).toEqual([]);
	expect(await seriousViolations(page)).toEqual([]);
});

test('what the browser does not have is greyed out, with the reason', async ({ page }) => {
	await visit(page, '/measure/?designs=step1&on=wasm-1,webnn-npu,cuda');
	const runOn = page.getByTestId('run-on');
	await expect(runOn).toHaveAttribute('data-state', 'known');
	await expect(runOn.locator('[data-execution="webnn-gpu"]')).toBeDisabled();
	await expect(runOn.getByRole('group', { name: 'WebNN, GPU' })).toContainText(/does not have it/);
	await expect(page.getByTestId('left-out')).toContainText('WebNN NPU');
	await expect(page.getByTestId('setup-problems')).toContainText('“cuda” is nothing to run on');
	await runOn.locator('[data-execution="webnn-npu"]').uncheck();
	await expect(page.getByTestId('left-out')).toHaveCount(0);
	await expect(page).toHaveURL(/designs=step1$/);
	expect(await seriousViolations(page)).toEqual([]);
});

test('what a run says of both forms stands where the forms are drawn', async ({ page }) => {
	test.setTimeout(RUN_TIMEOUT_MS + 30_000);
	await start(page, 'designs=step1_training,step1&samples=8');
	await expectState(page, /^done$/);
	await page.getByRole('link', { name: 'Steps', exact: true }).click();
	await page.getByRole('link', { name: 'Read step 0' }).click();
	await page.getByRole('link', { name: 'Next: Separate mixers' }).click();
	await expect(page.getByText(/The training form takes \d/)).toBeVisible();
});

test('a run stops at once, keeps its samples, and another can be started', async ({ page }) => {
	test.setTimeout(RUN_TIMEOUT_MS + 60_000);
	await start(page, 'designs=step0,step1');
	await expectState(page, /^measuring$/);
	await expect(page.getByTestId('run-progress')).toContainText(/round [3-9]|round \d\d/, {
		timeout: RUN_TIMEOUT_MS
	});
	await page.getByTestId('stop').click();
	await expectState(page, /^stopped$/);
	await expect(page.getByTestId('run-progress')).toContainText('kept and marked');
	await expect(page.getByTestId('result')).toBeVisible();
	await expect(page.getByTestId('run')).toBeEnabled();

	await page.getByTestId('run').click();
	await expectState(page, /^(starting|loading|warming-up|measuring)$/);
	await page.getByTestId('stop').click();
	await expectState(page, /^stopped$/);
});

test('with the keyboard alone a run is begun and ended, and the place is kept', async ({
	page
}) => {
	await visit(page, '/measure/?designs=step0,step1');
	await page.getByTestId('run').focus();
	await page.keyboard.press('Enter');
	const isInHead = () =>
		page.getByTestId('run-panel').evaluate((panel) => panel.contains(document.activeElement));
	await expect.poll(isInHead).toBe(true);
	await page.keyboard.press('Tab');
	await expect(page.getByTestId('pause')).toBeFocused();
	await page.keyboard.press('Tab');
	await expect(page.getByTestId('stop')).toBeFocused();
	await page.keyboard.press('Enter');
	await expectState(page, /^stopped$/);
	await expect.poll(isInHead).toBe(true);
});

test('a worker that cannot load ends in a reason, and the page stays usable', async ({
	page,
	pageErrors
}) => {
	test.setTimeout(RUN_TIMEOUT_MS);
	await page.route('**/*.wasm', (route) => route.abort());
	await start(page, 'designs=step0');
	await expectState(page, /^failed$/);
	await expect(page.getByTestId('run-progress')).toContainText('The run failed');
	await expect(page.getByTestId('run')).toBeEnabled();
	pageErrors.splice(0);
});

test('a worker killed mid-run costs no page and no samples', async ({ page, pageErrors }) => {
	test.setTimeout(RUN_TIMEOUT_MS + 60_000);
	await start(page, 'designs=step0,step1');
	const progress = page.getByTestId('run-progress');
	await expect(progress).toContainText(/round ([4-9]|\d\d)/, { timeout: RUN_TIMEOUT_MS });
	const [worker] = page.workers();
	expect(worker).toBeDefined();
	// An exception nobody catches is how a worker dies of its own accord.
	await worker!.evaluate(() =>
		setTimeout(() => {
			throw new Error('killed by the test');
		})
	);
	// The fresh one goes on with the next round.
	await expectState(page, /^(starting|loading|warming-up)$/);
	await expectState(page, /^(measuring|done)$/);
	await page.getByTestId('stop').click();
	await expectState(page, /^stopped$/);
	await expect(progress).toContainText(/Stopped after \d+ rounds/);
	pageErrors.splice(0);

	await expect(page.getByTestId('result').locator('tr[data-design="step1"]')).toContainText('ms');
	await page.getByTestId('timeline-events').locator('summary').click();
	await expect(page.getByTestId('timeline-events')).toContainText('a fresh worker took over');
	const run = await downloadedRun(page);
	const restarted = run.log.find(({ event }) => event === 'worker-restarted')?.round ?? 0;
	// Three rounds at least had been told when it was killed: none of them is lost.
	expect(restarted).toBeGreaterThanOrEqual(3);
	for (const { samples } of run.candidates) {
		const before = samples.map(({ round }) => round).filter((round) => round < restarted);
		expect([...new Set(before)]).toEqual(Array.from({ length: restarted }, (_, i) => i));
	}
	expect(run.roundCount).toBeGreaterThanOrEqual(restarted);
	await expect(page.getByTestId('run')).toBeEnabled();
});

/** What a browser or runtime does wrong under the second network of a run, done in its worker. */
const FAULTS = [
	{
		name: 'its memory runs out',
		// Two networks of this size do not fit.
		designs: 'step0,repvit-m2.3',
		failed: 'repvit-m2.3',
		inWorker: `{
			const { Memory } = WebAssembly;
			const maximum = 1600;
			WebAssembly.Memory = function (wanted) { return new Memory({ ...wanted, maximum }); };
			WebAssembly.Memory.prototype = Memory.prototype;
		}`,
		words: 'out of memory',
		advice: 'choose fewer or smaller networks'
	},
	{
		name: 'the runtime refuses its model',
		designs: 'step0,step1',
		failed: 'step1',
		// Its file arrives damaged in the runtime's memory.
		inWorker: `{
			const { set } = Uint8Array.prototype;
			let files = 0;
			Uint8Array.prototype.set = function (source, at) {
				set.call(this, source, at);
				if (source.length > 4e6 && this.buffer instanceof SharedArrayBuffer && ++files === 2) {
					this.fill(255, at, at + 64);
				}
			};
		}`,
		words: 'the runtime refused the model',
		advice: 'Run it on WASM in float32'
	}
];

for (const { name, designs, failed, inWorker, words, advice } of FAULTS) {
	test(`where ${name} it says so, what to do, and the others are measured`, async ({
		page,
		pageErrors
	}) => {
		test.setTimeout(RUN_TIMEOUT_MS + 30_000);
		await page.route('**/measure.worker-*.js', async (route) => {
			const response = await route.fetch();
			await route.fulfill({ response, body: `${await response.text()}\n${inWorker}` });
		});
		await start(page, `designs=${designs}&samples=6`);
		await expectState(page, /^done$/);
		const row = page.getByTestId('result').locator(`tr[data-design="${failed}"]`);
		await expect(row).toContainText(`failed: ${words}`);
		await expect(row).toContainText(advice);
		await expect(page.getByTestId('verdict')).toContainText(words);
		const other = page.getByTestId('result').locator('tr[data-design="step0"]');
		await expect(other).toContainText('ms');
		await expect(other).not.toContainText('failed');

		const run = await downloadedRun(page);
		expect(run.status).toEqual({ state: 'done', reason: 'round-limit' });
		expect(run.candidates[0]!.samples.length).toBeGreaterThanOrEqual(6);
		expect(run.candidates[1]!.samples).toEqual([]);
		await expect(page.getByTestId('run')).toBeEnabled();
		// The runtime logs what it refuses.
		pageErrors.splice(0);
	});
}

test('a bad address is named and the rest is taken', async ({ page }) => {
	await visit(page, '/measure/?designs=step3,resnet50&threads=99&seed=x');
	const problems = page.getByTestId('setup-problems');
	await expect(problems).toContainText('“resnet50” names no network');
	await expect(problems).toContainText('threads: “99”');
	await expect(problems.getByRole('button', { name: 'Dismiss' })).toBeVisible();
	await expect(problems).toContainText('seed: “x”');
	await expect(page.locator('input[data-design]:checked')).toHaveCount(1);
});

test(
	'one thread only and a coarser clock are said where the host does not isolate',
	{
		tag: '@any-host'
	},
	async ({ page, isolated }) => {
		await visit(page, '/measure/');
		await expect(page.getByText('not cross-origin isolated')).toHaveCount(isolated ? 0 : 1);
		await expect(page.getByTestId('run-on')).toHaveAttribute('data-state', 'known');
		const two = page.locator('[data-execution="wasm-2"]');
		if (!isolated) await expect(two).toBeDisabled();
	}
);
