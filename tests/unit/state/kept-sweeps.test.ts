import { describe, expect, it } from 'vitest';
import { parseRunsJson, type ReadRun } from '$lib/measure/history/bundle';
import { runId } from '$lib/measure/history/run-id';
import { sweepOf, type StoredSweep } from '$lib/measure/sweep/stored-sweep';
import type { RunResult } from '$lib/measure/types';
import { KeptSweeps } from '$lib/state/kept-sweeps.svelte';
import { exampleRun } from '../measure/example-run';
import { SMALL_PLAN, sweepRun } from '../measure/sweep/sweep-run';
import { FakeStore, historyOn } from './fake-history';

const EARLIER = '2026-11-20T08:00:00.000Z';
const LATER = '2026-11-27T08:00:00.000Z';

const { userAgent, logicalCores } = exampleRun().conditions!;

/** A page over a history and a copy that outlive it. */
function setUp({ cores = logicalCores }: { readonly cores?: number | null } = {}) {
	const store = new FakeStore();
	const copy = { sweep: null as StoredSweep | null, isFull: false };
	const page = () => {
		const history = historyOn(store);
		const sweeps = new KeptSweeps({
			history,
			store: {
				load: () => copy.sweep,
				save: (sweep) => {
					if (!copy.isFull) copy.sweep = sweep;
					return !copy.isFull;
				}
			},
			device: () => ({ userAgent, logicalCores: cores })
		});
		return { history, sweeps };
	};
	return { store, copy, page };
}

function asFile(...runs: readonly RunResult[]): readonly ReadRun[] {
	const read = parseRunsJson(JSON.stringify(runs));
	if (!read.ok) throw new Error('it is a list of runs');
	return read.runs;
}

