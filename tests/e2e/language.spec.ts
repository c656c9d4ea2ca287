import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { LANGUAGE_NAMES, prefixOf } from '../../src/lib/state/language';
import { expect, seriousViolations, test, visit } from './helpers';

const ZH = prefixOf('zh-Hant');
const PAGES = [
	'/',
	'/steps/0/',
	'/steps/1/',
	'/steps/5/',
	'/design/?v=1&mixing=separated',
	'/measure/?designs=step0%2Cstep8',
	'/sweep/',
	'/checkpoint/',
	'/about/'
];

const MESSAGES = join(import.meta.dirname, '../../src/lib/messages');
const textsOf = (language: string): Record<string, string> =>
	Object.assign(
		{},
		...readdirSync(join(MESSAGES, language)).map((file) =>
			JSON.parse(readFileSync(join(MESSAGES, language, file), 'utf8'))
		)
	);
/** English texts that no Chinese one holds: phrases, as single words may stand in a name. */
const CHINESE = Object.values(textsOf('zh-Hant'));
const ENGLISH_ONLY = Object.values(textsOf('en')).filter(
	(english) =>
		/ /.test(english) && !/\{/.test(english) && !CHINESE.some((text) => text.includes(english))
);

const htmlLanguage = (page: Page) => page.locator('html').getAttribute('lang');
const switchTo = (page: Page, language: keyof typeof LANGUAGE_NAMES) =>
	page.getByRole('banner').getByRole('link', { name: LANGUAGE_NAMES[language] }).click();

/** Every text and name on the page, also what only a screen reader says. */
const everyText = (page: Page) =>
	page.evaluate(() => {
		const named = [...document.querySelectorAll('[aria-label], [title], [placeholder]')];
		const names = named.flatMap((element) =>
			['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? '')
		);
		const app = document.querySelector('.app')!.cloneNode(true) as HTMLElement;
		// The announcer says the title after a change, and nothing on a page that was opened.
		const unseen = 'script, noscript, style, #svelte-announcer';
		for (const element of app.querySelectorAll(unseen)) element.remove();
		return [document.title, app.textContent, ...names];
	});

test('a change of language keeps page, query, hash and place', async ({ page }) => {
	await visit(page, '/design/?v=1&mixing=separated&compare=step0#content');
	await page.locator('[data-choice="mixing"] input').first().check();
	await expect(page).not.toHaveURL(/mixing=separated/);
	const { search, hash } = new URL(page.url());

	await switchTo(page, 'zh-Hant');
	await expect(page).toHaveURL(new RegExp(`${ZH}/design/`));
	expect(new URL(page.url())).toMatchObject({ search, hash });
	expect(await htmlLanguage(page)).toBe('zh-Hant');
	await expect(page.locator('[data-choice="mixing"] input').first()).toBeChecked();
	await expect(page.getByRole('banner').getByRole('link', { name: 'English' })).toBeFocused();

	await switchTo(page, 'en');
	await expect(page).not.toHaveURL(new RegExp(ZH));
	expect(new URL(page.url())).toMatchObject({ search, hash });
	expect(await htmlLanguage(page)).toBe('en');
});

test('what a page holds is still there in the other language', async ({ page }) => {
	await visit(page, '/checkpoint/');
	await page.getByTestId('toy').click();
	await expect(page.getByTestId('forms')).toBeVisible();
	await switchTo(page, 'zh-Hant');
	await expect(page).toHaveURL(new RegExp(`${ZH}/checkpoint/`));
	await expect(page.getByTestId('forms')).toBeVisible();
	expect(await page.evaluate(() => performance.getEntriesByType('navigation').length)).toBe(1);
});

test('a run goes on in the other language, and its result is told in it', async ({ page }) => {
	await visit(page, '/measure/?designs=step0%2Cstep8&samples=3');
	await page.getByTestId('run').click();
	const panel = page.getByTestId('run-panel');
	await expect(panel).toHaveAttribute('data-state', /loading|warming-up|measuring/);
	await switchTo(page, 'zh-Hant');
	await expect(page).toHaveURL(new RegExp(`${ZH}/measure/`));
	await expect(panel).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
	const verdict = page.getByTestId('verdict');
	await expect(verdict).toContainText('「RepViT-M0.9（步驟 8）」');
	await switchTo(page, 'en');
	await expect(verdict).toContainText('RepViT-M0.9 (step 8)');
});

for (const path of PAGES) {
	test(`changed in place, ${path} reads as when it is opened so`, async ({ page }) => {
		await visit(page, path);
		const inEnglish = await everyText(page);
		await switchTo(page, 'zh-Hant');
		await expect(page).toHaveURL(new RegExp(`${ZH}/`));
		const changed = await everyText(page);
		expect(changed).not.toEqual(inEnglish);
		const text = changed.join('\n');
		expect(ENGLISH_ONLY.filter((english) => text.includes(english))).toEqual([]);

		await page.reload();
		await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
		expect(await htmlLanguage(page)).toBe('zh-Hant');
		await expect.poll(() => everyText(page)).toEqual(changed);
	});
}

test('links stay in the language', async ({ page }) => {
	await visit(page, `${ZH}/`);
	const paths = await page
		.locator('.app a[href]:not([rel~="external"]):not([hreflang])')
		.evaluateAll((links) =>
			links.map((link) => new URL((link as HTMLAnchorElement).href).pathname)
		);
	expect(paths.length).toBeGreaterThan(10);
	expect(paths.filter((path) => !path.startsWith(ZH))).toEqual([]);
	await page.getByRole('main').getByRole('link').first().click();
	await expect(page).toHaveURL(new RegExp(`${ZH}/measure`));
	expect(await htmlLanguage(page)).toBe('zh-Hant');
});

test('a choice is remembered, and taken back', async ({ page }) => {
	await visit(page, '/steps/3/');
	await switchTo(page, 'zh-Hant');
	await expect(page).toHaveURL(new RegExp(`${ZH}/steps/3/`));

	await page.goto('about:blank');
	await page.goto('/steps/4/?x=1#why');
	await expect(page).toHaveURL(new RegExp(`${ZH}/steps/4/\\?x=1#why`));
	expect(await htmlLanguage(page)).toBe('zh-Hant');
	// The address without the language is no stop on the way back.
	await page.goBack();
	await expect(page).toHaveURL('about:blank');

	await visit(page, `${ZH}/steps/4/`);
	await switchTo(page, 'en');
	await expect(page).toHaveURL(/^[^/]*\/\/[^/]*\/steps\/4\//);
	await visit(page, '/about/');
	expect(await htmlLanguage(page)).toBe('en');
});

test('who chose nothing is led nowhere', async ({ page }) => {
	await visit(page, `${ZH}/about/`);
	expect(await htmlLanguage(page)).toBe('zh-Hant');
	await visit(page, '/about/');
	expect(await htmlLanguage(page)).toBe('en');
});

test('a Chinese address that leads nowhere says so in Chinese', async ({ page, pageErrors }) => {
	await page.goto(`${ZH}/no/such/page`);
	await expect.poll(() => htmlLanguage(page)).toBe('zh-Hant');
	await expect(page.getByRole('main').getByRole('link')).toHaveAttribute('href', `${ZH}/`);
	expect(pageErrors.splice(0).filter((error) => !/404|Not found/.test(error))).toEqual([]);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('a page reads in Chinese, and leads to itself in English', async ({ page }) => {
		await page.goto(`${ZH}/steps/3/`);
		expect(await htmlLanguage(page)).toBe('zh-Hant');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(/[\u4e00-\u9fff]/);
		await page.getByRole('link', { name: 'English' }).click();
		await expect(page).toHaveURL(/^[^/]*\/\/[^/]*\/steps\/3\/$/);
		expect(await htmlLanguage(page)).toBe('en');
	});
});

for (const [language, prefix] of [
	['en', ''],
	['zh-Hant', ZH]
] as const) {
	test(`each page names itself in all languages, ${language}`, async ({ page }) => {
		await page.goto(`${prefix}/steps/3/`);
		const alternates = await page
			.locator('link[rel="alternate"]')
			.evaluateAll((links) =>
				links.map((link) => [
					(link as HTMLLinkElement).hreflang,
					new URL((link as HTMLLinkElement).href).pathname
				])
			);
		expect(Object.fromEntries(alternates)).toEqual({
			en: '/steps/3/',
			'zh-Hant': `${ZH}/steps/3/`
		});
	});
}

for (const theme of ['light', 'dark'] as const) {
	test.describe(`axe in Chinese, ${theme}`, () => {
		test.use({ colorScheme: theme });
		for (const path of PAGES) {
			test(path, async ({ page }) => {
				await visit(page, ZH + path);
				expect(await seriousViolations(page)).toEqual([]);
			});
		}
	});
}

for (const width of [1440, 768, 390]) {
	test(`no Chinese page is wider than the window at ${width} px`, async ({ page }) => {
		await page.setViewportSize({ width, height: 900 });
		for (const path of PAGES) {
			await visit(page, ZH + path);
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(overflow, path).toBeLessThanOrEqual(0);
		}
	});
}
