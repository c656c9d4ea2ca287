import type { ResultRow } from './types';

export type SortKey =
	| 'order'
	| 'label'
	| 'median'
	| 'min'
	| 'p10'
	| 'middleHalf'
	| 'p90'
	| 'p99'
	| 'ratio'
	| 'params'
	| 'macs'
	| 'top1'
	| 'reportedLatency';

export interface Sorting {
	readonly key: SortKey;
	readonly direction: 'ascending' | 'descending';
}

/** What a row is sorted by; null stands last whichever way. */
export function sortValue(row: ResultRow, key: SortKey): number | string | null {
	const { result, reported } = row;
	switch (key) {
		case 'order':
			return 0;
		case 'label':
			return row.label;
		case 'median':
			return result.medianMs?.value ?? null;
		case 'min':
			return result.minMs;
		case 'p10':
			return result.p10Ms;
		case 'middleHalf':
			return result.p25Ms != null && result.p75Ms != null ? result.p75Ms - result.p25Ms : null;
		case 'p90':
			return result.p90Ms;
		case 'p99':
			return result.p99Ms ?? null;
		case 'ratio':
			return row.isReference ? 1 : (result.ratio?.value ?? null);
		case 'params':
			return result.params;
		case 'macs':
			return result.macs;
		case 'top1':
			return reported?.top1 ?? null;
		case 'reportedLatency':
			return reported?.latencyMs ?? null;
	}
}

/** The rows in the asked order; equal rows keep theirs. The input is left alone. */
export function sortRows(rows: readonly ResultRow[], { key, direction }: Sorting): ResultRow[] {
	if (key === 'order') return [...rows];
	const sign = direction === 'ascending' ? 1 : -1;
	return [...rows].sort((a, b) => {
		const left = sortValue(a, key);
		const right = sortValue(b, key);
		if (left === null || right === null) return Number(left === null) - Number(right === null);
		if (typeof left === 'string' || typeof right === 'string') {
			return sign * String(left).localeCompare(String(right), undefined, { numeric: true });
		}
		return sign * (left - right);
	});
}

/** A press on a column's head: ascending, descending, then the order of the run again. */
export function nextSorting(current: Sorting, key: SortKey): Sorting {
	if (current.key !== key) return { key, direction: 'ascending' };
	if (current.direction === 'ascending') return { key, direction: 'descending' };
	return { key: 'order', direction: 'ascending' };
}
