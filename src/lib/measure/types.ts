import type { Design } from '../arch/design';

/** One network in a run. The same design may stand in a run twice, under two ids. */
export interface Candidate {
	/** Unique in the run, for example `step3` or `step3#2`. */
	readonly id: string;
	/** What a person calls it, for example "Step 3" or "RepViT-M0.9". */
	readonly label: string;
	readonly design: Design;
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
}

/** Asked and effective conditions of a run. */
export interface Conditions {
	readonly protocolVersion: string;
	readonly appVersion: string;
	readonly runtime: { readonly name: 'onnxruntime-web'; readonly version: string };
	readonly backend: 'wasm';
	readonly threads: { readonly asked: number; readonly effective: number };
	readonly crossOriginIsolated: boolean;
	/** Smallest step seen of `performance.now()` in the worker. */
	readonly timerStepMs: number;
	/** Median of running an empty model: the price of a call. Null where it could not be taken. */
	readonly emptyCallMs: number | null;
	readonly userAgent: string;
	readonly logicalCores: number | null;
	readonly deviceMemoryGib: number | null;
	readonly precision: 'float32';
	readonly seed: number;
	/** ISO 8601. */
	readonly startedAt: string;
}

/** How one candidate ended. */
export type CandidateStatus =
	| { readonly state: 'waiting' | 'loading' | 'checking' | 'warming-up' | 'measuring' | 'done' }
	| { readonly state: 'failed'; readonly reason: FailureReason; readonly detail: string };

export type FailureReason =
	| 'out-of-memory'
	| 'model-refused'
	| 'wrong-output'
	| 'too-fast-for-timer'
	| 'worker-crashed'
	| 'illegal-design';

/** An interval and its centre. */
export interface Estimate {
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

export type Verdict = 'faster' | 'slower' | 'cannot-tell';

/** What is known of one candidate, live and at the end. */
export interface CandidateResult {
	readonly candidate: Candidate;
	readonly status: CandidateStatus;
	/** Flags that do not end a run, for example `not-steady`. */
	readonly flags: readonly string[];
	readonly params: number | null;
	readonly macs: number | null;
	/** SHA-256 of the ONNX bytes, hex; null until loaded. */
	readonly modelSha256: string | null;
	readonly modelBytes: number | null;
	/** Time of emitting the bytes, creating the session and the first run: kept apart from the samples. */
	readonly cold: {
		readonly emitMs: number;
		readonly createMs: number;
		readonly firstRunMs: number;
	} | null;
	readonly warmupRuns: number;
	/** Every timed run, in order; `round` counts from 0. Milliseconds per inference. */
	readonly samples: readonly { readonly round: number; readonly ms: number }[];
	/** Median over the timed runs with a bootstrap interval; null until there are enough. */
	readonly medianMs: Estimate | null;
	readonly minMs: number | null;
	readonly p10Ms: number | null;
	readonly p90Ms: number | null;
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
	| { readonly state: 'paused'; readonly reason: 'page-hidden' }
	| { readonly state: 'done'; readonly reason: 'precise-enough' | 'round-limit' | 'time-limit' }
	| { readonly state: 'stopped' }
	| { readonly state: 'failed'; readonly reason: string };

/** A whole run, as shown, exported and printed by the command line. */
export interface RunResult {
	readonly schema: 'repvit-explorer/run';
	readonly schemaVersion: 1;
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
	readonly droppedRounds: readonly { readonly round: number; readonly reason: string }[];
}
