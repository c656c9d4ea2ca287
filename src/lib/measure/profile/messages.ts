import * as v from 'valibot';
import { networkSchema } from '../schema';
import type { ProfileFailureReason } from './failure';

/** To the worker: what to profile, and how often to run it. */
export const ProfileRequest = v.object({
	design: networkSchema,
	seed: v.number(),
	warmUpRuns: v.pipe(v.number(), v.integer(), v.minValue(0)),
	runs: v.pipe(v.number(), v.integer(), v.minValue(1))
});
export type ProfileRequest = v.InferOutput<typeof ProfileRequest>;

const finite = v.pipe(v.number(), v.finite());

/** What a worker can tell of itself; that it is gone, others see. */
export const WorkerFailure = v.picklist([
	'out-of-memory',
	'illegal-design',
	'model-refused',
	'runtime-refused',
	'no-trace'
] as const satisfies readonly ProfileFailureReason[]);
export type WorkerFailure = v.InferOutput<typeof WorkerFailure>;

/** From the worker: what the trace says, or why there is none; and that it is at work, until then. */
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
	/** A sign of life. */
	v.object({ isAlive: v.literal(true) }),
	v.object({ failed: WorkerFailure, detail: v.string() })
]);
export type ProfileReply = v.InferOutput<typeof ProfileReply>;

/** What a trace said. */
export type ProfileTold = Extract<ProfileReply, { readonly kernels: unknown }>;
