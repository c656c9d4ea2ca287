import * as v from 'valibot';
import type { AdapterInfo, BackendInfo } from './backend';
import { designSchema } from './design-schema';
import { plannedSchema } from './plan-schema';
import { WEBNN_DEVICES, type Execution } from './execution';
import { askedSweepSchema } from './sweep/asked-sweep';
import type {
	Candidate,
	CandidateStatus,
	Conditions,
	Estimate,
	LaneConditions,
	LogEntry,
	OutputCheck,
	RunOptions,
	RunStatus,
	VisitPlan
} from './types';

/*
 * Schemas of what crosses a border: between page and worker, and in files. Each is declared with the
 * type that it gives, so that the two cannot part.
 */

type Schema<T> = v.GenericSchema<unknown, T>;

export const finite = v.pipe(v.number(), v.finite());
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const positive = v.pipe(finite, v.gtValue(0));

/** A design by its choices, or a network spelt out layer by layer. */
export const networkSchema = v.union([designSchema, plannedSchema]);

const precision = v.picklist(['float32', 'float16']);
const device = v.picklist(WEBNN_DEVICES);
const backendName = v.picklist(['wasm', 'webgpu', 'webnn']);

export const executionSchema: Schema<Execution> = v.variant('backend', [
	v.object({
		backend: v.literal('wasm'),
		threads: v.pipe(count, v.minValue(1)),
		precision: v.literal('float32')
	}),
	v.object({ backend: v.literal('webgpu'), precision }),
	v.object({ backend: v.literal('webnn'), device, precision })
]);

export const candidateSchema: Schema<Candidate> = v.object({
	id,
	label: v.pipe(v.string(), v.maxLength(500)),
	design: networkSchema,
	execution: v.optional(executionSchema)
});

export const runOptionsSchema: Schema<RunOptions> = v.object({
	candidates: v.pipe(
		v.array(candidateSchema),
		v.minLength(1),
		v.check((all) => new Set(all.map((each) => each.id)).size === all.length, 'ids repeat')
	),
	referenceId: id,
	threads: v.pipe(count, v.minValue(1)),
	seed: v.pipe(v.number(), v.safeInteger()),
	targetRelative: positive,
	minRounds: v.pipe(count, v.minValue(2)),
	maxRounds: v.pipe(count, v.minValue(2)),
	minMeasuringMs: v.pipe(finite, v.minValue(0)),
	maxMeasuringMs: positive,
	extraPairs: v.optional(v.array(v.object({ a: id, b: id }))),
	sweep: v.optional(askedSweepSchema)
});

export const estimateSchema: Schema<Estimate> = v.object({
	value: finite,
	low: finite,
	high: finite,
	roundsNeeded: v.optional(count)
});

const threadsSchema = v.object({ asked: count, effective: count });
const runtimeName = v.literal('onnxruntime-web');
const sessionOptionsSchema = v.record(v.string(), v.union([v.string(), v.boolean()]));
const adapterSchema: Schema<AdapterInfo> = v.object({
	vendor: v.string(),
	architecture: v.string(),
	description: v.string(),
	isFallback: v.boolean(),
	features: v.array(v.string()),
	powerPreference: v.nullable(v.picklist(['low-power', 'high-performance']))
});

export const backendInfoSchema: Schema<BackendInfo> = v.object({
	name: backendName,
	runtime: v.object({
		name: runtimeName,
		version: v.string(),
		build: v.optional(v.picklist(['asyncify', 'jspi']))
	}),
	threads: threadsSchema,
	device: v.optional(device),
	adapter: v.optional(adapterSchema),
	precisions: v.optional(v.array(precision)),
	sessionOptions: sessionOptionsSchema,
	startMs: finite
});

