import type { Calibration, CheckOutcome, RunCheck } from '../measure/check-types';
import { holdsOne, isReliable } from '../measure/checks';
import type { DropReason, LogEntry, RunResult } from '../measure/types';
import * as m from '../paraglide/messages';
import { formatChange, formatMs, formatNumber, formatRatio, NO_VALUE } from '../ui/format';
import { listed } from '../ui/join-texts';
import { loggedFailureText } from '../ui/run-failure-texts';
import type { TimelineEvent } from './timeline';

/** A check as a row: its name, how it came out, what it says. */
export interface CheckRow {
	readonly key: string;
	readonly name: string;
	/** Null where there is nothing to pass: the row only informs. */
	readonly outcome: CheckOutcome | null;
	readonly text: string;
}

/** Signs beside the words, so that colour is never alone. */
export const OUTCOME_SIGNS: { readonly [O in CheckOutcome]: string } = {
	passed: '✓',
	flagged: '!',
	failed: '✗',
	'not-enough': '…'
};

const OUTCOME_TEXTS: { readonly [O in CheckOutcome]: () => string } = {
	passed: m.checks_outcome_passed,
	flagged: m.checks_outcome_flagged,
	failed: m.checks_outcome_failed,
	'not-enough': m.checks_outcome_not_enough
};

const NAME_TEXTS: { readonly [N in RunCheck['name']]: () => string } = {
	control: m.checks_name_control,
	drift: m.checks_name_drift,
	thirds: m.checks_name_thirds,
	dependence: m.checks_name_dependence
};

export function outcomeText(outcome: CheckOutcome): string {
	return OUTCOME_TEXTS[outcome]();
}

/**
 * Whether a run can be relied on, in a sentence; null for a run that has no checks, and for one that is
 * unreliable: that stands where the result begins.
 */
export function reliabilityText(result: Pick<RunResult, 'checks'>): string | null {
	if (!result.checks || result.checks.length === 0) return null;
	switch (isReliable(result)) {
		case true:
			return m.checks_reliable();
		case false:
			return null;
		case null:
			return m.checks_not_judged();
	}
}

/** All that a run says of itself, in the order it is read. */
export function checkRows(result: RunResult): CheckRow[] {
	const { checks = [], calibration } = result;
	const rows: CheckRow[] = checks.map((check) => ({
		key: check.name,
		name: NAME_TEXTS[check.name](),
		outcome: check.outcome,
		text: checkText(check, result)
	}));
	if (result.roundCount > 0) {
		rows.push(
			{
				key: 'together',
				name: m.checks_name_together(),
				outcome: null,
				text: togetherText(result)
			},
			{
				key: 'outliers',
				name: m.checks_name_outliers(),
				outcome: null,
				text: m.checks_outliers_text(outlierCounts(result))
			}
		);
	}
	if (calibration) {
		rows.push({
			key: 'calibration',
			name: m.checks_name_calibration(),
			outcome: calibration.outcome,
			text: calibrationText(calibration)
		});
	}
	return rows;
}

function checkText(check: RunCheck, result: RunResult): string {
	switch (check.name) {
		case 'control':
			return controlText(check, result.roundCount);
		case 'drift':
		case 'thirds':
			return driftText(check);
		case 'dependence':
			return dependenceText(check, result);
	}
}

/**
 * The control of a sweep. Its effects are known better than the one pair of the control: it is in order
 * where it holds 1, however wide it is (METHODOLOGY 13.3). Undefined for a run without checks.
 */
export function sweepControlRow(result: RunResult): CheckRow | undefined {
	const row = checkRows(result).find(({ key }) => key === 'control');
	const check = result.checks?.find((each) => each.name === 'control');
	if (!row || !check || check.outcome === 'not-enough' || !holdsOne(check.ratio)) return row;
	const text = m.checks_control_sweep({ ratio: formatRatio(check.ratio) });
	return { ...row, outcome: 'passed', text };
}

function controlText(check: Extract<RunCheck, { name: 'control' }>, rounds: number): string {
	const { outcome, passLimit, failLimit } = check;
	const ratio = formatRatio(check.ratio);
	switch (outcome) {
		case 'passed':
			return m.checks_control_passed({ ratio, limit: plusMinus(passLimit) });
		case 'flagged':
			return m.checks_control_flagged({ ratio, limit: plusMinus(failLimit) });
		case 'failed':
			return check.ratio.low > 1 || check.ratio.high < 1
				? m.checks_control_differs({ ratio })
				: m.checks_control_wide({ ratio, limit: plusMinus(failLimit) });
		case 'not-enough':
			return m.charts_control_few_rounds({ ratio, rounds });
	}
}

function driftText({
	name,
	outcome,
	change: value,
	limit: most
}: Extract<RunCheck, { name: 'drift' | 'thirds' }>): string {
	if (outcome === 'not-enough') return m.checks_drift_not_enough();
	const change = formatChange(value, 1);
	const limit = percent(most);
	const isFlagged = outcome !== 'passed';
	if (name === 'drift') {
		return isFlagged
			? m.checks_drift_flagged({ change, limit })
			: m.checks_drift_passed({ change, limit });
	}
	return isFlagged
		? m.checks_thirds_flagged({ change, limit })
		: m.checks_thirds_passed({ change });
}

