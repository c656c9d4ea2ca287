import { relativeHalfWidth } from '../stats/interval';
import { isResolved } from './stop-rule';
import type { RunResult } from './types';

/** What a run that came to the end of its time or rounds would still have needed. */
export interface Shortfall {
	/** Relative half-width of the widest interval that is neither narrow nor clear. */
	readonly halfWidth: number;
	/** Measuring time until that is as narrow as was asked for, if the device stays as it was. */
	readonly secondsNeeded: number;
}

/**
 * How far a run fell short of its target (METHODOLOGY 6); null where it did not, had no target
 * (a fixed number of rounds, or a fixed time), was stopped or has too few rounds to tell. An interval
 * narrows with the root of the number of rounds.
 */
export function shortfallOf({
	status,
	options,
	candidates,
	pairs,
	control,
	measuringMs
}: RunResult): Shortfall | null {
	const { targetRelative, minRounds, maxRounds, minMeasuringMs, maxMeasuringMs } = options;
	const isToTarget = minRounds < maxRounds && minMeasuringMs < maxMeasuringMs;
	if (!isToTarget || status.state !== 'done' || status.reason === 'precise-enough') return null;
	const open = [
		...candidates.flatMap(({ ratio, verdict }) => (ratio && verdict ? [ratio] : [])),
		...pairs.map(({ ratio }) => ratio),
		...(control ? [control.ratio] : [])
	].filter((ratio) => ratio.roundsNeeded === undefined && !isResolved(ratio, targetRelative));
	if (open.length === 0) return null;
	const halfWidth = Math.max(...open.map(relativeHalfWidth));
	const secondsNeeded = (measuringMs / 1000) * (halfWidth / targetRelative) ** 2;
	return { halfWidth, secondsNeeded };
}
