import * as v from 'valibot';
import { networkSchema } from '../schema';

/** To the worker: what to profile, and how often to run it. */
export const ProfileRequest = v.object({
	design: networkSchema,
	seed: v.number(),
	warmUpRuns: v.pipe(v.number(), v.integer(), v.minValue(0)),
	runs: v.pipe(v.number(), v.integer(), v.minValue(1))
});
export type ProfileRequest = v.InferOutput<typeof ProfileRequest>;

const finite = v.pipe(v.number(), v.finite());

/** From the worker: what the trace says, or why there is none. */
export const ProfileReply = v.union([
	v.object({
		kernels: v.array(v.object({ name: v.string(), medianMs: finite })),
		runMs: finite,
		kernelMs: finite,
		overheadMs: finite,
		/** By the page's clock and without the profiler, in turn with the profiled runs. */
		wallMs: finite,
		/** Null where the device has no room for the two models. */
		peaks: v.nullable(v.object({ macsPerSecond: finite, bytesPerSecond: finite })),
		runs: v.number(),
		runtime: v.object({ name: v.string(), version: v.string() })
	}),
	v.object({ error: v.string() })
]);
export type ProfileReply = v.InferOutput<typeof ProfileReply>;
