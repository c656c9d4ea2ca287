import * as v from 'valibot';
import { count, estimateSchema, finite, id } from './schema';
import type { Calibration, RunCheck } from './check-types';

/* Schemas of what a run says of itself: see schema.ts. */

const outcome = v.picklist(['passed', 'flagged', 'failed', 'not-enough']);

export const checkSchema: v.GenericSchema<unknown, RunCheck> = v.variant('name', [
	v.object({
		name: v.literal('control'),
		outcome,
		ratio: estimateSchema,
		passLimit: finite,
		failLimit: finite
	}),
	v.object({
		name: v.picklist(['drift', 'thirds']),
		outcome,
		change: v.nullable(finite),
		limit: finite
	}),
	v.object({
		name: v.literal('dependence'),
		outcome,
		largest: v.nullable(finite),
		limit: finite,
		blocked: v.array(v.object({ a: id, b: id, correlation: finite, blockLength: count }))
	})
]);

export const calibrationSchema: v.GenericSchema<unknown, Calibration> = v.object({
	startedAt: v.pipe(v.string(), v.isoTimestamp()),
	label: v.string(),
	ratio: v.nullable(estimateSchema),
	verdict: v.nullable(v.picklist(['faster', 'slower', 'cannot-tell'])),
	roundCount: count,
	emptyCallMs: v.nullable(finite),
	timerStepMs: v.nullable(finite),
	outcome
});