function dependenceText(
	{ outcome, largest, limit: most, blocked }: Extract<RunCheck, { name: 'dependence' }>,
	result: RunResult
): string {
	if (outcome === 'not-enough' || largest === null) return m.checks_dependence_not_enough();
	const words = { largest: formatNumber(largest, 2), limit: formatNumber(most, 1) };
	if (blocked.length === 0) return m.checks_dependence_passed(words);
	const labelOf = (id: string) =>
		result.candidates.find(({ candidate }) => candidate.id === id)?.candidate.label ?? id;
	const pairs = blocked.map(({ a, b }) =>
		a === b ? m.checks_live_control() : m.checks_pair({ a: labelOf(a), b: labelOf(b) })
	);
	return m.checks_dependence_flagged({ ...words, count: pairs.length, pairs: listed(pairs) });
}

/** METHODOLOGY 7.3: how the intervals of several comparisons hold together. */
function togetherText({ candidates, pairs }: RunResult): string {
	const count = candidates.filter(({ verdict }) => verdict !== null).length;
	const level = 1 - 0.05 / Math.max(1, count, pairs.length);
	return m.checks_together_text({
		count,
		pairs: pairs.length,
		level: percent(level, level > 0.95 ? 1 : 0)
	});
}

function outlierCounts({ candidates }: RunResult): { mild: number; extreme: number } {
	const sum = (key: 'mild' | 'extreme') =>
		candidates.reduce((total, { outliers }) => total + outliers[key], 0);
	return { mild: sum('mild'), extreme: sum('extreme') };
}

/** What a calibration found, in a sentence. */
export function calibrationText(calibration: Calibration): string {
	const { label: name, emptyCallMs, timerStepMs } = calibration;
	const words = {
		name,
		empty: microseconds(emptyCallMs),
		step: microseconds(timerStepMs)
	};
	const ratio = formatRatio(calibration.ratio);
	switch (calibration.outcome) {
		case 'passed':
			return m.checks_calibration_passed({ ...words, ratio });
		case 'flagged':
			return m.checks_calibration_flagged({ ...words, ratio });
		case 'failed':
			return m.checks_calibration_failed({ ...words, ratio });
		case 'not-enough':
			return m.checks_calibration_not_enough(words);
	}
}

/** Under a millisecond thousandths say more: `18 µs`. */
function microseconds(ms: number | null): string {
	if (ms === null) return NO_VALUE;
	return ms < 1 ? `${formatNumber(ms * 1000, ms < 0.01 ? 1 : 0)}\u00a0µs` : formatMs(ms);
}

function percent(fraction: number, decimals = 0): string {
	return `${formatNumber(fraction * 100, decimals)}\u00a0%`;
}

function plusMinus(fraction: number): string {
	return `±\u00a0${percent(fraction)}`;
}

const REASON_TEXTS: { readonly [R in DropReason]: () => string } = {
	'page-hidden': m.checks_reason_page_hidden,
	gap: m.checks_reason_gap,
	'battery-low': m.checks_reason_battery_low,
	pressure: m.checks_reason_pressure,
	'page-throttled': m.checks_reason_page_throttled,
	'clock-jumped': m.checks_reason_clock_jumped
};

/** A reason in words; the log's own, where it has none of ours. */
function reasonText(detail: string): string {
	const known = (Object.keys(REASON_TEXTS) as DropReason[]).find((key) => detail.endsWith(key));
	return known ? REASON_TEXTS[known]() : detail;
}

/** "Round 12: dropped (page hidden)". */
export function eventText({ round, entry }: TimelineEvent): string {
	return m.checks_event({ round: round + 1, text: happeningText(entry) });
}

function happeningText({ event, detail }: LogEntry): string {
	switch (event) {
		case 'round-dropped':
			return m.checks_event_dropped({ reason: reasonText(detail) });
		case 'paused':
			if (detail === 'page-hidden') return m.checks_event_hidden();
			if (detail === 'visitor') return m.checks_event_paused();
			if (detail === 'another-tab') return m.checks_event_waited();
			return m.checks_event_held({ reason: reasonText(detail) });
		case 'resumed':
			return m.checks_event_resumed();
		case 'warmed-up-again':
			return m.checks_event_warm_up();
		case 'worker-restarted':
			return m.checks_event_restart();
		case 'pressure':
			return m.checks_event_pressure({ state: detail });
		case 'battery':
			return m.checks_event_battery({ state: detail });
		case 'page-throttled':
			return m.checks_event_throttled();
		case 'clock-jumped':
			return m.checks_event_clock({ state: detail });
		case 'candidate-failed':
			return m.checks_event_candidate({ state: loggedFailureText(detail) });
		case 'guard-overruled':
			return m.checks_event_overruled({ reason: reasonText(detail) });
		case 'reference-replaced':
			return m.checks_event_reference({ state: detail });
		case 'threads-reduced':
			return m.checks_event_threads();
	}
}
