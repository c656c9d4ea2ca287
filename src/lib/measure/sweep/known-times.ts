import { isPlanned } from '../../arch/planned-network';
import { sameNetwork, type Design } from '../../arch/design';
import type { Estimate, RunResult } from '../types';

/** A design that was measured in a run, with its time as the run's ratios have it. */
export interface KnownTime {
	readonly id: string;
	readonly design: Design;
	readonly medianMs: Estimate;
	/**
	 * The reference's median times the design's ratio to it: pairs know ratios better than each median
	 * is known, and a model of ratios must not see what drifted between two medians. Of a network that the
	 * run holds more than once, the geometric mean.
	 */
	readonly pairedMs: number;
}

/**
 * All designs of a run with figures, each once: a roadmap step may be a corner too, and a model that has
 * left out the one must not know the other. Networks that no choices say are left out.
 */
export function knownTimes({
	candidates,
	referenceId
}: Pick<RunResult, 'candidates' | 'referenceId'>): KnownTime[] {
	const reference = candidates.find(({ candidate }) => candidate.id === referenceId)?.medianMs;
	if (!reference) return [];
	const measured = candidates.flatMap(({ candidate: { id, design }, medianMs, ratio }) =>
		isPlanned(design) || !medianMs || !ratio
			? []
			: [{ id, design, medianMs, pairedMs: reference.value * ratio.value }]
	);
	return measured.flatMap((each) => {
		const all = measured.filter(({ design }) => sameNetwork(design, each.design));
		return all[0] === each ? [{ ...each, pairedMs: geometricMean(all) }] : [];
	});
}

function geometricMean(times: readonly KnownTime[]): number {
	const logs = times.reduce((sum, { pairedMs }) => sum + Math.log(pairedMs), 0);
	return Math.exp(logs / times.length);
}