const laneSchema: Schema<LaneConditions> = v.object({
	id,
	use: v.picklist(['measuring', 'reference-output']),
	backend: backendName,
	device: v.nullable(device),
	threads: threadsSchema,
	precisions: v.array(precision),
	runtime: v.object({
		name: runtimeName,
		version: v.string(),
		build: v.picklist(['plain', 'asyncify', 'jspi'])
	}),
	adapter: v.nullable(adapterSchema),
	sessionOptions: sessionOptionsSchema,
	runtimeStartMs: v.nullable(finite),
	emptyCallMs: v.nullable(finite)
});

const deviceSchema = v.object({
	platform: v.string(),
	platformVersion: v.string(),
	architecture: v.string(),
	model: v.string()
});

export const conditionsSchema: Schema<Conditions> = v.object({
	protocolVersion: v.string(),
	appVersion: v.string(),
	lanes: v.pipe(v.array(laneSchema), v.minLength(1)),
	crossOriginIsolated: v.boolean(),
	timerStepMs: finite,
	userAgent: v.string(),
	logicalCores: v.nullable(count),
	deviceMemoryGib: v.nullable(finite),
	page: v.optional(
		v.object({
			visible: v.boolean(),
			battery: v.nullable(v.object({ charging: v.boolean(), level: finite })),
			device: v.optional(v.nullable(deviceSchema))
		})
	),
	seed: v.number(),
	startedAt: v.pipe(v.string(), v.isoTimestamp())
});

export const failureReasonSchema = v.picklist([
	'out-of-memory',
	'model-refused',
	'wrong-output',
	'too-fast-for-timer',
	'too-slow',
	'worker-crashed',
	'illegal-design',
	'backend-refused',
	'device-lost',
	'low-memory'
]);

const failedCandidate = v.object({
	state: v.literal('failed'),
	reason: failureReasonSchema,
	detail: v.string()
});

export const candidateStatusSchema: Schema<CandidateStatus> = v.union([
	v.object({
		state: v.picklist([
			'waiting',
			'loading',
			'checking',
			'warming-up',
			'measuring',
			'done',
			'stopped'
		])
	}),
	failedCandidate
]);

export const doneStatus = v.object({
	state: v.literal('done'),
	reason: v.picklist(['precise-enough', 'round-limit', 'time-limit'])
});
export const failedStatus = v.object({
	state: v.literal('failed'),
	reason: v.picklist(['runtime-refused', 'nothing-runs', 'worker-crashed', 'device-lost']),
	detail: v.string()
});

/** What holds the worker; another tab holds the page, before there is a worker. */
export const holdSchema = v.picklist(['page-hidden', 'visitor', 'battery-low', 'pressure']);
const pauseReasonSchema = v.picklist([...holdSchema.options, 'another-tab']);

export const runStatusSchema: Schema<RunStatus> = v.union([
	v.object({
		state: v.picklist(['idle', 'starting', 'loading', 'warming-up', 'measuring', 'stopped'])
	}),
	v.object({ state: v.literal('paused'), reason: pauseReasonSchema }),
	doneStatus,
	failedStatus
]);

export const outputCheckSchema: Schema<OutputCheck> = v.object({
	maxDifference: finite,
	relative: finite,
	tolerance: finite
});

export const visitPlanSchema: Schema<VisitPlan> = v.object({
	timing: v.picklist(['each', 'batch']),
	runs: v.pipe(count, v.minValue(1))
});

export const logEventSchema: Schema<LogEntry['event']> = v.picklist([
	'paused',
	'resumed',
	'round-dropped',
	'warmed-up-again',
	'candidate-failed',
	'reference-replaced',
	'worker-restarted',
	'threads-reduced',
	'pressure',
	'battery',
	'page-throttled',
	'clock-jumped',
	'guard-overruled'
]);

export const dropReasonSchema = v.picklist([
	'page-hidden',
	'gap',
	'battery-low',
	'pressure',
	'page-throttled',
	'clock-jumped'
]);
export const flagsSchema = v.array(v.picklist(['not-steady']));
export const coldSchema = v.object({ emitMs: finite, createMs: finite, firstRunMs: finite });
