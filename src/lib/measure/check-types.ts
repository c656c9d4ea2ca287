import type { Estimate, Verdict } from './types';

/** How a check of the run came out: `not-enough` where there were too few rounds to tell. */
export type CheckOutcome = 'passed' | 'flagged' | 'failed' | 'not-enough';

/** What the run says of itself (METHODOLOGY 7.8, 7.10, 7.11), with the numbers that it rests on. */
export type RunCheck =
	/** The reference against itself. `failed` makes the whole run unreliable. */
	| {
			readonly name: 'control';
			readonly outcome: CheckOutcome;
			readonly ratio: Estimate;
			/** How far the interval may reach for each outcome: 0.01 is 1 %. */
			readonly passLimit: number;
			readonly failLimit: number;
	  }
	/** The reference's latency over the whole run, and its last third against its first. */
	| {
			readonly name: 'drift' | 'thirds';
			readonly outcome: CheckOutcome;
			/** Relative: 0.08 is 8 % slower at the end. Null where there were too few rounds. */
			readonly change: number | null;
			readonly limit: number;
	  }
	/** Ratios that depend on those of the round before: their intervals come from blocks of rounds. */
	| {
			readonly name: 'dependence';
			readonly outcome: CheckOutcome;
			/** The largest correlation of neighbouring rounds among all comparisons. */
			readonly largest: number | null;
			readonly limit: number;
			readonly blocked: readonly BlockedPair[];
	  };

/** A comparison whose rounds were resampled in blocks. */
export interface BlockedPair {
	readonly a: string;
	readonly b: string;
	readonly correlation: number;
	readonly blockLength: number;
}

/** What the visitor had the instrument find out about itself before the run (METHODOLOGY 9.1). */
export interface Calibration {
	/** ISO 8601. */
	readonly startedAt: string;
	/** The design that was measured against itself. */
	readonly label: string;
	/** Its second session over its first; null where the run gave none. */
	readonly ratio: Estimate | null;
	readonly verdict: Verdict | null;
	readonly roundCount: number;
	readonly emptyCallMs: number | null;
	readonly timerStepMs: number | null;
	/**
	 * `passed` if it could not tell them apart, `failed` if it could; `flagged` if the interval is so wide
	 * that it could hardly have told anything apart.
	 */
	readonly outcome: CheckOutcome;
}
