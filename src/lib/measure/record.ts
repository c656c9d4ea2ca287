import type { CandidateFacts, LaneFacts, RoundRecord, WorkerEvent } from './events';
import { executionOf, laneId, laneOf } from './execution';
import { PROTOCOL_VERSION } from './protocol';
import type {
	Candidate,
	CandidateStatus,
	Conditions,
	LaneConditions,
	LogEntry,
	PageHints,
	RunOptions,
	RunResult,
	RunStatus
} from './types';
import { APP_VERSION } from './version';

/** All that is known of a run, raw: analysis starts from it, at any moment. */
export interface RunRecord {
	readonly options: RunOptions;
	readonly status: RunStatus;
	readonly conditions: Conditions | null;
	readonly candidates: readonly CandidateRecord[];
	readonly rounds: readonly RoundRecord[];
	readonly droppedRounds: RunResult['droppedRounds'];
	readonly referenceId: string | null;
	readonly log: readonly LogEntry[];
	/** 0 until it is known. */
	readonly expectedRounds: number;
	/** What the worker runs now, as far as it has told. */
	readonly currentId: string | null;
	/** Null until the page has told. */
	readonly page: PageHints | null;
	/** ISO 8601. */
	readonly startedAt: string;
}

export interface CandidateRecord {
	readonly candidate: Candidate;
	readonly status: CandidateStatus;
	readonly facts: CandidateFacts;
}

export function newRecord(options: RunOptions, startedAt: string): RunRecord {
	return {
		options,
		status: { state: 'starting' },
		conditions: null,
		candidates: options.candidates.map((candidate) => ({
			candidate,
			status: { state: 'waiting' },
			facts: {}
		})),
		rounds: [],
		droppedRounds: [],
		referenceId: null,
		log: [],
		expectedRounds: 0,
		currentId: null,
		page: null,
		startedAt
	};
}

/**
 * The record after an event of the worker.
 * @param atMs since the run's start
 */
export function applyEvent(record: RunRecord, event: WorkerEvent, atMs: number): RunRecord {
	switch (event.type) {
		case 'ready':
			return { ...record, conditions: conditionsOf(record, event.conditions) };
		case 'status':
			if (event.state === 'paused') {
				const { reason = 'page-hidden' } = event;
				return logged({ ...record, status: { state: 'paused', reason } }, 'paused', reason, atMs);
			}
			// While measuring all take turns within a round: naming one would only flicker.
			return { ...record, status: { state: event.state }, currentId: null };
		case 'candidate': {
			const next = withCandidate(record, event.id, (old) => ({
				...old,
				status: event.status,
				facts: mergeFacts(old.facts, event.facts)
			}));
			const { status } = event;
			if (status.state !== 'failed') return { ...next, currentId: event.id };
			return logged(next, 'candidate-failed', `${event.id}: ${status.reason}`, atMs);
		}
		case 'reference':
			return { ...record, referenceId: event.id };
		case 'heartbeat':
			return record.status.state === 'measuring' ? record : { ...record, currentId: event.id };
		case 'round':
			return {
				...record,
				rounds: [...record.rounds, event.round],
				expectedRounds: event.expectedRounds || record.expectedRounds
			};
		case 'round-dropped': {
			const { round, reason } = event;
			const droppedRounds = [...record.droppedRounds, { round, reason }];
			const told = logged(record, 'round-dropped', `${round}: ${reason}`, atMs);
			return { ...told, droppedRounds };
		}
		case 'log':
			return logged(record, event.event, event.detail, atMs);
		case 'ended':
			return event.status.state === 'failed'
				? endedRecord(record, event.status)
				: { ...record, status: event.status, currentId: null };
		case 'broken':
		case 'overhead':
		case 'overhead-failed':
			return record;
	}
}

export function logged(
	record: RunRecord,
	event: LogEntry['event'],
	detail: string,
	atMs: number
): RunRecord {
	const entry: LogEntry = { atMs, event, detail, round: nextRound(record) };
	return { ...record, log: [...record.log, entry] };
}

