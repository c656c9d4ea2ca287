import { describe, expect, it } from 'vitest';
import { parseRunsJson, runsToJson, type ReadRun } from '$lib/measure/history/bundle';
import { readRecord, recordOf, type HistoryEntry } from '$lib/measure/history/entry';
import { summarise } from '$lib/measure/share/summary';
import type { RunResult } from '$lib/measure/types';
import { DeviceShelf } from '$lib/state/devices.svelte';
import { exampleRun, exampleText, runAt } from '../measure/example-run';
import { sweepRun } from '../measure/sweep/sweep-run';

const OTHER = '2026-01-02T03:04:05.678Z';

function runsOf(text: string): readonly ReadRun[] {
	const read = parseRunsJson(text);
	if (!read.ok) throw new Error('it is a file of runs');
	return read.runs;
}

function entryOf(run: RunResult, name = ''): HistoryEntry {
	return readRecord(recordOf(run, { name, keptAt: OTHER }));
}

function underProtocol(run: RunResult, protocolVersion: string): RunResult {
	return { ...run, conditions: { ...run.conditions!, protocolVersion } };
}

const originsOf = ({ runs }: DeviceShelf) => runs.map(({ origin, name }) => [origin, name]);

describe('the shelf of devices', () => {
	it('begins with the paper’s phone, which can be left out', () => {
		const shelf = new DeviceShelf();
		expect(shelf.columns.map(({ kind }) => kind)).toEqual(['reported']);
		shelf.isReportedShown = false;
		expect(shelf.columns).toEqual([]);
	});

	it('takes runs from everywhere, each once', () => {
		const shelf = new DeviceShelf();
		shelf.takeExample(runsOf(exampleText()));
		shelf.takeFile(runsOf(runsToJson([{ name: 'Phone', run: runAt(OTHER) }])));
		shelf.takeFile(runsOf(runsToJson([{ name: 'Again', run: runAt(OTHER) }])));
		const shared = { name: 'Shared', summary: summarise(exampleRun())! };
		shelf.takeLink(shared, '1.a');
		shelf.takeLink(shared, '1.a');
		const [first] = originsOf(shelf);
		expect(first?.[0]).toBe('example');
		expect(originsOf(shelf).slice(1)).toEqual([
			['file', 'Phone'],
			['link', 'Shared']
		]);
		expect(shelf.columns).toHaveLength(4);
		expect(shelf.runOf(shelf.columns[2]!)?.name).toBe('Shared');
		expect(shelf.runs.map(({ result }) => result !== null)).toEqual([true, true, false]);
	});

	it('lists a sweep of the history, and draws its many networks only when asked', () => {
		const shelf = new DeviceShelf();
		shelf.takeHistory([entryOf(sweepRun(OTHER)), entryOf(exampleRun())]);
		expect(shelf.runs.map(({ isShown }) => isShown)).toEqual([false, true]);
		shelf.toggle(shelf.runs[0]!.id);
		expect(shelf.columns).toHaveLength(3);
	});

	it('follows the history: new names, removals, and what was ticked stays', () => {
		const shelf = new DeviceShelf();
		shelf.takeHistory([entryOf(exampleRun(), 'One'), entryOf(runAt(OTHER), 'Two')]);
		expect(shelf.columns).toHaveLength(3);
		shelf.toggle(shelf.runs[0]!.id);
		expect(shelf.columns).toHaveLength(2);
		shelf.takeHistory([entryOf(exampleRun(), 'First'), entryOf(runAt(OTHER), 'Two')]);
		expect(shelf.runs.map(({ name, isShown }) => [name, isShown])).toEqual([
			['First', false],
			['Two', true]
		]);
		shelf.takeHistory([entryOf(runAt(OTHER), 'Two'), readRecord({ id: 'broken', value: 1 })]);
		expect(originsOf(shelf)).toEqual([['history', 'Two']]);
	});

	it('counts a file’s run as kept once it is in the history', () => {
		const shelf = new DeviceShelf();
		shelf.takeFile(runsOf(runsToJson([{ name: 'File', run: exampleRun() }])));
		shelf.takeHistory([entryOf(exampleRun(), 'Kept')]);
		expect(originsOf(shelf)).toEqual([['history', 'Kept']]);
	});

	it('never draws two protocols together', () => {
		const shelf = new DeviceShelf();
		shelf.takeHistory([entryOf(exampleRun(), 'Own')]);
		shelf.takeFile(
			runsOf(runsToJson([{ name: 'Future', run: underProtocol(runAt(OTHER), '9.1.0') }]))
		);
		expect(shelf.majors).toHaveLength(2);
		expect(shelf.otherProtocol.map(({ name }) => name)).toEqual(['Future']);
		expect(shelf.columns.map(({ kind }) => kind)).toEqual(['measured', 'reported']);
		shelf.major = '9';
		expect(shelf.otherProtocol.map(({ name }) => name)).toEqual(['Own']);
		expect(shelf.columns).toHaveLength(2);
	});

	it('shows what there is where no run is of this site’s protocol', () => {
		const shelf = new DeviceShelf();
		shelf.takeFile(runsOf(runsToJson([{ name: '', run: underProtocol(exampleRun(), '9.0.0') }])));
		expect(shelf.major).toBe('9');
		expect(shelf.otherProtocol).toEqual([]);
	});

	it('lets a run go', () => {
		const shelf = new DeviceShelf();
		shelf.takeExample(runsOf(exampleText()));
		shelf.remove(shelf.runs[0]!.id);
		expect(shelf.columns.map(({ kind }) => kind)).toEqual(['reported']);
	});
});
