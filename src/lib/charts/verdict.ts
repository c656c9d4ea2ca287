import type { CandidateResult, RunResult } from '../measure/types';
import * as m from '../paraglide/messages';
import { formatNumber, ratioParts } from '../ui/format';
import { pairedRatio } from './step-changes';
import { failureText } from './texts';

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

/** The parts of the verdict, each a whole sentence. */
export interface VerdictSentences {
	readonly measured: string;
	readonly reported: string;
	/** What keeps the reader from trusting the first sentence; null when nothing does. */
	readonly caution: string | null;
}

/**
 * The first thing a result says, as sentences that a person can repeat. Every case has words:
 * faster, slower, cannot tell, not measured, failed; and a warning where the run's own control
 * (the reference against itself) found a difference, or the run did not come to its end.
 */
export function verdictSentences(input: VerdictInput): VerdictSentences {
	const { result, designId } = input;
	const referenceId = input.referenceId ?? referenceOf(result);
	return {
		measured: measuredSentence(input, referenceId),
		reported: reportedSentence(
			input.reportedLatencyMs[designId] ?? null,
			input.reportedLatencyMs[referenceId] ?? null
		),
		caution: cautionSentence(result)
	};
}

/** The verdict's sentences in one text. */
export function verdictSentence(input: VerdictInput): string {
	const { measured, reported, caution } = verdictSentences(input);
	return [measured, reported, caution].filter((sentence) => sentence !== null).join(' ');
}

/** What ratios were taken against: not always what was asked for, if that one failed. */
function referenceOf({ referenceId, options }: RunResult): string {
	return referenceId ?? options.referenceId;
}

function find(result: RunResult, id: string): CandidateResult | undefined {
	return result.candidates.find(({ candidate }) => candidate.id === id);
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
		const status = find(result, id)?.status;
		if (status?.state === 'failed') {
			const reason = failureText(status.reason);
			return m.charts_sentence_failed({ design: labelOf(result, id), reason });
		}
	}
	const compared = comparison(result, designId, referenceId);
	if (!compared) return m.charts_sentence_not_measured({ design, reference });
	const { value: ratio, low, high } = ratioParts(compared.ratio);
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

function cautionSentence({ control, status }: RunResult): string | null {
	if (control && control.verdict !== 'cannot-tell') {
		return m.charts_sentence_unreliable(ratioParts(control.ratio));
	}
	switch (status.state) {
		case 'stopped':
		case 'failed':
			return m.charts_sentence_stopped();
		case 'done':
		case 'idle':
			return null;
		default:
			return m.charts_sentence_running();
	}
}
