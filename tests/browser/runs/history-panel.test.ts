import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { indexedDbStore } from '$lib/measure/history/indexed-db';
import { parseRunsJson } from '$lib/measure/history/bundle';
import { summarise } from '$lib/measure/share/summary';
import { RunHistory } from '$lib/state/history.svelte';
import HistoryPanel from '$lib/ui/runs/HistoryPanel.svelte';
import HistoryTroubleNotice from '$lib/ui/runs/HistoryTroubleNotice.svelte';
import ShareRun from '$lib/ui/runs/ShareRun.svelte';
import '$lib/ui/tokens.css';
import '$lib/ui/base.css';

const example = await (await fetch('/examples/runs.json')).text();

let names = 0;
const used: string[] = [];

function freshHistory(): RunHistory {
	const name = `panel-${Date.now()}-${names++}`;
	used.push(name);
	return new RunHistory({ open: () => Promise.resolve(indexedDbStore({ name })) });
}

function exampleRuns() {
	const read = parseRunsJson(example);
	if (!read.ok) throw new Error('the example is a file of runs');
	return read.runs;
}

async function violations(): Promise<string[]> {
	const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
	return found.violations.map(({ id }) => id);
}

afterEach(() => {
	for (const name of used.splice(0)) indexedDB.deleteDatabase(name);
});

describe('HistoryPanel', () => {
	it('opens, names, deletes and takes back, over a real database', async () => {
		const history = freshHistory();
		await history.take(exampleRuns());
		const opened: string[] = [];
		await render(HistoryPanel, { history, onopen: (_run, name) => opened.push(name) });
		const name = exampleRuns()[0]!.name;
		await userEvent.click(page.getByRole('button', { name: `Open: ${name}` }));
		expect(opened).toEqual([name]);

		await userEvent.click(page.getByRole('button', { name: /^Rename/ }));
		await userEvent.keyboard('New name{Enter}');
		await expect.element(page.getByRole('heading', { name: 'New name' })).toBeVisible();
		await expect.element(page.getByText(`“${name}” is now “New name”.`)).toBeVisible();
		expect(await violations()).toEqual([]);
		await userEvent.click(page.getByRole('button', { name: 'Undo' }));
		await expect.element(page.getByRole('heading', { name })).toBeVisible();

		await userEvent.click(page.getByRole('button', { name: /^Delete/ }));
		await expect.element(page.getByText(/No run is kept yet/)).toBeVisible();
		await expect.element(page.getByRole('button', { name: 'Undo' })).toHaveFocus();
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('heading', { name })).toBeVisible();
	});

	it('leaves a name as it is on Escape', async () => {
		const history = freshHistory();
		await history.take(exampleRuns());
		await render(HistoryPanel, { history, onopen: () => undefined });
		await userEvent.click(page.getByRole('button', { name: /^Rename/ }));
		await userEvent.keyboard('never{Escape}');
		await expect.element(page.getByRole('button', { name: /^Rename/ })).toHaveFocus();
		expect(history.entries[0]!.name).toBe(exampleRuns()[0]!.name);
	});

	it('lists a broken record with its reason, beside the others', async () => {
		const name = `panel-${Date.now()}-${names++}`;
		used.push(name);
		const store = indexedDbStore({ name });
		await store.put({ id: 'broken', value: { name: 'Old phone', run: { schema: 'other' } } });
		const history = new RunHistory({ open: () => Promise.resolve(store) });
		await history.take(exampleRuns());
		await render(HistoryPanel, { history, onopen: () => undefined });
		await expect.element(page.getByRole('heading', { name: 'Old phone' })).toBeVisible();
		await expect.element(page.getByText(/no run of this site/)).toBeVisible();
		await expect
			.element(page.getByRole('button', { name: 'Download as it is: Old phone' }))
			.toBeVisible();
		expect(page.getByRole('listitem').elements()).toHaveLength(2);
		expect(await violations()).toEqual([]);
	});

	it('says what a refusal means and what helps', async () => {
		const history = new RunHistory({
			open: () => Promise.reject(new DOMException('no', 'SecurityError'))
		});
		await history.load();
		await render(HistoryTroubleNotice, { history });
		await expect.element(page.getByText(/does not let pages keep data here/)).toBeVisible();
		await userEvent.click(page.getByRole('button', { name: 'Dismiss' }));
		expect(history.trouble).toBeNull();
	});
});

describe('ShareRun', () => {
	const [first] = exampleRuns();
	const summary = first?.ok ? summarise(first.result)! : null;

	it('makes a link with the name, and its QR code', async () => {
		await render(ShareRun, { summary: summary!, name: 'Mine', page: 'https://example.org/d/' });
		const link = page.getByTestId('share-link');
		await expect.element(link).toBeVisible();
		await expect.element(page.getByRole('img', { name: /QR code/ })).toBeVisible();
		const before = (link.element() as HTMLTextAreaElement).value;
		expect(before).toMatch(/^https:\/\/example\.org\/d\/#run=1\.[\w-]+$/);
		await userEvent.fill(page.getByRole('textbox', { name: 'What the device is called' }), 'X');
		expect((link.element() as HTMLTextAreaElement).value).not.toBe(before);
		expect(await violations()).toEqual([]);
	});

	it('says where a link is too long for a camera', async () => {
		const long = {
			summary: summary!,
			name: 'Mine',
			page: `https://example.org/${'d'.repeat(900)}/`
		};
		await render(ShareRun, long);
		await expect.element(page.getByTestId('qr-too-long')).toBeVisible();
		expect(page.getByRole('img').elements()).toHaveLength(0);
	});
});
