import { logRatios } from '../stats/paired';
import { median } from '../stats/summary';
import type { RoundRecord } from './events';
import type { RunResult } from './types';

/** One value a visit, by candidate and round: what all statistics of a run start from. */
export interface VisitTable {
	/** How many rounds. */
	readonly rounds: number;
	/** By candidate id; NaN in a round without the candidate. Milliseconds. */
	readonly values: ReadonlyMap<string, Float64Array>;
	/** The reference's second visits. */
	readonly control: Float64Array;
}

/** A visit's value is the median of its timed runs (METHODOLOGY 4). */
export function tableOfRounds(rounds: readonly RoundRecord[]): VisitTable {
	return buildTable(
		rounds.flatMap(({ visits }, row) =>
			visits.map(({ id, control, ms }) => ({ id, control, row, ms }))
		),
		rounds.length
	);
}

/** The same table from a stored result. */
export function tableOfResult({ candidates }: Pick<RunResult, 'candidates'>): VisitTable {
	const numbers = new Set(candidates.flatMap(({ samples }) => samples.map(({ round }) => round)));
	const rows = new Map([...numbers].sort((a, b) => a - b).map((round, row) => [round, row]));
	const visits = new Map<string, { id: string; control: boolean; row: number; ms: number[] }>();
	for (const { candidate, samples } of candidates) {
		for (const { round, ms, control = false } of samples) {
			const key = `${round} ${control} ${candidate.id}`;
			const visit = visits.get(key);
			if (visit) visit.ms.push(ms);
			else visits.set(key, { id: candidate.id, control, row: rows.get(round)!, ms: [ms] });
		}
	}
	return buildTable([...visits.values()], rows.size);
}

function buildTable(
	visits: readonly { id: string; control: boolean; row: number; ms: readonly number[] }[],
	rounds: number
): VisitTable {
	const column = (): Float64Array => new Float64Array(rounds).fill(NaN);
	const values = new Map<string, Float64Array>();
	const control = column();
	for (const visit of visits) {
		let target: Float64Array = control;
		if (!visit.control) {
			target = values.get(visit.id) ?? column();
			values.set(visit.id, target);
		}
		target[visit.row] = median(visit.ms);
	}
	return { rounds, values, control };
}

/**
 * A candidate's value of each round as it enters ratios: the geometric mean of both visits for the
 * reference, which is known twice as well, and the one visit for every other.
 */
export function ratioValues(table: VisitTable, id: string, referenceId: string): Float64Array {
	const own = table.values.get(id) ?? new Float64Array(table.rounds).fill(NaN);
	if (id !== referenceId) return own;
	return own.map((value, row) => {
		const second = table.control[row]!;
		return Number.isNaN(second) ? value : Math.sqrt(value * second);
	});
}

/** ln(a / b) of each round. */
export function pairLogRatios(
	table: VisitTable,
	pair: { readonly a: string; readonly b: string },
	referenceId: string
): Float64Array {
	return logRatios(
		ratioValues(table, pair.a, referenceId),
		ratioValues(table, pair.b, referenceId)
	);
}

/** ln(second / first visit to the reference) of each round: the live A/A control. */
export function controlLogRatios(table: VisitTable, referenceId: string): Float64Array {
	const first = table.values.get(referenceId);
	return first ? logRatios(table.control, first) : new Float64Array(table.rounds).fill(NaN);
}
