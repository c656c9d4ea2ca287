import type { RunCheck } from '../../src/lib/measure/check-types';
import { isReliable } from '../../src/lib/measure/checks';
import type {
	CandidateResult,
	CandidateStatus,
	Conditions,
	Estimate,
	PairResult,
	RunResult,
	Verdict
} from '../../src/lib/measure/types';

/** Of the line that `npm run bench -- --json` prints for a run (docs/RUN-FORMAT.md). */
export const BENCH_SCHEMA = 'repvit-explorer/bench';
export const BENCH_VERSION = 1;

/** What `npm run bench -- --json` prints. Ratios are a / b of the same rounds; intervals are 95 %. */
export interface BenchReport {
	readonly schema: typeof BENCH_SCHEMA;
	readonly schemaVersion: typeof BENCH_VERSION;
	readonly designs: readonly BenchDesign[];
	/** Neighbours in the order asked, the later one as `a`; then the rest against the reference. */
	readonly pairs: readonly BenchPair[];
	/** The reference against itself, in the same rounds: it should say `cannot-tell`. */
	readonly control: Omit<BenchPair, 'a' | 'b' | 'aId' | 'bId'> | null;
	/** Whether the control held: if not, the machine was too busy for any of these figures. */
	readonly reliable: boolean;
	/** What the run says of itself, with the numbers it rests on. */
	readonly checks: readonly RunCheck[];
	readonly conditions: Conditions | null;
	readonly rounds: number;
	readonly status: RunResult['status']['state'];
	/** Why the run ended so, for example `precise-enough`. */
	readonly reason: string | null;
}

export interface BenchDesign {
	/** As asked for on the command line. */
	readonly name: string;
	/** Unique in the run: the same design may be asked for twice. */
	readonly id: string;
	readonly medianMs: number | null;
	readonly medianInterval: Interval | null;
	/** Set where the design had fewer rounds of its own than that interval takes (METHODOLOGY 7.9). */
	readonly medianRoundsNeeded: number | null;
	readonly p10Ms: number | null;
	readonly p90Ms: number | null;
	readonly minMs: number | null;
	readonly samples: number;
	/** Against the reference, which is the first design unless that one failed. */
	readonly ratio: number | null;
	readonly interval: Interval | null;
	/** The same of the ratio's interval, which takes more where there are several. */
	readonly roundsNeeded: number | null;
	readonly verdict: Verdict | 'reference' | null;
	readonly params: number | null;
	readonly macs: number | null;
	readonly status: CandidateStatus['state'];
	readonly flags: CandidateResult['flags'];
	/** Set where the design failed. */
	readonly reason: string | null;
}

export interface BenchPair {
	/** As asked for. */
	readonly a: string;
	readonly b: string;
	readonly aId: string;
	readonly bId: string;
	readonly ratio: number;
	readonly interval: Interval;
	readonly verdict: Verdict;
}

type Interval = readonly [low: number, high: number];

/**
 * Puts a run into the words of the command line.
 * @param names the designs as they were asked for, in the order of the run's candidates
 */
export function benchReport(result: RunResult, names: readonly string[]): BenchReport {
	const { candidates, control, conditions, referenceId, roundCount, status } = result;
	const nameOf = new Map(
		candidates.map(({ candidate: { id } }, index) => [id, names[index] ?? id])
	);
	return {
		schema: BENCH_SCHEMA,
		schemaVersion: BENCH_VERSION,
		designs: candidates.map((each) => describeDesign(each, nameOf, referenceId)),
		pairs: allPairs(result).map(({ a, b, ratio, verdict }) => ({
			a: nameOf.get(a) ?? a,
			b: nameOf.get(b) ?? b,
			aId: a,
			bId: b,
			ratio: ratio.value,
			interval: intervalOf(ratio),
			verdict
		})),
		control: control && {
			ratio: control.ratio.value,
			interval: intervalOf(control.ratio),
			verdict: control.verdict
		},
		// A run of before there were checks is judged by its control alone; one of too few rounds is not
		// vouched for by anything.
		reliable:
			isReliable(result) ??
			(control?.verdict === 'cannot-tell' && control.ratio.roundsNeeded === undefined),
		checks: result.checks ?? [],
		conditions,
		rounds: roundCount,
		status: status.state,
		reason: status.state === 'failed' ? `${status.reason}: ${status.detail}` : reasonOf(status)
	};
}

function describeDesign(
	each: CandidateResult,
	nameOf: ReadonlyMap<string, string>,
	referenceId: string | null
): BenchDesign {
	const { candidate, status, medianMs, ratio } = each;
	return {
		name: nameOf.get(candidate.id) ?? candidate.id,
		id: candidate.id,
		medianMs: medianMs?.value ?? null,
		medianInterval: medianMs && intervalOf(medianMs),
		medianRoundsNeeded: medianMs?.roundsNeeded ?? null,
		p10Ms: each.p10Ms,
		p90Ms: each.p90Ms,
		minMs: each.minMs,
		samples: each.samples.length,
		ratio: ratio?.value ?? null,
		interval: ratio && intervalOf(ratio),
		roundsNeeded: ratio?.roundsNeeded ?? null,
		verdict: candidate.id === referenceId ? 'reference' : each.verdict,
		params: each.params,
		macs: each.macs,
		status: status.state,
		flags: each.flags,
		reason: status.state === 'failed' ? `${status.reason}: ${status.detail}` : null
	};
}

/** The run's own pairs, and every other design against the reference. */
function allPairs({ candidates, pairs, referenceId }: RunResult): readonly PairResult[] {
	const known = new Set(pairs.map(({ a, b }) => `${a} ${b}`));
	const others = candidates.flatMap(({ candidate: { id }, ratio, verdict }) =>
		ratio && verdict && referenceId !== null && !known.has(`${id} ${referenceId}`)
			? [{ a: id, b: referenceId, ratio, verdict }]
			: []
	);
	return [...pairs, ...others];
}

function intervalOf({ low, high }: Estimate): Interval {
	return [low, high];
}

function reasonOf(status: RunResult['status']): string | null {
	return 'reason' in status ? status.reason : null;
}

/** Why the command failed, one line a reason; empty where it did not. */
export function failuresOf({ designs, reason, status }: BenchReport): string[] {
	const failed = designs.flatMap(({ name, reason: why }) =>
		why === null ? [] : [`${name} failed: ${why}`]
	);
	return status === 'done'
		? failed
		: [`the run ${status}${reason ? `: ${reason}` : ''}`, ...failed];
}
