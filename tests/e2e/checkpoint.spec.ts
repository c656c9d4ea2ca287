import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, seriousViolations, test, visit } from './helpers';

const TIMM = 'tests/reference/timm-tiny-2head/weights.safetensors';
const OFFICIAL = 'tests/reference/official-tiny/weights.safetensors';
const FUSED = 'tests/reference/official-tiny/deploy.safetensors';

const openFile = (page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }) =>
	page.getByTestId('checkpoint-file').setInputFiles(file);

/** A picture that the browser makes itself: a gradient with an edge in it. */
async function picture(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
	const bytes = await page.evaluate(async () => {
		const canvas = new OffscreenCanvas(320, 240);
		const context = canvas.getContext('2d')!;
		const gradient = context.createLinearGradient(0, 0, 320, 240);
		gradient.addColorStop(0, '#d97');
		gradient.addColorStop(1, '#268');
		context.fillStyle = gradient;
		context.fillRect(0, 0, 320, 240);
		context.fillStyle = '#fff';
		context.fillRect(90, 60, 70, 110);
		const blob = await canvas.convertToBlob({ type: 'image/png' });
		return [...new Uint8Array(await blob.arrayBuffer())];
	});
	return { name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from(bytes) };
}

test('from the toy file to the top five, in both forms @any-host', async ({ page }) => {
	await visit(page, '/checkpoint/');
	await page.getByTestId('toy').click();
	await expect(page.getByTestId('summary')).toBeVisible();
	await expect(page.getByTestId('fact-form')).toHaveText('Training form');

	await page.getByTestId('picture-file').setInputFiles(await picture(page));
	await expect(page.getByTestId('classified')).toBeVisible({ timeout: 30_000 });
	await expect(page.getByTestId('classified')).toContainText('Random, untrained weights');
	for (const form of ['training', 'deploy']) {
		await expect(page.getByTestId(`top-${form}`).getByRole('listitem')).toHaveCount(5);
	}
	const names = (form: string) => page.getByTestId(`top-${form}`).locator('.label').allInnerTexts();
	expect(await names('training')).toEqual(await names('deploy'));
	expect((await names('deploy'))[0]).not.toMatch(/^Class/);
	await expect(page.getByTestId('difference').first()).toHaveAttribute('data-agree', 'true');
	expect(await seriousViolations(page)).toEqual([]);

	// Each block of the file can be looked at, with what it alone costs.
	const costs = page.locator('.facts table');
	const first = await costs.innerText();
	await page.getByTestId('block').selectOption({ label: 'stages.3.blocks.0' });
	await expect.poll(() => costs.innerText()).not.toBe(first);
	await expect(page.getByText('from your file')).toBeVisible();

	const before = await names('deploy');
	await page.getByLabel(/0\.95/).check();
	await expect
		.poll(
			async () =>
				(await names('deploy')).join() + (await page.getByTestId('top-deploy').innerText())
		)
		.not.toBe(before.join());
});

for (const [file, naming, form] of [
	[TIMM, "timm's", 'Training form'],
	[OFFICIAL, "the official repository's", 'Training form'],
	[FUSED, "the official repository's", 'Deploy form, already fused']
] as const) {
	test(`${file} is recognised, compared and downloaded`, async ({ page }) => {
		await visit(page, '/checkpoint/');
		await openFile(page, file);
		await expect(page.getByTestId('fact-naming')).toHaveText(naming);
		await expect(page.getByTestId('fact-form')).toHaveText(form);
		await page.getByTestId('compare-forms').click();
		if (form === 'Training form') {
			await expect(page.getByTestId('difference')).toHaveAttribute('data-agree', 'true', {
				timeout: 30_000
			});
		} else {
			await expect(page.getByRole('row', { name: 'A quick look' })).toContainText('ms', {
				timeout: 30_000
			});
		}
		const download = page.waitForEvent('download');
		await page.getByTestId('download-deploy').click();
		const bytes = await readFile(await (await download).path());
		expect(bytes.length).toBeGreaterThan(100_000);
		expect(bytes.includes('stages.0.blocks.0.token_mixer.conv.weight')).toBe(true);
	});
}

test('both forms of a checkpoint can be measured', async ({ page }) => {
	await visit(page, '/checkpoint/');
	await openFile(page, TIMM);
	await page.getByTestId('measure-forms').click();
	await expect(page).toHaveURL(/\/measure\/\?designs=/);
	await expect(page).toHaveURL(/training/);
});

