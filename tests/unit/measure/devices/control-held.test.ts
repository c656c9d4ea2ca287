import { expect, test } from 'vitest';
import { controlHeld } from '$lib/measure/devices/control-held';
import type { RunResult } from '$lib/measure/types';
import { exampleRun } from '../example-run';

const judged = (low: number, high: number) => ({
	control: { ratio: { value: (low + high) / 2, low, high }, verdict: 'cannot-tell' as const }
});
const checked = (outcome: 'passed' | 'flagged' | 'failed'): RunResult => ({
	...exampleRun(),
	checks: [
		{
			name: 'control',
			outcome,
			ratio: { value: 1, low: 0.99, high: 1.01 },
			passLimit: 0.01,
			failLimit: 0.02
		}
	]
});

test('a run is as reliable as its own check says', () => {
	expect(controlHeld(judged(0.93, 1.08), checked('flagged'))).toBe(true);
	expect(controlHeld(judged(0.995, 1.004), checked('failed'))).toBe(false);
});

test('of a shared summary the interval must hold 1 and be no wider than any target', () => {
	expect(controlHeld(judged(0.96, 1.03), null)).toBe(true);
	expect(controlHeld(judged(1.002, 1.008), null)).toBe(false);
	expect(controlHeld(judged(0.93, 1.08), null)).toBe(false);
	expect(controlHeld({ control: null }, null)).toBe(true);
});
