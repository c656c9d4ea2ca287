import { DEPENDENT_ABOVE, type CheckedInterval } from '../stats/dependence';
import { theilSenChange, thirdsChange } from '../stats/trend';
import type { Pair } from './comparisons';
import { PROTOCOL } from './protocol';
import type { BlockedPair, CheckOutcome, RunCheck } from './check-types';
import type { Estimate, RunResult } from './types';
import { ratioValues, type VisitTable } from './visit-table';

/** A comparison as it was made, for the check of its rounds. */
export interface CheckedPair extends Pair {
	readonly checked: CheckedInterval;
}

/** All checks on a run (METHODOLOGY 7.8, 7.10, 7.11). Empty until there is a reference. */
export function checkRun(options: {
	readonly table: VisitTable;
	readonly referenceId: string | null;
	readonly control: Estimate | null;
	readonly targetRelative: number;
	readonly comparisons: readonly CheckedPair[];
}): RunCheck[] {
	const { table, referenceId, control, targetRelative, comparisons } = options;
	if (referenceId === null) return [];
	return [
		...(control ? [checkControl(control, targetRelative)] : []),
		...checkDrift(ratioValues(table, referenceId, referenceId)),
		checkDependence(comparisons)
	];
}

/**
 * The reference against itself (METHODOLOGY 7.8). Its interval must hold 1. Within 1 % all is well; as
 * far as the precision that was asked for it is flagged, since a run that stops at 2 % cannot know
 * itself to 1 %; beyond that the run is unreliable.
 */
export function checkControl(
	ratio: Estimate,
	targetRelative: number
): Extract<RunCheck, { name: 'control' }> {
	const passLimit = PROTOCOL.checks.control;
	const failLimit = Math.max(passLimit, targetRelative);
	const reach = Math.max(ratio.high - 1, 1 - ratio.low);
	const base = { name: 'control', ratio, passLimit, failLimit } as const;
	if (ratio.roundsNeeded !== undefined) return { ...base, outcome: 'not-enough' };
	if (!holdsOne(ratio) || reach > failLimit) return { ...base, outcome: 'failed' };
	return { ...base, outcome: reach > passLimit ? 'flagged' : 'passed' };
}

/** Whether the interval says that the two may be alike. */
export function holdsOne({ low, high }: Pick<Estimate, 'low' | 'high'>): boolean {
	return low <= 1 && high >= 1;
}

/** METHODOLOGY 7.11: what the device did meanwhile; ratios do not suffer by it, milliseconds do. */
function checkDrift(referenceMs: Float64Array): RunCheck[] {
	const logs = referenceMs.map(Math.log);
	const known = logs.filter((value) => !Number.isNaN(value));
	const { drift: limit, driftRounds } = PROTOCOL.checks;
	const check = (name: 'drift' | 'thirds', change: number): RunCheck => {
		if (known.length < driftRounds) return { name, outcome: 'not-enough', change: null, limit };
		const relative = Math.exp(change) - 1;
		return { name, outcome: exceeds(Math.abs(relative), limit), change: relative, limit };
	};
	return [check('drift', theilSenChange(logs)), check('thirds', thirdsChange(known))];
}

/** METHODOLOGY 7.10. */
function checkDependence(comparisons: readonly CheckedPair[]): RunCheck {
	const known = comparisons.filter(
		({ checked }) =>
			!Number.isNaN(checked.correlation) && checked.interval.roundsNeeded === undefined
	);
	const limit = DEPENDENT_ABOVE;
	if (known.length === 0) {
		return { name: 'dependence', outcome: 'not-enough', largest: null, limit, blocked: [] };
	}
	const blocked: BlockedPair[] = known.flatMap(({ a, b, checked: { correlation, blockLength } }) =>
		blockLength > 1 ? [{ a, b, correlation, blockLength }] : []
	);
	const largest = Math.max(...known.map(({ checked }) => checked.correlation));
	return {
		name: 'dependence',
		outcome: blocked.length > 0 ? 'flagged' : 'passed',
		largest,
		limit,
		blocked
	};
}

function exceeds(value: number, limit: number): CheckOutcome {
	return value > limit ? 'flagged' : 'passed';
}

/** Whether a run may be trusted as a whole: its control did not fail. Null where nothing can be said. */
export function isReliable({ checks = [] }: Pick<RunResult, 'checks'>): boolean | null {
	const control = checks.find(({ name }) => name === 'control');
	if (control === undefined || control.outcome === 'not-enough') return null;
	return control.outcome !== 'failed';
}
