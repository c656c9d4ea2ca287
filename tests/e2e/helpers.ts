import { createRequire } from 'node:module';
import { test as base, type Page } from '@playwright/test';
import type axeCore from 'axe-core';

export { expect } from '@playwright/test';

/** Set per project in `playwright.config.ts`. */
export interface HostOptions {
	/** Whether the host sends the headers that isolate the page. */
	isolated: boolean;
}

interface PageWatch {
	/** Errors the page logged or let escape, in order. A test that provokes one empties the list. */
	readonly pageErrors: string[];
}

/**
 * Playwright's test, watching every page: no request may leave the site's origin, no error may reach
 * the console. Tag a test `@any-host` to run it without isolation headers too.
 */
export const test = base.extend<HostOptions & PageWatch & { noForeignRequests: undefined }>({
	isolated: [true, { option: true }],
	pageErrors: [
		async ({ context }, use) => {
			const errors: string[] = [];
			context.on('console', (message) => {
				if (message.type() === 'error') errors.push(`console: ${message.text()}`);
			});
			context.on('weberror', (error) => errors.push(String(error.error())));
			await use(errors);
			base.expect(errors, 'errors on the page').toEqual([]);
		},
		{ auto: true }
	],
	noForeignRequests: [
		async ({ context, baseURL }, use) => {
			const foreign: string[] = [];
			context.on('request', (request) => {
				const { protocol, origin } = new URL(request.url());
				const stays = protocol === 'blob:' || protocol === 'data:';
				if (!stays && origin !== new URL(baseURL ?? '').origin) foreign.push(request.url());
			});
			await use(undefined);
			base.expect(foreign, 'requests that leave the origin').toEqual([]);
		},
		{ auto: true }
	]
});

/** Opens a page and waits until it is alive: until then a click would do nothing. */
export async function visit(page: Page, path: string): Promise<void> {
	await page.goto(path);
	// SvelteKit adds its announcer for screen readers once the page has mounted.
	await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
}

const AXE = createRequire(import.meta.url).resolve('axe-core');

/** What axe finds serious or worse on the page as it stands, with the first places. */
export async function seriousViolations(page: Page): Promise<string[]> {
	await page.addScriptTag({ path: AXE });
	return page.evaluate(async () => {
		const { axe } = window as unknown as { axe: typeof axeCore };
		const { violations } = await axe.run();
		return violations
			.filter(({ impact }) => impact === 'serious' || impact === 'critical')
			.map(({ id, nodes }) => {
				const places = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
				return `${id}: ${places.join(' | ')}`;
			});
	});
}

/** Ids that stand more than once on the page, where a label would name the wrong thing. */
export function repeatedIds(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id);
		return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
	});
}
