import type { Page } from '@playwright/test';
import { serveSite } from '../../scripts/serve.mjs';
import { expect, test, visit } from './helpers';

const RUN_TIMEOUT_MS = 180_000;

interface Host {
	/** A host of the test's own, of the project's kind, which can go away. */
	readonly host: { readonly url: string; readonly close: () => Promise<void> };
}

const own = test.extend<Host>({
	host: async ({ isolated }, use) => {
		const host = await serveSite({ isolated });
		await use(host);
		await host.close();
	},
	baseURL: async ({ host }, use) => use(`${host.url}/`)
});

const workerState = (page: Page) => page.getByTestId('offline');

async function untilOn(page: Page): Promise<void> {
	await expect(workerState(page)).toHaveAttribute('data-state', 'on');
	// The page may be on its way to be loaded again: then it has no answer yet.
	await expect.poll(() => page.evaluate(() => crossOriginIsolated).catch(() => null)).toBe(true);
}

/** The paths that are kept for offline use. */
const keptPaths = (page: Page) =>
	page.evaluate(async () => {
		const names = await caches.keys();
		const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
		return keys.flat().map(({ url }) => new URL(url).pathname);
	});

test.describe('with the site’s service worker', () => {
	test.use({ serviceWorkers: 'allow' });

	test(
		'a page is isolated on any host, after one reload at most, and two threads work',
		{ tag: '@any-host' },
		async ({ page, isolated }) => {
			test.setTimeout(RUN_TIMEOUT_MS);
			let loads = 0;
			page.on('load', () => loads++);
			await visit(page, '/measure/?designs=step1&samples=3&threads=2');
			await untilOn(page);
			await page.locator('[data-ready="true"]').waitFor();
			await expect(workerState(page)).toContainText('The page is isolated');
			const cores = await page.evaluate(() => navigator.hardwareConcurrency);
			await page.getByTestId('run').click();
			await expect(page.getByTestId('run-panel')).toHaveAttribute('data-state', 'done', {
				timeout: RUN_TIMEOUT_MS
			});
			const words = cores > 1 ? 'asked for 2, ran 2' : 'threads=2';
			await expect(page.getByText(words)).toBeVisible();
			expect(loads).toBe(isolated ? 1 : 2);
			// The next page is isolated from the start.
			await visit(page, '/about/');
			expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
			expect(loads).toBe(isolated ? 2 : 3);
		}
	);

	test(
		'switched off it goes, with all it kept, and stays away until it is switched on',
		{ tag: '@any-host' },
		async ({ page, isolated }) => {
			await visit(page, '/measure/');
			await untilOn(page);
			await expect.poll(() => keptPaths(page)).toContain('/measure/');
			await page.getByRole('button', { name: 'Switch it off' }).click();
			await expect(workerState(page)).toHaveAttribute('data-state', 'off');
			await expect.poll(() => keptPaths(page)).toEqual([]);

			await visit(page, '/measure/');
			await expect(workerState(page)).toHaveAttribute('data-state', 'off');
			expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
			const count = () =>
				page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
			expect(await count()).toBe(0);
			await expect(page.getByText('not cross-origin isolated')).toHaveCount(isolated ? 0 : 1);

			await page.getByRole('button', { name: 'Switch it on' }).click();
			await expect(workerState(page)).toHaveAttribute('data-state', 'on');
			expect(await count()).toBe(1);
		}
	);

	test('switched off it keeps nothing under another tab either, however often it is started again', async ({
		page,
		context
	}) => {
		await visit(page, '/measure/');
		await untilOn(page);
		await expect.poll(() => keptPaths(page)).toContain('/measure/');
		const other = await context.newPage();
		await visit(other, '/steps/3/');
		await expect.poll(() => keptPaths(page)).toContain('/steps/3/');
		await page.getByRole('button', { name: 'Switch it off' }).click();
		await expect(workerState(page)).toHaveAttribute('data-state', 'off');

		// The browser ends an idle worker as it likes; the tab's next request starts it again.
		const browser = await context.newCDPSession(other);
		await browser.send('ServiceWorker.enable');
		await browser.send('ServiceWorker.stopAllWorkers');
		const asked = await other.evaluate(async () => {
			const { ok } = await fetch('/models/index.json', { cache: 'reload' });
			return { ok, isControlled: navigator.serviceWorker.controller !== null };
		});
		expect(asked).toEqual({ ok: true, isControlled: true });
		// What a worker keeps it writes behind its answer.
		await other.waitForTimeout(500);
		expect(await keptPaths(page)).toEqual([]);
	});

	own(
		'what was visited works without a network, and what was not says so',
		{ tag: '@any-host' },
		async ({ page, host, pageErrors }) => {
			own.setTimeout(120_000);
			await visit(page, '/measure/');
			await untilOn(page);
			await visit(page, '/steps/3/');
			await expect
				.poll(() => keptPaths(page))
				.toEqual(expect.arrayContaining(['/measure/', '/steps/3/']));
			// The runtime is kept by those who measure.
			expect((await keptPaths(page)).filter((path) => path.endsWith('.wasm'))).toEqual([]);
			await host.close();

			await visit(page, '/steps/3/');
			await expect(page.getByRole('heading', { level: 1 })).toContainText('Early-convolution stem');
			expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
			await visit(page, '/measure/?designs=step8');
			await expect(page.locator('input[data-design="step8"]')).toBeChecked();

			await page.goto('/glossary/');
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Offline');
			await page.getByRole('link', { name: '/steps/3/' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('Early-convolution stem');
			// The browser logs each request that finds no host.
			pageErrors.splice(0);
		}
	);

	test(
		'a frame within an isolated page shows its network',
		{ tag: '@any-host' },
		async ({ page }) => {
			await visit(page, '/measure/');
			await untilOn(page);
			await page.evaluate(() => {
				const frame = document.createElement('iframe');
				frame.src = '/embed/?design=step8';
				document.querySelector('main')!.prepend(frame);
			});
			const frame = page.frameLocator('iframe');
			await frame.locator('[data-ready="true"]').waitFor();
			await expect(frame.getByRole('tree')).toBeVisible();
		}
	);

	test('a framed network sets up no worker', { tag: '@any-host' }, async ({ page, isolated }) => {
		await visit(page, '/embed/?design=step8');
		await page.locator('[data-ready="true"]').waitFor();
		expect(
			await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
		).toBe(0);
		expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
	});
});

test(
	'a worker that is refused is said, and the page works as its host lets it',
	{ tag: '@any-host' },
	async ({ page, isolated }) => {
		await visit(page, '/measure/');
		await expect(workerState(page)).toHaveAttribute('data-state', 'refused');
		await expect(workerState(page)).toContainText('refused this site');
		expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
		await expect(page.getByTestId('run')).toBeEnabled();
	}
);

test(
	'a browser without service workers is told what that means',
	{ tag: '@any-host' },
	async ({ page }) => {
		await page.addInitScript(() => {
			// @ts-expect-error A browser that has none.
			delete Navigator.prototype.serviceWorker;
		});
		await visit(page, '/measure/');
		await expect(workerState(page)).toHaveAttribute('data-state', 'unsupported');
		await expect(page.getByTestId('run')).toBeEnabled();
	}
);
