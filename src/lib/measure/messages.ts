import * as v from 'valibot';
import { designSchema } from './design-schema';
import type { CandidateFacts, LaneFacts, RoundRecord, WorkerCommand, WorkerEvent } from './events';
import {
	backendInfoSchema,
	candidateStatusSchema,
	coldSchema,
	count,
	doneStatus,
	dropReasonSchema,
	failedStatus,
	finite,
	flagsSchema,
	holdSchema,
	id,
	logEventSchema,
	outputCheckSchema,
	runOptionsSchema,
	visitPlanSchema
} from './schema';

/** Both ends parse what they get: a message that is not understood is a fault with a name. */

const roundSchema: v.GenericSchema<unknown, RoundRecord> = v.object({
	round: count,
	startMs: finite,
	durationMs: finite,
	visits: v.array(v.object({ id, control: v.boolean(), ms: v.array(finite) }))
});

export const factsSchema: v.GenericSchema<unknown, CandidateFacts> = v.object({
	params: v.optional(count),
	macs: v.optional(count),
	modelSha256: v.optional(v.nullable(v.string())),
	modelBytes: v.optional(count),
	outputChecksum: v.optional(v.string()),
	outputCheck: v.optional(outputCheckSchema),
	cold: v.optional(coldSchema),
	warmupRuns: v.optional(count),
	visitPlan: v.optional(visitPlanSchema),
	flags: v.optional(flagsSchema)
});

export const laneFactsSchema: v.GenericSchema<unknown, LaneFacts> = v.object({
	id,
	backend: backendInfoSchema,
	emptyCallMs: v.nullable(finite)
});

const conditionsSchema = v.object({
	lanes: v.pipe(v.array(laneFactsSchema), v.minLength(1)),
	timerStepMs: finite,
	crossOriginIsolated: v.boolean(),
	userAgent: v.string(),
	logicalCores: v.nullable(count),
	deviceMemoryGib: v.nullable(finite)
});

const runTimes = v.array(v.array(finite));

const eventSchema: v.GenericSchema<unknown, WorkerEvent> = v.variant('type', [
	v.object({ type: v.literal('ready'), conditions: conditionsSchema }),
	v.object({
		type: v.literal('status'),
		state: v.picklist(['loading', 'warming-up', 'measuring', 'paused']),
		reason: v.optional(holdSchema)
	}),
	v.object({
		type: v.literal('candidate'),
		id,
		status: candidateStatusSchema,
		facts: v.optional(factsSchema)
	}),
	v.object({ type: v.literal('reference'), id }),
	v.object({ type: v.literal('heartbeat'), id }),
	v.object({
		type: v.literal('round'),
		round: roundSchema,
		expectedRounds: count,
		draw: v.boolean()
	}),
	v.object({ type: v.literal('round-dropped'), round: count, reason: dropReasonSchema }),
	v.object({ type: v.literal('log'), event: logEventSchema, detail: v.string() }),
	v.object({ type: v.literal('broken'), id: v.nullable(id), detail: v.string() }),
	v.object({ type: v.literal('ended'), status: v.union([doneStatus, failedStatus]) }),
	v.object({
		type: v.literal('overhead'),
		samples: v.object({ instrumentMs: runTimes, bareMs: runTimes })
	}),
	v.object({ type: v.literal('overhead-failed'), detail: v.string() })
]);

const threads = v.pipe(count, v.minValue(1));

const commandSchema: v.GenericSchema<unknown, WorkerCommand> = v.variant('type', [
	v.object({
		type: v.literal('start'),
		options: runOptionsSchema,
		threads,
		resume: v.object({
			rounds: v.array(roundSchema),
			nextRound: count,
			skip: v.array(id),
			plans: v.array(v.tuple([id, visitPlanSchema]))
		})
	}),
	v.object({ type: v.literal('visibility'), visible: v.boolean() }),
	v.object({ type: v.literal('hold'), reason: holdSchema, held: v.boolean() }),
	v.object({
		type: v.literal('disturbed'),
		reason: v.picklist(['page-throttled', 'clock-jumped'])
	}),
	v.object({ type: v.literal('drawn') }),
	v.object({
		type: v.literal('bench-overhead'),
		design: designSchema,
		seed: v.number(),
		threads,
		rounds: count
	})
]);

/** @throws {v.ValiError} for what is no event of a worker */
export function parseEvent(message: unknown): WorkerEvent {
	return v.parse(eventSchema, message);
}

/** @throws {v.ValiError} for what is no command to a worker */
export function parseCommand(message: unknown): WorkerCommand {
	return v.parse(commandSchema, message);
}
