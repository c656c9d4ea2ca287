import { findNamedDesign } from '$lib/arch/named-designs';
import { parseRunsJson } from '$lib/measure/history/bundle';
import { defaultFactor, type SweepKey } from '$lib/measure/sweep/factors';
import { sweepPlan } from '$lib/measure/sweep/sweep-plan';
import type { RunResult } from '$lib/measure/types';
import { simulatedRun } from '../../unit/measure/sweep/simulated-run';

const read = parseRunsJson(await (await fetch('/examples/runs.json')).text());
const first = read.ok ? read.runs[0] : undefined;
if (!first?.ok) throw new Error('the example is a file of runs');

/** A run without a sweep, from another machine. */
export const plainRun: RunResult = first.result;

/** A sweep of this browser, or of the one whose user agent is given. */
export function sampleSweep(
	startedAt: string,
	{
		design = 'repvit-m0.6',
		keys = ['stem', 'se', 'kernel'],
		userAgent = navigator.userAgent
	}: {
		readonly design?: string;
		readonly keys?: readonly SweepKey[];
		readonly userAgent?: string;
	} = {}
): RunResult {
	const { design: base } = findNamedDesign(design)!;
	const plan = sweepPlan(base, keys.map(defaultFactor), 2 ** keys.length);
	const logicalCores = navigator.hardwareConcurrency;
	return {
		...plainRun,
		...simulatedRun(plan, { logOf: ([one]) => 0.1 * one!, noise: 0.002 }),
		conditions: { ...plainRun.conditions!, startedAt, userAgent, logicalCores },
		control: null,
		pairs: [],
		roundCount: 24
	};
}
