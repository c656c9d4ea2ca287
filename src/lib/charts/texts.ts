import { RANK_NEEDS, type RankAgreement } from '../measure/rank-agreement';
import type { CandidateStatus, Estimate, Verdict } from '../measure/types';
import * as m from '../paraglide/messages';
import { changeEnds, formatChange, formatChangeInterval, ratioParts } from '../ui/format';
import type { StepChange } from './types';

export function verdictText(verdict: Verdict | null): string {
	switch (verdict) {
		case 'faster':
			return m.charts_verdict_faster();
		case 'slower':
			return m.charts_verdict_slower();
		case 'cannot-tell':
			return m.charts_verdict_cannot_tell();
		case null:
			return m.charts_verdict_none();
	}
}

const STATE_TEXTS: { readonly [S in CandidateStatus['state']]: () => string } = {
	waiting: m.charts_state_waiting,
	loading: m.charts_state_loading,
	checking: m.charts_state_checking,
	'warming-up': m.charts_state_warming_up,
	measuring: m.charts_state_measuring,
	done: m.charts_state_done,
	stopped: m.charts_state_stopped,
	failed: m.charts_state_failed
};

export function stateText(state: CandidateStatus['state']): string {
	return STATE_TEXTS[state]();
}

/** A flag in words; one that is new to this page is shown by its name rather than hidden. */
export function flagText(flag: string): string {
	return flag === 'not-steady' ? m.charts_flag_not_steady() : flag;
}

/** Reported changes carry two decimals of a millisecond: under half a per cent is no change. */
const REPORTED_SAME = 0.005;

/** "On this device this step costs 38 % ± 2; the paper's phone gained 3 %." */
export function stepSentence(change: StepChange): string {
	return m.charts_step_sentence({
		measured: measuredClause(change),
		reported: reportedClause(change.reported)
	});
}

function measuredClause({ measured, verdict }: StepChange): string {
	if (measured === null || verdict === null) return m.charts_step_measured_none();
	switch (verdict) {
		case 'slower':
			return m.charts_step_measured_slower({ change: formatChangeInterval(measured, false) });
		case 'faster':
			return m.charts_step_measured_faster({ change: formatChangeInterval(measured, false) });
		case 'cannot-tell':
			return measured.roundsNeeded === undefined
				? m.charts_step_measured_cannot_tell(changeEnds(measured))
				: m.charts_step_measured_few_rounds();
	}
}

function reportedClause(reported: number | null): string {
	if (reported === null) return m.charts_step_reported_none();
	if (Math.abs(reported) < REPORTED_SAME) return m.charts_step_reported_same();
	const change = formatChange(Math.abs(reported)).replace('+', '');
	return reported > 0
		? m.charts_step_reported_slower({ change })
		: m.charts_step_reported_faster({ change });
}

/** Why there is no verdict, where the rounds were too few for one. */
export function fewRoundsReason(estimate: Estimate | null): string | null {
	const needed = estimate?.roundsNeeded;
	return needed === undefined ? null : m.charts_few_rounds_reason({ needed });
}

const RANK_TEXTS = {
	latencies: {
		agree: m.charts_rank_designs_agree,
		invert: m.charts_rank_designs_invert,
		untold: m.charts_rank_designs_cannot_tell,
		none: m.charts_rank_designs_none
	},
	changes: {
		agree: m.charts_rank_steps_agree,
		invert: m.charts_rank_steps_invert,
		untold: m.charts_rank_steps_cannot_tell,
		none: m.charts_rank_steps_none
	}
} as const;

/** What one of the two rank correlations with the paper's order says, or what it would need. */
export function rankSentence(
	order: keyof typeof RANK_TEXTS,
	agreement: Pick<RankAgreement, keyof typeof RANK_TEXTS>
): string {
	const rank = agreement[order];
	const texts = RANK_TEXTS[order];
	if (rank === null) return texts.none(RANK_NEEDS);
	const parts = ratioParts(rank);
	if (rank.low > 0) return texts.agree(parts);
	if (rank.high < 0) return texts.invert(parts);
	return texts.untold(parts);
}
