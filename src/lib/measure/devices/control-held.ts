import { checkControl, holdsOne, isReliable } from '../checks';
import type { RunSummary } from '../share/summary';
import type { RunResult } from '../types';

/** A link does not say which precision was asked for: the widest that can be. */
const WIDEST_TARGET = 0.05;

/**
 * Whether a run's live control lets it be trusted (METHODOLOGY 7.8). In a sweep the control is one pair,
 * and effects are means over many: its width alone says nothing against them (13.3).
 * @param result the run, where there is more of it than its summary
 */
export function controlHeld(
	{ control }: Pick<RunSummary, 'control'>,
	result: Pick<RunResult, 'checks' | 'options'> | null
): boolean {
	if (!control) return true;
	if (result?.options.sweep) return holdsOne(control.ratio);
	if (result) return isReliable(result) !== false;
	return checkControl(control.ratio, WIDEST_TARGET).outcome !== 'failed';
}
