import * as v from 'valibot';
import type { CandidateFacts, LaneFacts } from './events';
import type { LaneSpec } from './execution';
import { WEBNN_DEVICES } from './execution';
import { factsSchema, laneFactsSchema } from './messages';
import { count, failureReasonSchema, finite, id, networkSchema, visitPlanSchema } from './schema';
import type { Candidate, VisitPlan } from './types';

/*
 * What the runner says to a lane in another worker, and what it hears. One call at a time: no lane
 * works while another does. Both ends parse what they get.
 */

export type LaneCall =
	| { readonly type: 'start'; readonly lane: LaneSpec }
	| {
			readonly type: 'load';
			readonly id: string;
			readonly design: Candidate['design'];
			readonly seed: number;
			readonly precision: 'float32' | 'float16';
			/** What the heaps of all other lanes hold now. */
			readonly elsewhereBytes: number;
	  }
	| { readonly type: 'run' | 'time-run' | 'release'; readonly id: string }
	| {
			readonly type: 'visit';
			readonly id: string;
			readonly plan: VisitPlan;
			readonly settleMs: number;
	  };

/** What a call gives; a call that fails gives `failed`. */
export type LaneReply =
	| { readonly type: 'started'; readonly facts: LaneFacts; readonly timerStepMs: number }
	/** The session exists, and its first run is still to come. Not the answer yet. */
	| { readonly type: 'loading' }
	/** What the runtime's heap holds now, told before the answer to what may have let it grow. */
	| { readonly type: 'heap'; readonly bytes: number }
	| { readonly type: 'loaded'; readonly facts: CandidateFacts; readonly output: Float32Array }
	| { readonly type: 'done' }
	| { readonly type: 'times'; readonly ms: readonly number[] }
	| {
			readonly type: 'failed';
			readonly reason: v.InferOutput<typeof failureReasonSchema>;
			readonly detail: string;
			/** Nothing more will work in this worker. */
			readonly fatal: boolean;
	  };

const laneSchema: v.GenericSchema<unknown, LaneSpec> = v.variant('backend', [
	v.object({ backend: v.literal('wasm'), threads: v.pipe(count, v.minValue(1)) }),
	v.object({ backend: v.literal('webgpu') }),
	v.object({ backend: v.literal('webnn'), device: v.picklist(WEBNN_DEVICES) })
]);

const callSchema: v.GenericSchema<unknown, LaneCall> = v.variant('type', [
	v.object({ type: v.literal('start'), lane: laneSchema }),
	v.object({
		type: v.literal('load'),
		id,
		design: networkSchema,
		seed: v.number(),
		precision: v.picklist(['float32', 'float16']),
		elsewhereBytes: finite
	}),
	v.object({ type: v.picklist(['run', 'time-run', 'release']), id }),
	v.object({ type: v.literal('visit'), id, plan: visitPlanSchema, settleMs: finite })
]);

const replySchema: v.GenericSchema<unknown, LaneReply> = v.variant('type', [
	v.object({ type: v.literal('started'), facts: laneFactsSchema, timerStepMs: finite }),
	v.object({ type: v.literal('loading') }),
	v.object({ type: v.literal('heap'), bytes: finite }),
	v.object({
		type: v.literal('loaded'),
		facts: factsSchema,
		output: v.instance(Float32Array)
	}),
	v.object({ type: v.literal('done') }),
	v.object({ type: v.literal('times'), ms: v.array(finite) }),
	v.object({
		type: v.literal('failed'),
		reason: failureReasonSchema,
		detail: v.string(),
		fatal: v.boolean()
	})
]);

/** @throws {v.ValiError} for what is no call */
export function parseLaneCall(message: unknown): LaneCall {
	return v.parse(callSchema, message);
}

/** @throws {v.ValiError} for what is no reply */
export function parseLaneReply(message: unknown): LaneReply {
	return v.parse(replySchema, message);
}
