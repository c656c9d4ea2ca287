import { ROADMAP, stepName, type StepNumber } from '../arch/roadmap';
import { citation } from '../reported/citation';
import { REPORTED } from '../reported/figures';
import { top1Under } from '../reported/look-up';

/** What the paper reports for a step, and how that differs from the step before. */
export interface StepEffect {
	readonly latencyMs: number;
	readonly top1: number;
	/** Null for the start. */
	readonly latencyDeltaMs: number | null;
	readonly top1Delta: number | null;
	readonly section: string;
	readonly source: string;
}

/** Two decimals, as the paper prints latencies: without this 0.89 - 0.91 is -0.020000000000000018. */
const rounded = (value: number) => Math.round(value * 100) / 100;

export function stepEffect(step: StepNumber): StepEffect {
	const { latencyMs, top1 } = figuresOf(step);
	const before = step === 0 ? null : figuresOf((step - 1) as StepNumber);
	const { section } = ROADMAP[step]!;
	return {
		latencyMs,
		top1,
		latencyDeltaMs: before && rounded(latencyMs - before.latencyMs),
		top1Delta: before && rounded(top1 - before.top1),
		section,
		source: citation('paper-v8', section)
	};
}

function figuresOf(step: StepNumber): { latencyMs: number; top1: number } {
	const figures = REPORTED[stepName(step)]!;
	return { latencyMs: figures.latency!.ms, top1: top1Under(figures, '300-epochs')!.percent };
}
