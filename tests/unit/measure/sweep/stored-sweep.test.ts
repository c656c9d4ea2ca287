import { describe, expect, test } from 'vitest';
import { findNamedDesign } from '$lib/arch/named-designs';
import { defaultFactor } from '$lib/measure/sweep/factors';
import { parseSweep, planOf, storedSweep } from '$lib/measure/sweep/stored-sweep';
import { sweepPlan } from '$lib/measure/sweep/sweep-plan';
import { runResult } from '../../charts/sample-data';

const base = findNamedDesign('repvit-m0.6')!.design;
const plan = sweepPlan(base, (['stem', 'se', 'kernel', 'mixing'] as const).map(defaultFactor), 8);
const stored = storedSweep(plan, runResult({}));
const json = () => JSON.parse(JSON.stringify(stored)) as Record<string, unknown>;

describe('a stored sweep', () => {
	test('is read back as it was, plan and all', () => {
		expect(parseSweep(json())).toEqual(stored);
		expect(planOf(parseSweep(json())!)).toEqual(plan);
	});

	test.each([
		['another schema', { schema: 'repvit-explorer/run' }],
		['a version from the future', { schemaVersion: 2 }],
		['a plan that there is not', { size: 12 }],
		['a run that is broken', { run: {} }],
		['a level that the choice does not have', { factors: [{ key: 'se', low: 'none', high: 3 }] }],
		['two equal levels', { factors: [{ key: 'se', low: 'none', high: 'none' }], size: 2 }],
		['a choice twice', { factors: [defaultFactor('se'), defaultFactor('se')], size: 4 }]
	])('is refused with %s', (_, change) => {
		expect(parseSweep({ ...json(), ...change })).toBeNull();
	});

	test('is refused where it is none at all', () => {
		for (const other of [null, 'x', [], {}]) expect(parseSweep(other)).toBeNull();
	});
});
