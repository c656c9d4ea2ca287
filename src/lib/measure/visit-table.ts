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
	/** Second visits, by the candidate that was the reference in a round; NaN in every other round. */
	readonly controls: ReadonlyMap<string, Float64Array>;
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
	const values = new Map<string, Float64Array>();
	const controls = new Map<string, Float64Array>();
	for (const { id, control, row, ms } of visits) {
		const columns = control ? controls : values;
		const column = columns.get(id) ?? empty(rounds);
		columns.set(id, column);
		column[row] = median(ms);
	}
	return { rounds, values, controls };
}

function empty(rounds: number): Float64Array {
	return new Float64Array(rounds).fill(NaN);
}

/**
 * A candidate's value of each round as it enters ratios (METHODOLOGY 7.1): the geometric mean of both
 * visits for the reference, which is known twice as well, and the one visit for every other. A
 * reference that took the place of another has one visit in the rounds before.
 */
export function ratioValues(table: VisitTable, id: string, referenceId: string): Float64Array {
	const own = table.values.get(id) ?? empty(table.rounds);
	const second = id === referenceId ? table.controls.get(id) : undefined;
	if (!second) return own;
	return own.map((value, row) => {
		return Number.isNaN(second[row]) ? value : Math.sqrt(value * second[row]!);
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
	const [first, second] = [table.values.get(referenceId), table.controls.get(referenceId)];
	return first && second ? logRatios(second, first) : empty(table.rounds);
}