describe('kept sweeps', () => {
	it('hold every sweep that ended, and show the last one when the page comes again', async () => {
		const { copy, page } = setUp();
		const first = page();
		await first.sweeps.take(sweepRun(EARLIER));
		await first.sweeps.take(sweepRun(LATER));
		expect(first.sweeps.shown).toMatchObject({ origin: 'measured', use: 'used' });
		expect(first.sweeps.isShownKept).toBe(true);

		const { history, sweeps } = page();
		sweeps.showLast();
		expect(sweeps.shown).toMatchObject({ origin: 'last', use: 'used', sweep: copy.sweep });
		await history.keep(exampleRun());
		await history.load();
		expect(sweeps.entries.map(({ sweep }) => sweep.run.conditions?.startedAt)).toEqual([
			LATER,
			EARLIER
		]);
		expect(history.entries).toHaveLength(3);
	});

	it('open by hand and by id, and what is open is what predictions come from', async () => {
		const { copy, page } = setUp();
		const { history, sweeps } = page();
		await sweeps.take(sweepRun(EARLIER));
		await sweeps.take(sweepRun(LATER));
		await history.keep(exampleRun());
		await history.load();
		sweeps.open(sweeps.entries[1]!.sweep);
		expect(sweeps.shown).toMatchObject({ origin: 'opened', use: 'used' });
		expect(copy.sweep?.run.conditions?.startedAt).toBe(EARLIER);

		expect(sweeps.openById(runId(sweepRun(LATER)))).toBeNull();
		expect(copy.sweep?.run.conditions?.startedAt).toBe(LATER);
		expect(sweeps.openById(runId(exampleRun()))).toBe('no-sweep');
		expect(sweeps.openById('20260101000000-00')).toBe('unknown');
		// What could not be opened changes nothing.
		expect(sweeps.shown?.sweep.run.conditions?.startedAt).toBe(LATER);
	});

	it('say why an id opens nothing where the history can tell nothing of it', async () => {
		const { store, page } = setUp();
		store.records.set('broken', { run: { ...sweepRun(LATER), roundCount: -1 } });
		const { history, sweeps } = page();
		expect(sweeps.openById('broken')).toBe('not-read');
		await history.load();
		expect(sweeps.openById('broken')).toBe('unreadable');
	});

	it('predict nothing of this device from another one, nor from a sweep without figures', async () => {
		const { copy, page } = setUp({ cores: 64 });
		const { sweeps } = page();
		sweeps.open(sweepOf(sweepRun(LATER))!);
		expect(sweeps.shown).toMatchObject({ origin: 'opened', use: 'other-device' });
		expect(copy.sweep).toBeNull();

		const same = setUp();
		const there = same.page().sweeps;
		there.open(sweepOf(sweepRun(LATER, SMALL_PLAN, 1))!);
		expect(there.shown?.use).toBe('few-rounds');
		expect(same.copy.sweep).toBeNull();
	});

	it('predict from a sweep that was stopped only where there is no other, or where it is opened', async () => {
		const { copy, page } = setUp();
		const { sweeps } = page();
		const stopped = (startedAt: string) => ({
			...sweepRun(startedAt),
			status: { state: 'stopped' } as const
		});
		await sweeps.take(stopped(EARLIER));
		expect(sweeps.shown?.use).toBe('used');
		await sweeps.take(stopped(LATER));
		expect(sweeps.shown?.use).toBe('cut-short');
		expect(copy.sweep?.run.conditions?.startedAt).toBe(EARLIER);
		expect(sweeps.entries).toHaveLength(2);
		sweeps.open(sweeps.shown!.sweep);
		expect(copy.sweep?.run.conditions?.startedAt).toBe(LATER);
	});

	it('leave on screen what was there when a sweep ends before it has figures, and keep it', async () => {
		const { page } = setUp();
		const { history, sweeps } = page();
		await sweeps.take(sweepRun(EARLIER));
		await sweeps.take(sweepRun(LATER, SMALL_PLAN, 1));
		expect(sweeps.shown?.sweep.run.conditions?.startedAt).toBe(EARLIER);
		expect(history.entries).toHaveLength(2);
	});

	it.each(['full', 'denied'] as const)(
		'stay on screen when storage is %s, and can be kept later',
		async (code) => {
			const { store, copy, page } = setUp();
			const { history, sweeps } = page();
			await history.load();
			store.refusing = code;
			copy.isFull = true;
			await sweeps.take(sweepRun(LATER));
			expect(history.trouble).toMatchObject({ code, task: 'keep' });
			expect(sweeps.shown).toMatchObject({ origin: 'measured', use: 'no-room' });
			expect(sweeps.isShownMissing).toBe(true);

			store.refusing = null;
			await sweeps.keepShown();
			expect(history.trouble).toBeNull();
			expect(sweeps.isShownMissing).toBe(false);
			expect(sweeps.isShownKept).toBe(true);
		}
	);

	it('take the sweeps of a file, open the first, and leave other runs out', async () => {
		const { page } = setUp();
		const { history, sweeps } = page();
		const file = asFile(exampleRun(), sweepRun(EARLIER), sweepRun(LATER));
		expect(await sweeps.takeFile(file)).toEqual({ sweeps: 2, others: 1 });
		expect(sweeps.shown).toMatchObject({ origin: 'opened', id: runId(sweepRun(EARLIER)) });
		expect(history.entries.map(({ id }) => id)).toEqual([
			runId(sweepRun(LATER)),
			runId(sweepRun(EARLIER))
		]);

		expect(await sweeps.takeFile(asFile(exampleRun()))).toEqual({ sweeps: 0, others: 1 });
		expect(sweeps.shown?.id).toBe(runId(sweepRun(EARLIER)));
		expect(history.entries).toHaveLength(2);
	});

	it('show the sweep of a file although the history refuses it', async () => {
		const { store, page } = setUp();
		const { history, sweeps } = page();
		store.refusing = 'full';
		await sweeps.takeFile(asFile(sweepRun(LATER)));
		expect(sweeps.shown?.origin).toBe('opened');
		expect(history.trouble?.code).toBe('full');
	});

	it('show the example of the site, and neither keep it nor predict from it', async () => {
		const { copy, page } = setUp();
		const { history, sweeps } = page();
		await history.load();
		const example = sweepOf(sweepRun(EARLIER))!;
		sweeps.openExample(example);
		expect(sweeps.shown).toMatchObject({ origin: 'opened', use: 'example', sweep: example });
		expect(sweeps.isShownMissing).toBe(false);
		expect(copy.sweep).toBeNull();
		expect(history.entries).toHaveLength(0);
	});
});