test('a file that is none ends in words, and the one that is open stays', async ({ page }) => {
	test.slow();
	await visit(page, '/checkpoint/');
	await openFile(page, TIMM);
	await expect(page.getByTestId('summary')).toBeVisible();
	const good = await readFile(TIMM);
	const header = good.readUInt32LE(0);
	const renamed = Buffer.from(good);
	renamed.write('xtages', good.indexOf('stages.'));
	const hostile = Buffer.alloc(64, 0xff);
	const files: readonly (readonly [name: string, bytes: Buffer, words: RegExp])[] = [
		['empty.safetensors', Buffer.alloc(0), /empty/i],
		['truncated.safetensors', good.subarray(0, good.length - 1000), /1,?000|1\.00/],
		['header-only.safetensors', good.subarray(0, 8 + header / 2), /header|cut|ends/i],
		['renamed.safetensors', renamed, /xtages/],
		['hostile.safetensors', hostile, /header|safetensors/i],
		['weights.pth', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(500)]), /safetensors/],
		['page.safetensors', Buffer.from('<!doctype html><title>404</title>'), /page/i]
	];
	for (const [name, buffer, words] of files) {
		await openFile(page, { name, mimeType: 'application/octet-stream', buffer });
		await expect(page.getByTestId('refused'), name).toContainText(name);
		await expect(page.getByTestId('refused'), name).toContainText(words);
		await expect(page.getByTestId('fact-file')).toContainText('weights.safetensors');
	}
	await page.getByTestId('refused').getByRole('button').click();
	await expect(page.getByTestId('refused')).toBeHidden();
	// What is open still answers.
	await page.getByTestId('compare-forms').click();
	await expect(page.getByTestId('difference')).toBeVisible({ timeout: 30_000 });
});

test('reading a large file leaves the page free, shows progress and can be cancelled', async ({
	page
}) => {
	const folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
	try {
		// One tensor of 1.6 GB would be read in the blink of a disk cache; a sparse file reads as slowly.
		const dataBytes = 1_600_000_000;
		const text = JSON.stringify({
			w: { dtype: 'F32', shape: [dataBytes / 4], data_offsets: [0, dataBytes] }
		});
		const head = Buffer.alloc(8 + text.length);
		head.writeBigUInt64LE(BigInt(text.length));
		head.write(text, 8);
		const path = join(folder, 'large.safetensors');
		await writeFile(path, head);
		await truncate(path, head.length + dataBytes);

		await visit(page, '/checkpoint/');
		await page.evaluate(() => {
			const reading = { startMs: performance.now(), blockedMs: 0 };
			Object.assign(window, { reading });
			new PerformanceObserver((list) => {
				for (const { duration } of list.getEntries()) reading.blockedMs += duration;
			}).observe({ entryTypes: ['longtask'] });
		});
		await openFile(page, path);
		const progress = page.getByRole('progressbar');
		await expect
			.poll(() => progress.evaluate((bar: HTMLProgressElement) => bar.value))
			.toBeGreaterThan(0);
		await page.getByRole('button', { name: 'Cancel' }).click();
		await expect(page.getByTestId('reading')).toBeHidden();
		await expect(page.getByTestId('refused')).toBeHidden();
		const blockedShare = await page.evaluate(() => {
			const { reading } = window as unknown as { reading: { startMs: number; blockedMs: number } };
			return reading.blockedMs / (performance.now() - reading.startMs);
		});
		// Read in the page itself, the file would hold it all the time.
		expect(blockedShare, 'share of the time in tasks of 50 ms and more').toBeLessThan(0.5);
		await openFile(page, OFFICIAL);
		await expect(page.getByTestId('summary')).toBeVisible();
	} finally {
		await rm(folder, { recursive: true });
	}
});

test('a file dropped on the design page opens on its own', async ({ page }) => {
	await visit(page, '/design/');
	const bytes = [...(await readFile(FUSED))];
	const data = await page.evaluateHandle((content) => {
		const transfer = new DataTransfer();
		transfer.items.add(new File([new Uint8Array(content)], 'fused.safetensors'));
		return transfer;
	}, bytes);
	await page.locator('main').dispatchEvent('dragenter', { dataTransfer: data });
	await page.locator('main').dispatchEvent('drop', { dataTransfer: data });
	await expect(page).toHaveURL(/\/checkpoint\/$/);
	await expect(page.getByTestId('fact-file')).toContainText('fused.safetensors');
});
