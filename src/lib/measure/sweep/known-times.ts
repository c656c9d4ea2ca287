import { isPlanned } from '../../arch/planned-network';
import type { Design } from '../../arch/design';
import type { Estimate, RunResult } from '../types';

/** A design that was measured in a run, with its time as the run's ratios have it. */
export interface KnownTime {
	readonly id: string;
	readonly design: Design;
	readonly medianMs: Estimate;
	/**
	 * The reference's median times the design's ratio to it: pairs know ratios better than each median
	 * is known, and a model of ratios must not see what drifted between two medians.
	 */
	readonly pairedMs: number;
}

/** All designs of a run with figures; networks that no choices say are left out. */
export function knownTimes({
	candidates,
	referenceId
}: Pick<RunResult, 'candidates' | 'referenceId'>): KnownTime[] {
	const reference = candidates.find(({ candidate }) => candidate.id === referenceId)?.medianMs;
	if (!reference) return [];
	return candidates.flatMap(({ candidate: { id, design }, medianMs, ratio }) =>
		isPlanned(design) || !medianMs || !ratio
			? []
			: [{ id, design, medianMs, pairedMs: reference.value * ratio.value }]
	);
}
