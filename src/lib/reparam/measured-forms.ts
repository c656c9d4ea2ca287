import type { Interval } from '../ui/format';

/** Latencies of a whole network in both forms, from one run. */
export interface MeasuredForms {
	readonly trainingMs: Interval;
	readonly deployMs: Interval;
	/** Training over deploy, from paired rounds. */
	readonly ratio: Interval;
}
