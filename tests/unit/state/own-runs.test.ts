import { expect, test } from 'vitest';
import { readRecord, recordOf } from '$lib/measure/history/entry';
import type { RunResult } from '$lib/measure/types';
import { runsOfThisDevice } from '$lib/state/own-runs';
import { exampleRun, runAt } from '../measure/example-run';

const entryOf = (result: RunResult) =>
	readRecord(recordOf(result, { keptAt: '2026-11-27T12:00:00.000Z' }));

const run = exampleRun();
const device = run.conditions!;
const at = (day: number, more: Partial<RunResult> = {}): RunResult => ({
	...runAt(`2026-01-0${day}T03:04:05.678Z`),
	...more
});

test('the run of this visit comes first, and once', () => {
	const older = at(2);
	const runs = runsOfThisDevice(run, [entryOf(run), entryOf(older)], device);
	expect(runs.map(({ conditions }) => conditions?.startedAt)).toEqual([
		device.startedAt,
		older.conditions?.startedAt
	]);
	expect(runsOfThisDevice(null, [entryOf(older)], device)).toHaveLength(1);
});

test('what is not of this device, of another major, unreliable or unreadable is left out', () => {
	const elsewhere = at(3, { conditions: { ...device, logicalCores: 64 } });
	const protocol = at(4, { conditions: { ...device, protocolVersion: '0.9.0' } });
	const ratio = { value: 1.2, low: 1.1, high: 1.3 };
	const control = { name: 'control', ratio, passLimit: 0.01, failLimit: 0.02 } as const;
	const failed = at(5, { checks: [{ ...control, outcome: 'failed' }] });
	const flagged = at(6, { checks: [{ ...control, outcome: 'flagged' }] });
	const broken = readRecord({ id: 'x', value: { run: 'nothing' } });
	const entries = [elsewhere, protocol, failed, flagged].map(entryOf);
	expect(entries.map(({ state }) => state)).toEqual(Array(4).fill('readable'));
	expect(runsOfThisDevice(null, [...entries, broken], device)).toHaveLength(1);
});

test('of a sweep the control says nothing by its width, only where it does not hold 1', () => {
	const sweep = { base: run.candidates[0]!.candidate.design, factors: [], size: 8 } as never;
	const wide = (low: number, high: number): RunResult => {
		const ratio = { value: (low + high) / 2, low, high };
		const base = at(7);
		return {
			...base,
			options: { ...base.options, sweep },
			control: { ratio, verdict: 'cannot-tell' },
			checks: [{ name: 'control', ratio, passLimit: 0.01, failLimit: 0.02, outcome: 'failed' }]
		};
	};
	const entries = (result: RunResult) => [{ ...entryOf(run), state: 'readable' as const, result }];
	expect(runsOfThisDevice(null, entries(wide(0.93, 1.06)), device)).toHaveLength(1);
	expect(runsOfThisDevice(null, entries(wide(1.02, 1.06)), device)).toHaveLength(0);
});
