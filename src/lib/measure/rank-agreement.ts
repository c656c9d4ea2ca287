import { deriveSeed, mulberry32 } from '../stats/random';
import { spearmanInterval } from '../stats/rank';
import { drawResamples, resampledMedians } from '../stats/resample';
import { present } from '../stats/paired';
import { median } from '../stats/summary';
import { PROTOCOL } from './protocol';
import type { Estimate, RunResult } from './types';
import { pairLogRatios, tableOfResult } from './visit-table';

/** How well the order measured here agrees with a reported one (METHODOLOGY 7.7). */
export interface RankAgreement {
	/** Spearman's correlation of the latencies; null for fewer than three candidates. */
	readonly latencies: Estimate | null;
	/** Of each candidate's change against the one before it; null for fewer than three changes. */
	readonly changes: Estimate | null;
	/** How many candidates have both a reported and a measured latency. */
	readonly count: number;
}

/** Two items always agree or disagree wholly: no order to speak of. */
const FEWEST = 3;

/**
 * Compares the order of measured latencies, and of the changes from candidate to candidate, with
 * reported ones. Ranks only: two devices' milliseconds are different units of truth. The interval is
 * what measuring noise leaves; the designs are all there are, not a sample of more.
 *
 * @param reportedMs by candidate id; candidates without one are left out. Two that then stand side by
 * side make no change unless they also do in the run
 */
export function rankAgreement(
	result: Pick<RunResult, 'candidates' | 'options' | 'referenceId'>,
	reportedMs: ReadonlyMap<string, number>
): RankAgreement {
	const { referenceId, options } = result;
	const table = tableOfResult(result);
	const ids = options.candidates
		.map(({ id }) => id)
		.filter((id) => reportedMs.has(id) && table.values.has(id));
	if (referenceId === null || table.rounds < 2) return { latencies: null, changes: null, count: 0 };
	const resamples = drawResamples({
		rounds: table.rounds,
		random: mulberry32(deriveSeed(options.seed, 'ranks'))
	});
	const correlate = (pairs: readonly { a: string; b: string; reported: number }[]) => {
		if (pairs.length < FEWEST) return null;
		const logs = pairs.map((pair) => pairLogRatios(table, pair, referenceId));
		return spearmanInterval({
			fixed: pairs.map(({ reported }) => reported),
			measured: logs.map((values) => median(present(values))),
			resampled: logs.map((values) => resampledMedians(values, resamples)),
			level: PROTOCOL.report.level
		});
	};
	const order = options.candidates.map(({ id }) => id);
	const changes = ids.flatMap((a) => {
		const b = order[order.indexOf(a) - 1];
		if (b === undefined || !ids.includes(b)) return [];
		return [{ a, b, reported: Math.log(reportedMs.get(a)! / reportedMs.get(b)!) }];
	});
	return {
		latencies: correlate(ids.map((a) => ({ a, b: referenceId, reported: reportedMs.get(a)! }))),
		changes: correlate(changes),
		count: ids.length
	};
}