/** The number of the round under way, or next. */
export function nextRound({
	rounds,
	droppedRounds
}: Pick<RunRecord, 'rounds' | 'droppedRounds'>): number {
	const last = Math.max(rounds.at(-1)?.round ?? -1, droppedRounds.at(-1)?.round ?? -1);
	return last + 1;
}

export function withCandidate(
	record: RunRecord,
	id: string,
	change: (old: CandidateRecord) => CandidateRecord
): RunRecord {
	return {
		...record,
		candidates: record.candidates.map((each) => (each.candidate.id === id ? change(each) : each))
	};
}

/**
 * The record of a run that was ended from outside, by the visitor or a fault: candidates that were on
 * their way keep what they have and are marked.
 */
export function endedRecord(record: RunRecord, status: RunStatus): RunRecord {
	return {
		...record,
		status,
		currentId: null,
		candidates: record.candidates.map((each) =>
			each.status.state === 'failed' || each.status.state === 'done'
				? each
				: { ...each, status: { state: 'stopped' } }
		)
	};
}

/** Warm-ups add up, and once unsteady stays so: both tell of the whole run. */
function mergeFacts(old: CandidateFacts, fresh: CandidateFacts = {}): CandidateFacts {
	const merged = { ...old, ...fresh };
	if (fresh.warmupRuns === undefined) return merged;
	return {
		...merged,
		warmupRuns: (old.warmupRuns ?? 0) + fresh.warmupRuns,
		flags: [...new Set([...(old.flags ?? []), ...(fresh.flags ?? [])])]
	};
}

/** A fresh worker adds to the conditions: the samples that are there were made in the old ones. */
function conditionsOf(
	{ options, startedAt, rounds, conditions: earlier }: RunRecord,
	found: Extract<WorkerEvent, { type: 'ready' }>['conditions']
): Conditions {
	const measured = lanesOf(rounds, options);
	const fresh = found.lanes.map((lane) => laneConditions(lane, options));
	const kept = (earlier?.lanes ?? []).filter(({ id }) => measured.has(id));
	const lanes = new Map([...fresh, ...kept].map((lane) => [lane.id, lane]));
	return {
		protocolVersion: PROTOCOL_VERSION,
		appVersion: APP_VERSION,
		lanes: [...lanes.values()],
		crossOriginIsolated: found.crossOriginIsolated,
		timerStepMs: Math.max(found.timerStepMs, kept.length > 0 ? earlier!.timerStepMs : 0),
		userAgent: found.userAgent,
		logicalCores: found.logicalCores,
		deviceMemoryGib: found.deviceMemoryGib,
		seed: options.seed,
		startedAt
	};
}

/** The lanes that there are samples from, by id. */
function lanesOf(rounds: readonly RoundRecord[], options: RunOptions): ReadonlySet<string> {
	const ids = new Set(rounds.flatMap(({ visits }) => visits.map(({ id }) => id)));
	return new Set(
		options.candidates
			.filter(({ id }) => ids.has(id))
			.map((candidate) => laneId(laneOf(executionOf(candidate, options))))
	);
}

/** What was asked of a lane stands in the candidates, what it gave in the facts. */
function laneConditions(
	{ id, backend, emptyCallMs }: LaneFacts,
	options: RunOptions
): LaneConditions {
	const { device, adapter, runtime } = backend;
	const asked = options.candidates
		.map((candidate) => executionOf(candidate, options))
		.filter((execution) => laneId(laneOf(execution)) === id);
	const threads = asked.find((execution) => execution.backend === 'wasm')?.threads;
	return {
		id,
		use: asked.length > 0 ? 'measuring' : 'reference-output',
		backend: backend.name,
		device: device ?? null,
		threads: { asked: threads ?? 1, effective: backend.threads.effective },
		precisions: [...new Set(asked.map(({ precision }) => precision))],
		runtime: { ...runtime, build: runtime.build ?? 'plain' },
		adapter: adapter ?? null,
		sessionOptions: backend.sessionOptions,
		runtimeStartMs: backend.startMs,
		emptyCallMs
	};
}

/** Whether a run has come to an end. */
export function isEnd({ state }: RunStatus): boolean {
	return state === 'done' || state === 'stopped' || state === 'failed';
}
