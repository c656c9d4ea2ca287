import type { Design } from '../arch/design';
import type { PlannedNetwork } from '../arch/planned-network';
import type { AdapterInfo } from './backend';
import type { Calibration, RunCheck } from './check-types';
import type { BackendName, Execution, Precision, WebnnDevice } from './execution';
import type { AskedSweep } from './sweep/asked-sweep';

/** One network in a run. The same design may stand in a run twice, under two ids. */
export interface Candidate {
	/** Unique in the run, for example `step3` or `step3#2`. */
	readonly id: string;
	/** What a person calls it, for example "Step 3" or "RepViT-M0.9". */
	readonly label: string;
	/** A checkpoint may be a network that no choices say: then its layers stand here. */
	readonly design: Design | PlannedNetwork;
	/** What it runs on; WebAssembly with the run's threads where nothing is said. */
	readonly execution?: Execution;
}

/** What the visitor asks for. Everything that differs from the default is printed with the result. */
export interface RunOptions {
	readonly candidates: readonly Candidate[];
	/** The candidate that the others are divided by; measured twice a round as a live A/A control. */
	readonly referenceId: string;
	/** Threads asked of the WASM backend; what was given stands in the conditions. */
	readonly threads: number;
	/** Seeds weights, inputs, orders and resampling. */
	readonly seed: number;
	/** Half-width, relative, at which a ratio's interval is narrow enough: 0.02 is +-2 %. */
	readonly targetRelative: number;
	readonly minRounds: number;
	readonly maxRounds: number;
	readonly minMeasuringMs: number;
	readonly maxMeasuringMs: number;
	/** Pairs to compare beyond the neighbours in the list, by candidate id: the ratio is a / b. */
	readonly extraPairs?: readonly { readonly a: string; readonly b: string }[];
	/** Set where the run is a sweep: what it was planned for (METHODOLOGY 13). */
	readonly sweep?: AskedSweep;
}

/** Asked and effective conditions of a run. */
export interface Conditions {
	readonly protocolVersion: string;
	readonly appVersion: string;
	/** What candidates ran on, the runner's own first; one in most runs. */
	readonly lanes: readonly LaneConditions[];
	readonly crossOriginIsolated: boolean;
	/** Smallest step seen of `performance.now()` in the worker; of several lanes the coarsest one's. */
	readonly timerStepMs: number;
	readonly userAgent: string;
	readonly logicalCores: number | null;
	readonly deviceMemoryGib: number | null;
	/** What the page could tell of itself when the run began. */
	readonly page?: PageHints;
	readonly seed: number;
	/** ISO 8601. */
	readonly startedAt: string;
}

/** Asked and effective conditions of one lane: a runtime with settings of its own. */
export interface LaneConditions {
	/** `wasm-2`, `webgpu`, `webnn-npu`: see `laneId`. */
	readonly id: string;
	/** Whether candidates were timed in it, or only the outputs made that others are compared with. */
	readonly use: 'measuring' | 'reference-output';
	/** Exactly one was asked for and runs, or the lane has failed: there is no fallback. */
	readonly backend: BackendName;
	/** What WebNN was asked for. */
	readonly device: WebnnDevice | null;
	readonly threads: { readonly asked: number; readonly effective: number };
	/** Of the candidates in it, as asked; their files hold nothing else. */
	readonly precisions: readonly Precision[];
	readonly runtime: {
		readonly name: 'onnxruntime-web';
		readonly version: string;
		readonly build: 'plain' | 'asyncify' | 'jspi';
	};
	readonly adapter: AdapterInfo | null;
	/** The runtime's session options that were set: one choice for all candidates of the lane. */
	readonly sessionOptions: Readonly<Record<string, string | boolean>>;
	/** Loading and compiling the runtime: a cold number, in no sample. */
	readonly runtimeStartMs: number | null;
	/** Median of running an empty model: the price of a call. Null where it could not be taken. */
	readonly emptyCallMs: number | null;
}

