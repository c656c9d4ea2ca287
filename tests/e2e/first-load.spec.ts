import { firstLoadFiles } from '../../scripts/tools/first-load.mjs';
import { expect, test, visit } from './helpers';

/** What `.size-limit.js` weighs is derived from the HTML; this is what a browser really asks for. */
for (const path of ['/', '/design/']) {
	test(`first load of ${path} is what size-limit weighs, without the runtime`, async ({ page }) => {
		const requested: string[] = [];
		page.on('request', (request) => requested.push(new URL(request.url()).pathname));
		await visit(page, path);
		await page.waitForLoadState('networkidle');

		const scripts = requested.filter((name) => /\.m?js$/.test(name));
		const weighed = (await firstLoadFiles(path)).map((file) => file.replace(/^build/, ''));
		// What a page can do without at first is asked for by its own code, once all of that is there.
		const later = scripts.findIndex((name) => !weighed.includes(name));
		const first = later === -1 ? scripts : scripts.slice(0, later);
		expect(first.length).toBeGreaterThan(10);
		expect(scripts.slice(first.length).filter((name) => weighed.includes(name))).toEqual([]);
		expect(requested.filter((name) => /onnxruntime|ort-wasm|\.wasm$/.test(name))).toEqual([]);
	});
}
