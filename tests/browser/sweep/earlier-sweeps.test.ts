import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { runsToJson } from '$lib/measure/history/bundle';
import { indexedDbStore } from '$lib/measure/history/indexed-db';
import { sweepOf, type StoredSweep } from '$lib/measure/sweep/stored-sweep';
import { RunHistory } from '$lib/state/history.svelte';
import { KeptSweeps } from '$lib/state/kept-sweeps.svelte';
import HistoryPanel from '$lib/ui/runs/HistoryPanel.svelte';
import EarlierSweeps from '../../../src/routes/sweep/EarlierSweeps.svelte';
import { plainRun, sampleSweep } from './sample-sweeps';
import '$lib/ui/tokens.css';
import '$lib/ui/base.css';

const DAYS = [7, 6, 5, 4, 3, 2].map((day) => `2026-11-2${day}T08:00:00.000Z`);
const FOREIGN = 'Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0';

let names = 0;
const used: string[] = [];

function fresh({ open }: { open?: () => Promise<never> } = {}) {
	const name = `sweeps-${Date.now()}-${names++}`;
	used.push(name);
	const history = new RunHistory({
		open: open ?? (() => Promise.resolve(indexedDbStore({ name })))
	});
	let copy: StoredSweep | null = null;
	const store = {
		load: () => copy,
		save: (sweep: StoredSweep) => {
			copy = sweep;
			return true;
		}
	};
	return { history, sweeps: new KeptSweeps({ history, store }), copied: () => copy };
}

async function violations(): Promise<string[]> {
	const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
	return found.violations.map(({ id }) => id);
}

const items = () => page.getByTestId('kept-sweep');

async function choose(name: string, content: string): Promise<void> {
	await userEvent.upload(
		page.getByTestId('import-runs'),
		new File([content], name, { type: 'application/json' })
	);
}

afterEach(() => {
	for (const name of used.splice(0)) indexedDB.deleteDatabase(name);
});

describe('EarlierSweeps', () => {
	it('lists the sweeps among the runs, opens one, and says which one is shown', async () => {
		const { history, sweeps, copied } = fresh();
		for (const day of DAYS) await history.keep(sampleSweep(day));
		await history.keep(plainRun);
		await history.load();
		let opened = 0;
		await render(EarlierSweeps, { history, sweeps, onopened: () => opened++ });
		expect(items().elements()).toHaveLength(5);
		const title = 'Sweep: RepViT-M0.6, Stem, Squeeze-and-excitation, Depthwise kernel';
		await expect.element(items().first()).toHaveTextContent(title);
		await userEvent.click(page.getByRole('button', { name: 'Show all 6' }));
		expect(items().elements()).toHaveLength(6);

		await userEvent.click(items().nth(5).getByRole('button'));
		expect(opened).toBe(1);
		expect(sweeps.shown?.sweep.run.conditions?.startedAt).toBe(DAYS[5]);
		expect(copied()?.run.conditions?.startedAt).toBe(DAYS[5]);
		await expect.element(items().nth(5)).toHaveTextContent('shown above');
		await expect.element(items().nth(5)).toHaveAttribute('aria-current', 'true');
		expect(items().nth(5).getByRole('button').elements()).toHaveLength(0);
		expect(await violations()).toEqual([]);
	});

	it('says that there is none, and takes one from a file', async () => {
		const { history, sweeps } = fresh();
		await history.load();
		await render(EarlierSweeps, { history, sweeps, onopened: () => undefined });
		await expect.element(page.getByText('No sweep is kept yet.')).toBeVisible();
		await userEvent.click(page.getByText('Open a sweep from a file'));
		const foreign = sampleSweep(DAYS[0]!, { userAgent: FOREIGN });
		const runs = [
			{ name: 'Phone', run: foreign },
			{ name: '', run: plainRun }
		];
		await choose('both.json', runsToJson(runs));
		await expect
			.element(page.getByTestId('import-outcome'))
			.toHaveTextContent('1 sweep opened; runs that are no sweeps, left to the measuring page: 1');
		await expect.element(items()).toHaveTextContent('Phone');
		expect(sweeps.shown?.use).toBe('other-device');
		expect(history.entries).toHaveLength(1);
		expect(await violations()).toEqual([]);
	});

	it('says what is wrong with a file, and keeps what is shown', async () => {
		const { history, sweeps } = fresh();
		await sweeps.take(sampleSweep(DAYS[0]!));
		await history.load();
		await render(EarlierSweeps, { history, sweeps, onopened: () => undefined });
		await userEvent.click(page.getByText('Open a sweep from a file'));
		const problems = page.getByTestId('import-problems');
		await choose('future.json', JSON.stringify({ ...sweeps.shown!.sweep, schemaVersion: 9 }));
		await expect.element(problems).toHaveTextContent('future.json: The run has schema version 9');
		await choose('broken.json', JSON.stringify({ ...sweeps.shown!.sweep, size: 3 }));
		await expect.element(problems).toHaveTextContent('size (no such plan)');
		await choose('photo.json', 'no text of ours');
		await expect.element(problems).toHaveTextContent('This is no JSON text');
		expect(sweeps.shown?.sweep).toEqual(sweepOf(sampleSweep(DAYS[0]!)));
		expect(history.entries).toHaveLength(1);
	});

	it('offers to keep a sweep that is not in the history', async () => {
		const { history, sweeps } = fresh();
		await history.load();
		sweeps.open(sweepOf(sampleSweep(DAYS[0]!))!);
		await render(EarlierSweeps, { history, sweeps, onopened: () => undefined });
		await userEvent.click(page.getByRole('button', { name: 'Keep it there' }));
		await expect.element(items()).toHaveTextContent('shown above');
		expect(page.getByTestId('sweep-missing').elements()).toHaveLength(0);
	});

	it('has no list, and nothing to add, where the history can not be read', async () => {
		const { history, sweeps } = fresh({
			open: () => Promise.reject(new DOMException('no', 'SecurityError'))
		});
		await history.load();
		sweeps.open(sweepOf(sampleSweep(DAYS[0]!))!);
		await render(EarlierSweeps, { history, sweeps, onopened: () => undefined });
		expect(history.trouble?.code).toBe('denied');
		expect(items().elements()).toHaveLength(0);
		expect(page.getByTestId('sweep-missing').elements()).toHaveLength(0);
		await expect.element(page.getByText('Open a sweep from a file')).toBeVisible();
	});
});

describe('a sweep in the history of runs', () => {
	it('is tagged, leads to its page, and opens as a run too', async () => {
		const { history } = fresh();
		await history.keep(sampleSweep(DAYS[0]!), 'Before the update');
		await history.keep(plainRun, 'Laptop');
		const opened: string[] = [];
		await render(HistoryPanel, { history, onopen: (_run, name) => opened.push(name) });
		const item = page.getByTestId('history-item').filter({ hasText: 'Before the update' });
		await expect.element(item.getByText('Sweep', { exact: true })).toBeVisible();
		await expect.element(item).toHaveTextContent('8 networks');
		const id = history.entries.find(({ name }) => name === 'Before the update')!.id;
		await expect
			.element(page.getByRole('link', { name: 'Open the sweep: Before the update' }))
			.toHaveAttribute('href', `/sweep?run=${id}`);
		await userEvent.click(page.getByRole('button', { name: 'Open as a run: Before the update' }));
		expect(opened).toEqual(['Before the update']);
		const other = page.getByTestId('history-item').filter({ hasText: 'Laptop' });
		expect(other.getByRole('link').elements()).toHaveLength(0);
		expect(await violations()).toEqual([]);
	});
});
