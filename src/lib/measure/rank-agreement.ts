import { deriveSeed, mulberry32 } from '../stats/random';
import { roundsNeeded } from '../stats/interval';
import { spearmanInterval } from '../stats/rank';
import { drawResamples, resampledMedians } from '../stats/resample';
import { present } from '../stats/paired';
import { median } from '../stats/summary';
import type { Pair } from './comparisons';
import { PROTOCOL } from './protocol';
import type { Estimate, RunResult } from './types';
import { pairLogRatios, tableOfResult } from './visit-table';

/** How well the order measured here agrees with a reported one (METHODOLOGY 7.7). */
export interface RankAgreement {
	/** Spearman's correlation of the latencies; null where there is less than {@link RANK_NEEDS}. */
	readonly latencies: Estimate | null;
	/** The same of the changes from one candidate to another. */
	readonly changes: Estimate | null;
	/** How many candidates have both a reported and a measured latency. */
	readonly count: number;
}

/**
 * What a coefficient takes at least. Two items always agree or disagree wholly: no order to speak of.
 * The rounds are those of any interval of this level (METHODOLOGY 7.9).
 */
export const RANK_NEEDS = { items: 3, rounds: roundsNeeded(PROTOCOL.report.level) } as const;

/**
 * Compares the order of measured latencies, and the order of the given changes, with reported ones. Ranks only: two devices' milliseconds are different units of truth. The interval is
 * what measuring noise leaves; the designs are all there are, not a sample of more.
 *
 * @param reportedMs by candidate id; candidates without one are left out
 * @param changes which candidate's change (`a`) from which (`b`) counts; the steps that are shown
 */
export function rankAgreement(
	result: Pick<RunResult, 'candidates' | 'options' | 'referenceId'>,
	reportedMs: ReadonlyMap<string, number>,
	changes: readonly Pair[]
): RankAgreement {
	const { referenceId, options } = result;
	const table = tableOfResult(result);
	const ids = options.candidates
		.map(({ id }) => id)
		.filter((id) => reportedMs.has(id) && table.values.has(id));
	if (referenceId === null || table.rounds < RANK_NEEDS.rounds) {
		return { latencies: null, changes: null, count: ids.length };
	}
	const resamples = drawResamples({
		rounds: table.rounds,
		random: mulberry32(deriveSeed(options.seed, 'ranks'))
	});
	const correlate = (pairs: readonly { a: string; b: string; reported: number }[]) => {
		if (pairs.length < RANK_NEEDS.items) return null;
		const logs = pairs.map((pair) => pairLogRatios(table, pair, referenceId));
		return spearmanInterval({
			fixed: pairs.map(({ reported }) => reported),
			measured: logs.map((values) => median(present(values))),
			resampled: logs.map((values) => resampledMedians(values, resamples)),
			level: PROTOCOL.report.level
		});
	};
	const known = changes
		.filter(({ a, b }) => ids.includes(a) && ids.includes(b))
		.map(({ a, b }) => ({ a, b, reported: Math.log(reportedMs.get(a)! / reportedMs.get(b)!) }));
	return {
		latencies: correlate(ids.map((a) => ({ a, b: referenceId, reported: reportedMs.get(a)! }))),
		changes: correlate(known),
		count: ids.length
	};
}
