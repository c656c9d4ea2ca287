import { simultaneousLevel } from '../stats/interval';
import { countOutliers } from '../stats/outliers';
import { medianInterval, ratioInterval } from '../stats/paired';
import { deriveSeed, mulberry32 } from '../stats/random';
import { drawResamples, type Resamples } from '../stats/resample';
import { quantile } from '../stats/summary';
import { verdictOf } from '../stats/verdict';
import { neighbourPairs, referencePairs } from './comparisons';
import { PROTOCOL } from './protocol';
import type { CandidateRecord, RunRecord } from './record';
import type { CandidateResult, PairResult, RunResult, Sample } from './types';
import { controlLogRatios, pairLogRatios, tableOfRounds, type VisitTable } from './visit-table';

const { level: LEVEL } = PROTOCOL.report;

/**
 * What a run says, at any moment of it (METHODOLOGY 7). Pure and seeded: the same record gives the
 * same result.
 */
export function analyse(record: RunRecord): RunResult {
	const { options, referenceId, rounds } = record;
	const table = tableOfRounds(rounds);
	const draw = (blockLength: number) =>
		drawResamples({
			rounds: table.rounds,
			random: mulberry32(deriveSeed(options.seed, 'report')),
			blockLength
		});
	const resamples = draw(1);
	// Single latencies drift from round to round, unlike ratios: neighbours are drawn together.
	const blocks = draw(Math.max(1, Math.round(Math.sqrt(table.rounds))));
	const known = [...table.values.keys()];
	const comparisons = referenceId === null ? [] : referencePairs(known, referenceId);
	const ratioLevel = simultaneousLevel(LEVEL, comparisons.length);
	return {
		schema: 'repvit-explorer/run',
		schemaVersion: 2,
		status: record.status,
		options,
		conditions: record.conditions && {
			...record.conditions,
			...(record.page && { page: record.page })
		},
		candidates: record.candidates.map((each) => ({
			...analyseCandidate(each, record, blocks),
			...compare(each.candidate.id, referenceId, table, resamples, ratioLevel)
		})),
		control: analyseControl(table, referenceId, resamples),
		pairs: referenceId === null ? [] : analysePairs(record, table, referenceId, resamples),
		roundCount: rounds.length,
		droppedRounds: record.droppedRounds,
		referenceId,
		measuringMs: rounds.reduce((sum, { durationMs }) => sum + durationMs, 0),
		log: record.log
	};
}

function analyseCandidate(
	{ candidate, status, facts }: CandidateRecord,
	{ rounds }: RunRecord,
	blocks: Resamples
): Omit<CandidateResult, 'ratio' | 'verdict' | 'outliers'> {
	const samples: Sample[] = [];
	const times: number[] = [];
	const rows: number[] = [];
	rounds.forEach(({ round, visits }, row) => {
		for (const visit of visits) {
			if (visit.id !== candidate.id) continue;
			for (const ms of visit.ms) {
				samples.push({ round, ms, ...(visit.control && { control: true as const }) });
				times.push(ms);
				rows.push(row);
			}
		}
	});
	const some = times.length > 0;
	return {
		candidate,
		status,
		flags: facts.flags ?? [],
		params: facts.params ?? null,
		macs: facts.macs ?? null,
		modelSha256: facts.modelSha256 ?? null,
		modelBytes: facts.modelBytes ?? null,
		outputChecksum: facts.outputChecksum ?? null,
		outputCheck: facts.outputCheck ?? null,
		visitPlan: facts.visitPlan ?? null,
		cold: facts.cold ?? null,
		warmupRuns: facts.warmupRuns ?? 0,
		samples,
		medianMs: medianInterval(times, rows, blocks, LEVEL),
		minMs: some ? times.reduce((least, ms) => Math.min(least, ms)) : null,
		p10Ms: some ? quantile(times, 0.1) : null,
		p90Ms: some ? quantile(times, 0.9) : null
	};
}

/** The reference's ratio is 1 by definition; its outliers are those of the A/A control. */
function compare(
	id: string,
	referenceId: string | null,
	table: VisitTable,
	resamples: Resamples,
	level: number
): Pick<CandidateResult, 'ratio' | 'verdict' | 'outliers'> {
	if (referenceId === null || !table.values.has(id)) {
		return { ratio: null, verdict: null, outliers: { mild: 0, extreme: 0 } };
	}
	if (id === referenceId) {
		return {
			ratio: { value: 1, low: 1, high: 1 },
			verdict: null,
			outliers: countOutliers(controlLogRatios(table, referenceId))
		};
	}
	const logs = pairLogRatios(table, { a: id, b: referenceId }, referenceId);
	const ratio = ratioInterval(logs, resamples, level);
	return { ratio, verdict: ratio && verdictOf(ratio), outliers: countOutliers(logs) };
}

function analyseControl(
	table: VisitTable,
	referenceId: string | null,
	resamples: Resamples
): RunResult['control'] {
	if (referenceId === null) return null;
	const ratio = ratioInterval(controlLogRatios(table, referenceId), resamples, LEVEL);
	return ratio && { ratio, verdict: verdictOf(ratio) };
}

function analysePairs(
	{ options }: RunRecord,
	table: VisitTable,
	referenceId: string,
	resamples: Resamples
): PairResult[] {
	const pairs = neighbourPairs(options, new Set(table.values.keys()));
	const level = simultaneousLevel(LEVEL, pairs.length);
	return pairs.flatMap(({ a, b }) => {
		const ratio = ratioInterval(pairLogRatios(table, { a, b }, referenceId), resamples, level);
		return ratio ? [{ a, b, ratio, verdict: verdictOf(ratio) }] : [];
	});
}
