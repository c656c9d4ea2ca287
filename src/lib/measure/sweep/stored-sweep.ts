import * as v from 'valibot';
import { OPTIONS, type Design } from '../../arch/design';
import { planSizes } from '../../stats/two-level';
import { parseRun } from '../export';
import { designSchema } from '../schema';
import type { RunResult } from '../types';
import { SWEEP_KEYS, type Factor } from './factors';
import { sweepPlan, type SweepPlan } from './sweep-plan';

/** A sweep as it is kept and exported: what was asked, and the run. All else follows from these. */
export interface StoredSweep {
	readonly schema: 'repvit-explorer/sweep';
	readonly schemaVersion: 1;
	readonly base: Design;
	readonly factors: readonly Factor[];
	/** Corners measured. */
	readonly size: number;
	readonly run: RunResult;
}

const factorSchema = v.pipe(
	v.object({
		key: v.picklist(SWEEP_KEYS),
		low: v.union([v.string(), v.number()]),
		high: v.union([v.string(), v.number()])
	}),
	v.check(({ key, low, high }) => {
		const options: readonly unknown[] = OPTIONS[key];
		return low !== high && options.includes(low) && options.includes(high);
	}, 'not two values of this choice')
) as v.GenericSchema<unknown, Factor>;

const storedSchema = v.pipe(
	v.object({
		schema: v.literal('repvit-explorer/sweep'),
		schemaVersion: v.literal(1),
		base: designSchema,
		factors: v.pipe(
			v.array(factorSchema),
			v.check((all) => new Set(all.map(({ key }) => key)).size === all.length, 'choices repeat')
		),
		size: v.number(),
		run: v.unknown()
	}),
	v.check(({ factors, size }) => planSizes(factors.length).includes(size), 'no such plan')
);

export function storedSweep(plan: SweepPlan, run: RunResult): StoredSweep {
	return {
		schema: 'repvit-explorer/sweep',
		schemaVersion: 1,
		base: plan.base,
		factors: plan.factors,
		size: plan.corners.length,
		run
	};
}

/** Reads a stored sweep; null for anything else. Never throws. */
export function parseSweep(json: unknown): StoredSweep | null {
	const parsed = v.safeParse(storedSchema, json);
	if (!parsed.success) return null;
	const run = parseRun(parsed.output.run);
	return run.ok ? { ...parsed.output, run: run.result } : null;
}

export function planOf({ base, factors, size }: StoredSweep): SweepPlan {
	return sweepPlan(base, factors, size);
}
