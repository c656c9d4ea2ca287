import type { CandidateResult, FailureReason, RunResult } from '../measure/types';
import * as m from '../paraglide/messages';
import { formatNumber, ratioParts } from '../ui/format';
import { sentences } from '../ui/join-texts';
import { failureAdvice, failureText } from '../ui/run-failure-texts';
import { roundsNeededBy } from './few-rounds';
import { pairedRatio } from './step-changes';

export interface VerdictInput {
	readonly result: RunResult;
	/** Whose time is told. */
	readonly designId: string;
	/** What it is held against; the run's reference when left out. */
	readonly referenceId?: string;
	/** Whether `designId` was made out of the reference: "the MobileNetV3-L it started from". */
	readonly startedFrom?: boolean;
	/** On the paper's iPhone 12, by candidate id; null or missing where the paper is silent. */
	readonly reportedLatencyMs: Readonly<Record<string, number | null | undefined>>;
}

/** What keeps the reader from trusting the first sentence. */
export interface Caution {
	readonly code: 'control' | 'few-rounds' | 'stopped' | 'running';
	readonly text: string;
}

/** The parts of the verdict, each a whole sentence. */
export interface VerdictSentences {
	readonly measured: string;
	/** Whether the first sentence says something that was measured. */
	readonly isMeasured: boolean;
	readonly reported: string;
	/** Whether there are reported figures to say the second sentence with. */
	readonly isReported: boolean;
	readonly cautions: readonly Caution[];
}

/**
 * The first thing a result says, as sentences that a person can repeat. Every case has words:
 * faster, slower, cannot tell, not measured, failed; and a warning where the run's own control
 * (the reference against itself) found a difference, or the run did not come to its end.
 */
export function verdictSentences(input: VerdictInput): VerdictSentences {
	const { result, designId } = input;
	const referenceId = input.referenceId ?? referenceOf(result);
	const design = input.reportedLatencyMs[designId] ?? null;
	const reference = input.reportedLatencyMs[referenceId] ?? null;
	const hasFailed = [designId, referenceId].some((id) => failureOf(result, id) !== null);
	return {
		measured: measuredSentence(input, referenceId),
		isMeasured: !hasFailed && comparison(result, designId, referenceId) !== null,
		reported: reportedSentence(design, reference),
		isReported: design !== null && reference !== null,
		cautions: cautionsOf(result)
	};
}

/** The verdict's sentences in one text. */
export function verdictSentence(input: VerdictInput): string {
	const { measured, reported, cautions } = verdictSentences(input);
	return sentences(measured, reported, ...cautions.map(({ text }) => text));
}

/** What ratios were taken against: not always what was asked for, if that one failed. */
function referenceOf({ referenceId, options }: RunResult): string {
	return referenceId ?? options.referenceId;
}

function find(result: RunResult, id: string): CandidateResult | undefined {
	return result.candidates.find(({ candidate }) => candidate.id === id);
}

/** Why a design has no figures; null where it did not fail. */
function failureOf(result: RunResult, id: string): FailureReason | null {
	const status = find(result, id)?.status;
	return status?.state === 'failed' ? status.reason : null;
}

function labelOf(result: RunResult, id: string): string {
	const asked = result.options.candidates.find((candidate) => candidate.id === id);
	return find(result, id)?.candidate.label ?? asked?.label ?? id;
}

function measuredSentence(
	{ result, designId, startedFrom = false }: VerdictInput,
	referenceId: string
): string {
	const design = labelOf(result, designId);
	const reference = labelOf(result, referenceId);
	for (const id of [designId, referenceId]) {
		const failure = failureOf(result, id);
		if (failure === null) continue;
		const words = { design: labelOf(result, id), reason: failureText(failure) };
		return sentences(m.charts_sentence_failed(words), failureAdvice(failure));
	}
	const compared = comparison(result, designId, referenceId);
	if (!compared) return m.charts_sentence_not_measured({ design, reference });
	const { value: ratio, low, high } = ratioParts(compared.ratio);
	const needed = compared.ratio.roundsNeeded;
	if (needed !== undefined) {
		const rounds = result.roundCount;
		return m.charts_sentence_few_rounds({ design, reference, ratio, rounds, needed });
	}
	const words = { design, reference, ratio, low, high };
	switch (compared.verdict) {
		case 'slower':
			return startedFrom ? m.charts_sentence_slower_start(words) : m.charts_sentence_slower(words);
		case 'faster':
			return startedFrom ? m.charts_sentence_faster_start(words) : m.charts_sentence_faster(words);
		case 'cannot-tell':
			return m.charts_sentence_cannot_tell(words);
	}
}

function comparison(result: RunResult, designId: string, referenceId: string) {
	if (referenceId === referenceOf(result)) {
		const { ratio, verdict } = find(result, designId) ?? { ratio: null, verdict: null };
		if (ratio && verdict) return { ratio, verdict };
	}
	return pairedRatio(result.pairs, designId, referenceId);
}

function reportedSentence(design: number | null, reference: number | null): string {
	if (design === null || reference === null) return m.charts_sentence_reported_none();
	if (design === reference) return m.charts_sentence_reported_same();
	return m.charts_sentence_reported({ ratio: formatNumber(design / reference, 2) });
}

function cautionsOf(result: RunResult): Caution[] {
	const { control, status, roundCount: rounds } = result;
	const cautions: Caution[] = [];
	if (control && control.verdict !== 'cannot-tell') {
		cautions.push({
			code: 'control',
			text: m.charts_sentence_unreliable(ratioParts(control.ratio))
		});
	}
	switch (status.state) {
		case 'stopped':
		case 'failed':
			cautions.push({ code: 'stopped', text: m.charts_sentence_stopped() });
			break;
		case 'done':
		case 'idle':
			break;
		default:
			return [...cautions, { code: 'running', text: m.charts_sentence_running() }];
	}
	const needed = roundsNeededBy(result);
	if (needed !== null) {
		cautions.push({ code: 'few-rounds', text: m.charts_caution_few_rounds({ rounds, needed }) });
	}
	return cautions;
}
