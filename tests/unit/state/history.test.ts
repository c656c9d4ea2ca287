import { describe, expect, it } from 'vitest';
import { runToJson } from '$lib/measure/export';
import { parseRunsJson, runsToJson } from '$lib/measure/history/bundle';
import { RunHistory } from '$lib/state/history.svelte';
import { exampleRun, runAt } from '../measure/example-run';
import { FakeStore, historyOn } from './fake-history';

const OTHER = '2026-01-02T03:04:05.678Z';

describe('the history', () => {
	it('keeps a run once, and another one reads it again', async () => {
		const store = new FakeStore();
		const history = historyOn(store);
		expect(history.phase).toBe('unread');
		expect(await history.keep(exampleRun())).toBe(true);
		expect(await history.keep(exampleRun())).toBe(true);
		expect(await history.keep(runAt(OTHER))).toBe(true);
		expect(history.entries).toHaveLength(2);

		const again = historyOn(store);
		await again.load();
		expect(again.phase).toBe('read');
		expect(again.entries).toEqual(history.entries);
		expect(again.entries[0]).toMatchObject({ keptAt: '2026-11-27T12:00:00.000Z', name: '' });
	});

	it('has no place for a run without samples', async () => {
		const history = historyOn();
		const empty = { ...exampleRun(), candidates: [] };
		expect(await history.keep(empty)).toBe(false);
		expect(history.entries).toEqual([]);
		expect(history.trouble).toBeNull();
	});

	it('keeps the name that a run has when the run is kept again', async () => {
		const history = historyOn();
		await history.keep(exampleRun());
		await history.rename(history.entries[0]!.id, 'Laptop');
		await history.keep(exampleRun());
		expect(history.entries.map(({ name }) => name)).toEqual(['Laptop']);
	});

	it('takes a new name and a removal back', async () => {
		const store = new FakeStore();
		const history = historyOn(store);
		await history.keep(exampleRun(), 'First');
		const [{ id } = { id: '' }] = history.entries;

		await history.rename(id, 'Second');
		expect(history.undoable).toMatchObject({ kind: 'renamed', before: { name: 'First' } });
		await history.undo();
		expect(history.entries[0]!.name).toBe('First');
		expect(history.undoable).toBeNull();

		await history.remove(id);
		expect(history.entries).toEqual([]);
		expect(store.records.size).toBe(0);
		await history.undo();
		expect(history.entries[0]).toMatchObject({ id, name: 'First', state: 'readable' });
		expect(store.records.size).toBe(1);
	});

	it('lists what it cannot read, with the reason, between what it can', async () => {
		const store = new FakeStore();
		const history = historyOn(store);
		await history.keep(exampleRun());
		store.records.set('broken', { run: { ...exampleRun(), roundCount: 'many' } });
		await history.load();
		const broken = history.entries.find(({ state }) => state === 'unreadable');
		expect(broken).toMatchObject({
			id: 'broken',
			problem: { code: 'invalid', path: 'roundCount' }
		});
		expect(history.entries.filter(({ state }) => state === 'readable')).toHaveLength(1);
		// And it can be taken away, and back.
		await history.remove('broken');
		expect(history.entries).toHaveLength(1);
		await history.undo();
		expect(store.records.get('broken')).toMatchObject({ run: { roundCount: 'many' } });
	});

	it.each(['absent', 'denied', 'full', 'blocked', 'newer', 'failed'] as const)(
		'says so when the storage is %s, loses nothing, and tries again',
		async (code) => {
			const store = new FakeStore();
			const history = historyOn(store);
			await history.keep(exampleRun());
			const before = history.entries;
			const [{ id } = { id: '' }] = before;

			store.refusing = code;
			expect(await history.keep(runAt(OTHER))).toBe(false);
			expect(history.trouble).toEqual({ task: 'keep', code, detail: 'as told' });
			await history.rename(id, 'New');
			expect(history.trouble?.task).toBe('rename');
			await history.remove(id);
			expect(history.trouble?.task).toBe('remove');
			await history.load();
			expect(history.trouble?.task).toBe('read');
			expect(history.entries).toEqual(before);
			expect(history.undoable).toBeNull();

			store.refusing = null;
			expect(await history.keep(runAt(OTHER))).toBe(true);
			expect(history.trouble).toBeNull();
			expect(history.entries).toHaveLength(2);
		}
	);

	it('keeps a removal undoable when undoing is refused', async () => {
		const store = new FakeStore();
		const history = historyOn(store);
		await history.keep(exampleRun());
		await history.remove(history.entries[0]!.id);
		store.refusing = 'full';
		await history.undo();
		expect(history.trouble).toMatchObject({ task: 'undo', code: 'full' });
		expect(history.undoable).not.toBeNull();
		store.refusing = null;
		await history.undo();
		expect(history.entries).toHaveLength(1);
	});

	it('says so when the database’s own code cannot be fetched', async () => {
		const history = new RunHistory({ open: () => Promise.reject(new TypeError('offline')) });
		await history.load();
		expect(history.trouble).toEqual({
			task: 'read',
			code: 'failed',
			detail: 'TypeError: offline'
		});
		expect(history.phase).toBe('unread');
	});
});

describe('a file of runs', () => {
	it('goes into the history: new ones are kept, known ones recognised, bad ones left', async () => {
		const history = historyOn();
		await history.keep(exampleRun(), 'Mine');
		const text = runsToJson([
			{ name: 'Theirs', run: exampleRun() },
			{ name: 'Phone', run: runAt(OTHER) },
			{ name: '', run: runAt(OTHER) },
			{ name: 'Bad', run: {} }
		]);
		const read = parseRunsJson(text);
		if (!read.ok) throw new Error('it is a file of runs');
		expect(await history.take(read.runs)).toEqual({ kept: 1, known: 2, refused: 0 });
		expect(history.entries.map(({ name }) => name).sort()).toEqual(['Mine', 'Phone']);
	});

	it('out of the history and in again is the same history', async () => {
		const history = historyOn();
		await history.keep(exampleRun(), 'One');
		await history.keep(runAt(OTHER), 'Two');
		const text = runsToJson(
			history.entries.flatMap((entry) =>
				entry.state === 'readable' ? [{ name: entry.name, run: entry.result }] : []
			)
		);
		const fresh = historyOn();
		const read = parseRunsJson(text);
		if (!read.ok) throw new Error('it is a file of runs');
		expect(await fresh.take(read.runs)).toEqual({ kept: 2, known: 0, refused: 0 });
		expect(fresh.entries.map(({ id, name }) => [id, name])).toEqual(
			history.entries.map(({ id, name }) => [id, name])
		);
	});

	it('says what the storage refused', async () => {
		const store = new FakeStore();
		const history = historyOn(store);
		await history.load();
		store.refusing = 'full';
		const read = parseRunsJson(runToJson(exampleRun()));
		if (!read.ok) throw new Error('it is a run');
		expect(await history.take(read.runs)).toEqual({ kept: 0, known: 0, refused: 1 });
		expect(history.trouble?.code).toBe('full');
	});
});
