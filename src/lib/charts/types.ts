import type { CandidateResult, Estimate, Verdict } from '../measure/types';

/** What the paper says of a design. Never measured here. */
export interface ReportedFigures {
	/** On the paper's iPhone 12, in milliseconds. */
	readonly latencyMs: number | null;
	/** ImageNet-1k top-1 in per cent. */
	readonly top1: number | null;
	/** How it was trained, in words: accuracies of two regimes must not be read as one series. */
	readonly regime: string;
	/** Paper, section and table. */
	readonly source: string;
}

/** What this device said of a design. */
export interface MeasuredFigures {
	readonly medianMs: Estimate;
	/** To the reference of the run, paired. */
	readonly ratio: Estimate | null;
	/** Backend, threads, isolation and date, in words. */
	readonly conditions: string;
}

/** One design in the latency-accuracy plot. */
export interface PlotPoint {
	readonly id: string;
	readonly label: string;
	/** What stands beside the mark. */
	readonly shortLabel: string;
	/** Place on the roadmap; neighbours are joined. Null for a design that is no step. */
	readonly step: number | null;
	readonly reported: ReportedFigures | null;
	readonly measured: MeasuredFigures | null;
	readonly params: number | null;
	readonly macs: number | null;
	/** The paper's network in our reconstruction: what is reported is of another structure, maybe. */
	readonly inferred: boolean;
	/** Why there is no reported accuracy, for a design in the lane. */
	readonly noTop1Reason: string | null;
}

/** Whose clock an axis of latency reads. The two never share an axis. */
export type Truth = 'measured' | 'reported';

/** One step's change in latency against the step before it, as fractions: 0.38 is +38 %. */
export interface StepChange {
	readonly id: string;
	readonly step: number;
	readonly label: string;
	readonly previousId: string;
	readonly previousLabel: string;
	/** Which of the two is a reconstruction; `step` also where both are. */
	readonly inferred: 'step' | 'previous' | null;
	readonly reported: number | null;
	readonly measured: Estimate | null;
	readonly verdict: Verdict | null;
	readonly source: string | null;
	readonly href: string | null;
}

/** One row of the result table. */
export interface ResultRow {
	readonly id: string;
	readonly label: string;
	readonly href: string | null;
	readonly isReference: boolean;
	readonly inferred: boolean;
	readonly result: CandidateResult;
	readonly reported: ReportedFigures | null;
}

export interface Point {
	readonly x: number;
	readonly y: number;
}

export interface Segment {
	readonly from: Point;
	readonly to: Point;
}

/** A box in pixels, from its upper left corner. */
export interface Rect extends Point {
	readonly width: number;
	readonly height: number;
}
