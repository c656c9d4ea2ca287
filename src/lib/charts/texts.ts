import type { CandidateStatus, Estimate, FailureReason, Verdict } from '../measure/types';
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

const FAILURE_TEXTS: { readonly [R in FailureReason]: () => string } = {
	'out-of-memory': m.charts_fail_out_of_memory,
	'model-refused': m.charts_fail_model_refused,
	'wrong-output': m.charts_fail_wrong_output,
	'too-fast-for-timer': m.charts_fail_too_fast_for_timer,
	'worker-crashed': m.charts_fail_worker_crashed,
	'illegal-design': m.charts_fail_illegal_design
};

export function stateText(state: CandidateStatus['state']): string {
	return STATE_TEXTS[state]();
}

export function failureText(reason: FailureReason): string {
	return FAILURE_TEXTS[reason]();
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
			return m.charts_step_measured_cannot_tell(changeEnds(measured));
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

/** What a rank correlation between the paper's order and this device's says, with its interval. */
export function rankSentence(rank: Estimate | null): string {
	if (rank === null) return m.charts_rank_none();
	const parts = ratioParts(rank);
	if (rank.low > 0) return m.charts_rank_agree(parts);
	if (rank.high < 0) return m.charts_rank_invert(parts);
	return m.charts_rank_cannot_tell(parts);
}
