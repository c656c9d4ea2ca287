import type { BackendInfo } from './backend';
import type { HoldReason } from './page-link';
import type {
	CandidateFlag,
	CandidateStatus,
	DropReason,
	LogEntry,
	OutputCheck,
	RunOptions,
	RunStatus,
	VisitPlan
} from './types';
import type { Design } from '../arch/design';

/** One visit as it was timed. */
export interface VisitRecord {
	readonly id: string;
	/** The reference's second visit. */
	readonly control: boolean;
	/** Milliseconds per inference of each timed run, or of one batch. */
	readonly ms: readonly number[];
}

/** One round that counts, visits in the order they were made. */
export interface RoundRecord {
	/** Counts from 0, dropped rounds included. */
	readonly round: number;
	/** Since measuring began in this worker. */
	readonly startMs: number;
	readonly durationMs: number;
	readonly visits: readonly VisitRecord[];
}

/** What loading and warming up tell of a candidate. */
export interface CandidateFacts {
	readonly params?: number;
	readonly macs?: number;
	readonly modelSha256?: string | null;
	readonly modelBytes?: number;
	readonly outputChecksum?: string;
	readonly outputCheck?: OutputCheck;
	readonly cold?: {
		readonly emitMs: number;
		readonly createMs: number;
		readonly firstRunMs: number;
	};
	readonly warmupRuns?: number;
	readonly visitPlan?: VisitPlan;
	readonly flags?: readonly CandidateFlag[];
}

/** What starting a lane tells of it. */
export interface LaneFacts {
	readonly id: string;
	readonly backend: BackendInfo;
	readonly emptyCallMs: number | null;
}

/** What the worker found out about itself. */
export interface WorkerConditions {
	/** Those that started, the worker's own first. */
	readonly lanes: readonly LaneFacts[];
	readonly timerStepMs: number;
	readonly crossOriginIsolated: boolean;
	readonly userAgent: string;
	readonly logicalCores: number | null;
	readonly deviceMemoryGib: number | null;
}

/** Everything a worker tells the page during a run; at most one a round, and a heartbeat a second. */
export type WorkerEvent =
	| { readonly type: 'ready'; readonly conditions: WorkerConditions }
	| {
			readonly type: 'status';
			readonly state: 'loading' | 'warming-up' | 'measuring' | 'paused';
			/** Of a pause; without one it is the hidden page. */
			readonly reason?: HoldReason;
	  }
	| {
			readonly type: 'candidate';
			readonly id: string;
			readonly status: CandidateStatus;
			readonly facts?: CandidateFacts;
	  }
	| { readonly type: 'reference'; readonly id: string }
	/** Alive, and running this candidate. */
	| { readonly type: 'heartbeat'; readonly id: string }
	| {
			readonly type: 'round';
			readonly round: RoundRecord;
			/** How many rounds it will take, as far as one can tell now. */
			readonly expectedRounds: number;
			/** The worker waits, running, for the page to draw and answer `drawn`. */
			readonly draw: boolean;
	  }
	| { readonly type: 'round-dropped'; readonly round: number; readonly reason: DropReason }
	| { readonly type: 'log'; readonly event: LogEntry['event']; readonly detail: string }
	/**
	 * Nothing more will work in this worker: a runtime aborted while it ran this candidate or, by nobody's
	 * fault, the worker of a lane is gone.
	 */
	| { readonly type: 'broken'; readonly id: string | null; readonly detail: string }
	| { readonly type: 'ended'; readonly status: EndStatus }
	| { readonly type: 'overhead'; readonly samples: OverheadSamples }
	| { readonly type: 'overhead-failed'; readonly detail: string };

export type EndStatus = Extract<RunStatus, { state: 'done' | 'failed' }>;

/** The instrument beside a bare loop, same session, in turn: milliseconds per run, by round. */
export interface OverheadSamples {
	readonly instrumentMs: readonly (readonly number[])[];
	readonly bareMs: readonly (readonly number[])[];
}

/** Everything the page tells a worker. A worker is stopped by terminating it. */
export type WorkerCommand =
	| {
			readonly type: 'start';
			readonly options: RunOptions;
			/** Threads to use at most: fewer than asked after a browser refused shared memory. */
			readonly threads: number;
			/** Where an earlier worker of this run left off. */
			readonly resume: Resume;
	  }
	| { readonly type: 'visibility'; readonly visible: boolean }
	/** The visitor or a guard holds the run, or lets it go. */
	| { readonly type: 'hold'; readonly reason: HoldReason; readonly held: boolean }
	/** The round under way is spoilt. */
	| { readonly type: 'disturbed'; readonly reason: 'page-throttled' | 'clock-jumped' }
	| { readonly type: 'drawn' }
	| {
			readonly type: 'bench-overhead';
			readonly design: Design;
			readonly seed: number;
			readonly threads: number;
			readonly rounds: number;
	  };

export interface Resume {
	readonly rounds: readonly RoundRecord[];
	readonly nextRound: number;
	/** Candidates that failed before. */
	readonly skip: readonly string[];
	/** How candidates are timed that were so far, by id: there is one plan a run (METHODOLOGY 4). */
	readonly plans: readonly (readonly [string, VisitPlan])[];
}

export const FROM_THE_START: Resume = { rounds: [], nextRound: 0, skip: [], plans: [] };
