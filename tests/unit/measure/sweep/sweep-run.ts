import { findNamedDesign } from '$lib/arch/named-designs';
import { defaultFactor } from '$lib/measure/sweep/factors';
import { sweepPlan, type SweepPlan } from '$lib/measure/sweep/sweep-plan';
import type { RunResult } from '$lib/measure/types';
import { runAt } from '../example-run';
import { simulatedRun } from './simulated-run';

export const SMALL_PLAN: SweepPlan = sweepPlan(
	findNamedDesign('repvit-m0.6')!.design,
	(['stem', 'se', 'kernel', 'mixing'] as const).map(defaultFactor),
	8
);

/** The whole run of a sweep, as the page would keep it, under the conditions of the example. */
export function sweepRun(startedAt: string, plan: SweepPlan = SMALL_PLAN, rounds = 24): RunResult {
	const run = simulatedRun(plan, { logOf: ([stem]) => 0.1 * stem!, noise: 0.002, rounds });
	return { ...runAt(startedAt), ...run, control: null, pairs: [], roundCount: rounds };
}
