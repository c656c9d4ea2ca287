import { test as base, type Page } from '@playwright/test';

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
