import { BASELINE } from '$lib/arch/design';
import { analyse } from '$lib/measure/analyse';
import type { RoundRecord } from '$lib/measure/events';
import { runOptions } from '$lib/measure/protocol';
import { newRecord, type RunRecord } from '$lib/measure/record';
import { roundOrder } from '$lib/measure/schedule';
import { judge, type Judgement } from '$lib/measure/stop-rule';
import type { RunOptions, RunResult } from '$lib/measure/types';

/** A run on a machine that is made up: no clock, no runtime, the stop rule and analysis of every run. */
export interface SyntheticRun {
	/** True milliseconds by candidate id; the first is the reference. */
	readonly trueMs: Readonly<Record<string, number>>;
	readonly seed: number;
	/** Log noise of the next visit. */
	readonly noise: () => number;
	readonly options?: Partial<RunOptions>;
}

/** Makes rounds until the stop rule ends the run. */
export function syntheticRecord({ trueMs, seed, noise, options = {} }: SyntheticRun): {
	readonly record: RunRecord;
	readonly stop: Judgement['stop'];
} {
	const ids = Object.keys(trueMs);
	const referenceId = ids[0]!;
	const run = runOptions({
		candidates: ids.map((id) => ({ id, label: id, design: BASELINE })),
		seed,
		...options
	});
	const rounds: RoundRecord[] = [];
	let spentMs = 0;
	let judgement: Judgement = { stop: null, expectedRounds: 0 };
	while (judgement.stop === null) {
		const round = rounds.length;
		const visits = roundOrder({ ids, referenceId, seed, round }).map(({ id, control }) => ({
			id,
			control,
			ms: [trueMs[id]! * Math.exp(noise())]
		}));
		// Three timed runs and one that is not, as in a visit.
		const durationMs = visits.reduce((sum, { ms }) => sum + 4 * ms[0]!, 0);
		rounds.push({ round, startMs: spentMs, durationMs, visits });
		spentMs += durationMs;
		const { expectedRounds } = judgement;
		judgement = judge({ run, rounds, ids, referenceId, spentMs, expectedRounds });
	}
	const record: RunRecord = {
		...newRecord(run, '2026-01-02T00:00:00.000Z'),
		referenceId,
		rounds,
		status: { state: 'done', reason: judgement.stop }
	};
	return { record, stop: judgement.stop };
}

export function syntheticRun(run: SyntheticRun): RunResult {
	return analyse(syntheticRecord(run).record);
}
