import { nameOfDesign } from '../../arch/named-designs';
import { isPlanned } from '../../arch/planned-network';
import { printDesign } from '../../arch/query';
import { executionOf, laneId, laneOf } from '../execution';
import type { Candidate, CandidateResult, Estimate, RunResult, Verdict } from '../types';

/**
 * What a run says, without its samples: small enough for a link, and what devices are compared by.
 * Everything in it was measured; it holds no reported figure.
 */
export interface RunSummary {
	/** How the run ended: `done`, `stopped` or `failed`. */
	readonly ended: 'done' | 'stopped' | 'failed';
	readonly roundCount: number;
	readonly conditions: SummaryConditions;
	/** What the networks ran on: most runs have one execution, a run of several lanes several. */
	readonly executions: readonly Execution[];
	/** An index in `candidates`; null where no reference ran. */
	readonly reference: number | null;
	/** The live A/A control. */
	readonly control: Judged | null;
	readonly candidates: readonly SummaryCandidate[];
	/** Pairs beside those with the reference; `a` and `b` are indices in `candidates`. */
	readonly pairs: readonly (Judged & { readonly a: number; readonly b: number })[];
}

export interface SummaryConditions {
	readonly protocolVersion: string;
	readonly appVersion: string;
	readonly runtimeVersion: string;
	readonly crossOriginIsolated: boolean;
	readonly timerStepMs: number;
	readonly userAgent: string;
	readonly logicalCores: number | null;
	readonly deviceMemoryGib: number | null;
	readonly seed: number;
	/** ISO 8601. */
	readonly startedAt: string;
}

/** What a network ran on, as it was, not as it was asked for. */
export interface Execution {
	/** For example `wasm`. */
	readonly backend: string;
	readonly threads: number;
	/** For example `float32`. */
	readonly precision: string;
}

export interface Judged {
	readonly ratio: Estimate;
	readonly verdict: Verdict;
}

export interface SummaryCandidate {
	/**
	 * The network: a name (`step3`, `repvit-m0.9_training`) or a design's query string. Null for a
	 * network that no choices say, such as an opened file's.
	 */
	readonly design: string | null;
	/** What the network is called where `design` is null; otherwise the page names it. */
	readonly label: string;
	/** An index in `executions`. */
	readonly execution: number;
	readonly medianMs: Estimate | null;
	/** To the reference; null for the reference itself. */
	readonly toReference: Judged | null;
	readonly isSteady: boolean;
	readonly hasFailed: boolean;
}

/**
 * The summary of a run.
 * @returns null for a run that ended before its conditions were known: there is nothing to tell
 */
export function summarise(result: RunResult): RunSummary | null {
	const { conditions, candidates, status } = result;
	if (!conditions) return null;
	const executions: Execution[] = [];
	const place = (id: string | null) => candidates.findIndex(({ candidate }) => candidate.id === id);
	const reference = place(result.referenceId);
	const summaries = candidates.map((each) => ({
		...summariseCandidate(each, each.candidate.id === result.referenceId),
		execution: placeOf(executions, effectiveExecution(each.candidate, result))
	}));
	return {
		ended: status.state === 'done' || status.state === 'failed' ? status.state : 'stopped',
		roundCount: result.roundCount,
		conditions: {
			protocolVersion: conditions.protocolVersion,
			appVersion: conditions.appVersion,
			runtimeVersion: conditions.lanes[0]?.runtime.version ?? '',
			crossOriginIsolated: conditions.crossOriginIsolated,
			timerStepMs: conditions.timerStepMs,
			userAgent: conditions.userAgent,
			logicalCores: conditions.logicalCores,
			deviceMemoryGib: conditions.deviceMemoryGib,
			seed: conditions.seed,
			startedAt: conditions.startedAt
		},
		executions,
		reference: reference === -1 ? null : reference,
		control: result.control,
		candidates: summaries,
		pairs: result.pairs.flatMap(({ a, b, ratio, verdict }) => {
			const pair = { a: place(a), b: place(b), ratio, verdict };
			// With the reference they stand with the candidates.
			return pair.b === reference || pair.a === -1 || pair.b === -1 ? [] : [pair];
		})
	};
}

function summariseCandidate(
	{ candidate, medianMs, ratio, verdict, flags, status }: CandidateResult,
	isReference: boolean
): Omit<SummaryCandidate, 'execution'> {
	const design = designText(candidate);
	return {
		design,
		label: design === null ? candidate.label : '',
		medianMs,
		toReference: ratio && verdict && !isReference ? { ratio, verdict } : null,
		isSteady: !flags.includes('not-steady'),
		hasFailed: status.state === 'failed'
	};
}

function designText({ design }: Candidate): string | null {
	return isPlanned(design) ? null : (nameOfDesign(design)?.name ?? printDesign(design));
}

/** What a candidate ran on: its lane's backend, `webnn-npu` where that has a device, and threads. */
function effectiveExecution(candidate: Candidate, { conditions, options }: RunResult): Execution {
	const asked = executionOf(candidate, options);
	const id = laneId(laneOf(asked));
	const lane = conditions?.lanes.find((each) => each.id === id);
	return {
		backend: asked.backend === 'wasm' ? 'wasm' : id,
		threads: lane?.threads.effective ?? 1,
		precision: asked.precision
	};
}

/** The index of an execution in a list, which gains it if need be. */
function placeOf(executions: Execution[], wanted: Execution): number {
	const found = executions.findIndex(
		({ backend, threads, precision }) =>
			backend === wanted.backend && threads === wanted.threads && precision === wanted.precision
	);
	return found === -1 ? executions.push(wanted) - 1 : found;
}
