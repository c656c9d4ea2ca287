import { relativeHalfWidth } from '../stats/interval';
import type { Calibration, CheckOutcome } from './check-types';
import { executionOf, laneId, laneOf } from './execution';
import { DEFAULT_OPTIONS, PROTOCOL } from './protocol';
import type { Candidate, CandidateResult, RunOptions, RunResult } from './types';

/** Rounds of a calibration: as many as the shortest run has. */
const ROUNDS = DEFAULT_OPTIONS.minRounds;

/** About how long it takes, for a network of this many milliseconds a run. */
export const CALIBRATION_SECONDS = 15;

/**
 * A run that measures one network as if it were two (METHODOLOGY 9.1): two sessions of the same bytes,
 * in turn, as any two networks would be.
 */
export function calibrationOptions(
	candidate: Candidate,
	run: Pick<RunOptions, 'threads' | 'seed'>
): RunOptions {
	return {
		...DEFAULT_OPTIONS,
		threads: run.threads,
		seed: run.seed,
		minRounds: ROUNDS,
		maxRounds: 3 * ROUNDS,
		minMeasuringMs: 0,
		maxMeasuringMs: CALIBRATION_SECONDS * 1000,
		candidates: [candidate, { ...candidate, id: `${candidate.id}#2` }],
		referenceId: candidate.id
	};
}

/** What a run of {@link calibrationOptions} found; null where it came to no conditions at all. */
export function calibrationOf(result: RunResult): Calibration | null {
	const [first, second] = result.candidates;
	const { conditions } = result;
	if (!conditions || !first || !second) return null;
	// The runner's own lane is WebAssembly, whatever the network ran on.
	const lane = laneId(laneOf(executionOf(first.candidate, result.options)));
	return {
		startedAt: conditions.startedAt,
		label: first.candidate.label,
		ratio: second.ratio,
		verdict: second.verdict,
		roundCount: result.roundCount,
		emptyCallMs: conditions.lanes.find(({ id }) => id === lane)?.emptyCallMs ?? null,
		timerStepMs: conditions.timerStepMs,
		outcome: outcomeOf(second)
	};
}

function outcomeOf({ ratio, verdict }: Pick<CandidateResult, 'ratio' | 'verdict'>): CheckOutcome {
	if (ratio === null || ratio.roundsNeeded !== undefined) return 'not-enough';
	if (verdict !== 'cannot-tell') return 'failed';
	return relativeHalfWidth(ratio) > PROTOCOL.checks.calibration ? 'flagged' : 'passed';
}