/** What a page can tell beside what it measures. */
export interface PageHints {
	readonly visible: boolean;
	/** Null where the browser does not say. */
	readonly battery: { readonly charging: boolean; readonly level: number } | null;
	/**
	 * What a browser tells of its device on request, empty where it keeps something to itself; null where
	 * it tells nothing.
	 */
	readonly device?: {
		readonly platform: string;
		readonly platformVersion: string;
		readonly architecture: string;
		readonly model: string;
	} | null;
}

/** An output held against that of plain WebAssembly in float32, same design, same input. */
export interface OutputCheck {
	readonly maxDifference: number;
	/** Divided by the range of the reference's values. */
	readonly relative: number;
	/** What `relative` may be, by precision (METHODOLOGY 2.5). */
	readonly tolerance: number;
}

/** How one candidate ended. */
export type CandidateStatus =
	| {
			readonly state:
				'waiting' | 'loading' | 'checking' | 'warming-up' | 'measuring' | 'done' | 'stopped';
	  }
	| { readonly state: 'failed'; readonly reason: FailureReason; readonly detail: string };

export type FailureReason =
	| 'out-of-memory'
	| 'model-refused'
	| 'wrong-output'
	| 'too-fast-for-timer'
	/** One run takes more than a minute (METHODOLOGY 5.3). */
	| 'too-slow'
	| 'worker-crashed'
	| 'illegal-design'
	/** The browser does not have what it was to run on. */
	| 'backend-refused'
	| 'device-lost'
	/** Refused before it could take the tab with it (METHODOLOGY 5.3). */
	| 'low-memory';

/** An interval and its centre. */
export interface Estimate {
	readonly value: number;
	readonly low: number;
	readonly high: number;
	/**
	 * Set where the run had fewer rounds than this, which the interval's level takes at least: it is then
	 * wide on purpose, and no verdict rests on it (METHODOLOGY 7.9).
	 */
	readonly roundsNeeded?: number;
}

/** How one visit to a candidate is timed (METHODOLOGY 4). */
export interface VisitPlan {
	/** `each`: one clock pair per run. `batch`: one around all, where the clock's step is coarse. */
	readonly timing: 'each' | 'batch';
	/** Timed runs; one more goes before them, untimed. */
	readonly runs: number;
}

/** One timed run, or one batch's mean. */
export interface Sample {
	/** Counts from 0, dropped rounds included. */
	readonly round: number;
	/** Milliseconds per inference. */
	readonly ms: number;
	/** Set on the reference's second visit of a round: the A/A control. */
	readonly control?: true;
}

export type Verdict = 'faster' | 'slower' | 'cannot-tell';

/** `not-steady`: the warm-up reached its limit before two windows agreed. */
export type CandidateFlag = 'not-steady';

/** What is known of one candidate, live and at the end. */
export interface CandidateResult {
	readonly candidate: Candidate;
	readonly status: CandidateStatus;
	/** Flags that do not end a run. */
	readonly flags: readonly CandidateFlag[];
	readonly params: number | null;
	readonly macs: number | null;
	/** SHA-256 of the ONNX bytes, hex; null until loaded. */
	readonly modelSha256: string | null;
	readonly modelBytes: number | null;
	/** FNV-1a of the output's float32 bytes on the seeded input, hex; null until checked. */
	readonly outputChecksum?: string | null;
	/** Null for WebAssembly in float32 itself, which others are compared with, and until checked. */
	readonly outputCheck?: OutputCheck | null;
	readonly visitPlan?: VisitPlan | null;
	/** Time of emitting the bytes, creating the session and the first run: kept apart from the samples. */
	readonly cold: {
		readonly emitMs: number;
		readonly createMs: number;
		readonly firstRunMs: number;
	} | null;
	readonly warmupRuns: number;
	/** Every timed run of the rounds that count, in order. */
	readonly samples: readonly Sample[];
	/** Median over the timed runs with a bootstrap interval; null until there are enough. */
	readonly medianMs: Estimate | null;
	readonly minMs: number | null;
	readonly p10Ms: number | null;
	/** The quartiles: half of the timed runs lie between them. Missing in older files. */
	readonly p25Ms?: number | null;
	readonly p75Ms?: number | null;
	readonly p90Ms: number | null;
	readonly p99Ms?: number | null;
	/** Ratio to the reference of the same rounds, 95 % simultaneous interval; null for too few rounds. */
	readonly ratio: Estimate | null;
	/** Against the reference. */
	readonly verdict: Verdict | null;
	readonly outliers: { readonly mild: number; readonly extreme: number };
}

