import type { CandidateResult } from '../measure/types';
import { halfWidth } from '../ui/format';

export interface LiveInterval {
	/** Half-width of the interval over its centre: 0.03 is +-3 %. */
	readonly relative: number;
	/** Half-width on the track, as a share of the track's half: 0 to 1. */
	readonly share: number;
	/** Where the target stands on the same track. */
	readonly targetShare: number;
	readonly reached: boolean;
}

/** The track shows intervals of up to this many times the target; wider ones fill it. */
const TRACK_TARGETS = 5;

/**
 * How far a design's interval has narrowed towards the target. The ratio decides when a run stops;
 * the reference, which has none, shows its median's.
 */
export function liveInterval(
	result: Pick<CandidateResult, 'ratio' | 'medianMs'>,
	targetRelative: number,
	isReference: boolean
): LiveInterval | null {
	const estimate = isReference ? result.medianMs : result.ratio;
	// Student's intervals are for the end of a run: here they would only say that it has just begun.
	if (!estimate || estimate.roundsNeeded !== undefined) return null;
	if (!(estimate.value > 0) || !(targetRelative > 0)) return null;
	const relative = halfWidth(estimate) / estimate.value;
	if (!Number.isFinite(relative)) return null;
	return {
		relative,
		share: Math.min(1, relative / (targetRelative * TRACK_TARGETS)),
		targetShare: 1 / TRACK_TARGETS,
		reached: relative <= targetRelative
	};
}
