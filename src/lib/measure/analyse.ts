import { checkedRatioInterval, memoisedBlocks, type DrawBlocks } from '../stats/dependence';
import { simultaneousLevel } from '../stats/interval';
import { countOutliers } from '../stats/outliers';
import { medianInterval } from '../stats/paired';
import { deriveSeed, mulberry32 } from '../stats/random';
import { drawResamples, type Resamples } from '../stats/resample';
import { quantile } from '../stats/summary';
import { verdictOf } from '../stats/verdict';
import { checkRun, type CheckedPair } from './checks';
import { neighbourPairs, referencePairs, type Pair } from './comparisons';
import { PROTOCOL } from './protocol';
import type { CandidateRecord, RunRecord } from './record';
import type { CandidateResult, RunResult, Sample } from './types';
import { controlLogRatios, pairLogRatios, tableOfRounds, type VisitTable } from './visit-table';

const { level: LEVEL } = PROTOCOL.report;

/**
 * What a run says, at any moment of it (METHODOLOGY 7). Pure and seeded: the same record gives the
 * same result.
 */
export function analyse(record: RunRecord): RunResult {
	const { options, referenceId, rounds } = record;
	const table = tableOfRounds(rounds);
	const draw = memoisedBlocks((blockLength) =>
		drawResamples({
			rounds: table.rounds,
			random: mulberry32(deriveSeed(options.seed, 'report')),
			blockLength
		})
	);
	// Single latencies drift from round to round, unlike ratios: neighbours are drawn together.
	const blocks = draw(Math.max(1, Math.round(Math.sqrt(table.rounds))));
	const known = [...table.values.keys()];
	const family = (pairs: readonly Pair[]) => compareFamily(pairs, table, referenceId, draw);
	const ratios = family(referenceId === null ? [] : referencePairs(known, referenceId));
	const pairs = family(referenceId === null ? [] : neighbourPairs(options, new Set(known)));
	const control = analyseControl(table, referenceId, draw);
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
			...compare(each.candidate.id, referenceId, table, ratios)
		})),
		control: control && { ratio: control.interval, verdict: verdictOf(control.interval) },
		pairs: pairs.map(({ a, b, checked: { interval } }) => ({
			a,
			b,
			ratio: interval,
			verdict: verdictOf(interval)
		})),
		roundCount: rounds.length,
		droppedRounds: record.droppedRounds,
		referenceId,
		measuringMs: rounds.reduce((sum, { durationMs }) => sum + durationMs, 0),
		log: record.log,
		checks: checkRun({
			table,
			referenceId,
			control: control && control.interval,
			targetRelative: options.targetRelative,
			comparisons: [
				...ratios,
				...pairs,
				...(control && referenceId !== null
					? [{ a: referenceId, b: referenceId, checked: control }]
					: [])
			]
		})
	};
}

/** One family of comparisons, whose intervals hold together (METHODOLOGY 7.3). */
function compareFamily(
	pairs: readonly Pair[],
	table: VisitTable,
	referenceId: string | null,
	draw: DrawBlocks
): CheckedPair[] {
	if (referenceId === null) return [];
	const level = simultaneousLevel(LEVEL, pairs.length);
	return pairs.flatMap((pair) => {
		const checked = checkedRatioInterval(pairLogRatios(table, pair, referenceId), draw, level);
		return checked ? [{ ...pair, checked }] : [];
	});
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
		p25Ms: some ? quantile(times, 0.25) : null,
		p75Ms: some ? quantile(times, 0.75) : null,
		p90Ms: some ? quantile(times, 0.9) : null,
		p99Ms: some ? quantile(times, 0.99) : null
	};
}

/** The reference's ratio is 1 by definition; its outliers are those of the A/A control. */
function compare(
	id: string,
	referenceId: string | null,
	table: VisitTable,
	ratios: readonly CheckedPair[]
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
	const ratio = ratios.find(({ a }) => a === id)?.checked.interval ?? null;
	return { ratio, verdict: ratio && verdictOf(ratio), outliers: countOutliers(logs) };
}

function analyseControl(table: VisitTable, referenceId: string | null, draw: DrawBlocks) {
	if (referenceId === null) return null;
	return checkedRatioInterval(controlLogRatios(table, referenceId), draw, LEVEL);
}