/** One candidate against another, from the per-round ratios a / b. */
export interface PairResult {
	readonly a: string;
	readonly b: string;
	readonly ratio: Estimate;
	readonly verdict: Verdict;
}

/** How a run ended, or that it has not. Never an exception. */
export type RunStatus =
	| { readonly state: 'idle' | 'starting' | 'loading' | 'warming-up' | 'measuring' }
	| { readonly state: 'paused'; readonly reason: PauseReason }
	| { readonly state: 'done'; readonly reason: 'precise-enough' | 'round-limit' | 'time-limit' }
	| { readonly state: 'stopped' }
	| { readonly state: 'failed'; readonly reason: RunFailure; readonly detail: string };

/** `nothing-runs`: every candidate failed, each with its own reason. */
export type RunFailure = 'runtime-refused' | 'nothing-runs' | 'worker-crashed' | 'device-lost';

/** What a run waits for the end of: guards (METHODOLOGY 5.2, 5.3), and the visitor. */
export type PauseReason = 'page-hidden' | 'visitor' | 'battery-low' | 'pressure' | 'another-tab';

/** Why a guard dropped a round. */
export type DropReason =
	'page-hidden' | 'gap' | 'battery-low' | 'pressure' | 'page-throttled' | 'clock-jumped';

/** What happened beside the samples. `atMs` counts from the run's start on the page's clock. */
export interface LogEntry {
	readonly atMs: number;
	readonly event:
		| 'paused'
		| 'resumed'
		| 'round-dropped'
		| 'warmed-up-again'
		| 'candidate-failed'
		| 'reference-replaced'
		| 'worker-restarted'
		| 'threads-reduced'
		/** The processor's pressure has changed; `detail` is its state. */
		| 'pressure'
		/** The battery's charge is low, or fine again. */
		| 'battery'
		| 'page-throttled'
		| 'clock-jumped'
		/** The visitor went on although a guard held the run: that guard says nothing more. */
		| 'guard-overruled';
	/** Developer-facing: ids and numbers, not a sentence for the visitor. */
	readonly detail: string;
	/** The round under way or next when it happened: its place on the timeline. */
	readonly round?: number;
}

/** A whole run, as shown, exported and printed by the command line. */
export interface RunResult {
	readonly schema: 'repvit-explorer/run';
	readonly schemaVersion: 2;
	readonly status: RunStatus;
	readonly options: RunOptions;
	readonly conditions: Conditions | null;
	readonly candidates: readonly CandidateResult[];
	/** The live A/A control: the reference's second visit against its first. */
	readonly control: { readonly ratio: Estimate; readonly verdict: Verdict } | null;
	/** Neighbours in the order of the candidates, `a` = later, `b` = earlier, then as asked. */
	readonly pairs: readonly PairResult[];
	readonly roundCount: number;
	/** Rounds dropped by a guard, with why. Slow samples are never dropped. */
	readonly droppedRounds: readonly { readonly round: number; readonly reason: DropReason }[];
	/**
	 * The candidate that ratios were taken against: the one asked for or, where that one failed, the
	 * first that ran. Null until one runs.
	 */
	readonly referenceId: string | null;
	/** Measuring time so far, warm-up and pauses left out. */
	readonly measuringMs: number;
	readonly log: readonly LogEntry[];
	/** Missing in files from before protocol 1.1. */
	readonly checks?: readonly RunCheck[];
	/** The last calibration before this run; missing or null if there was none. */
	readonly calibration?: Calibration | null;
}
