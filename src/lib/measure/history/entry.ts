import * as v from 'valibot';
import { parseRun, type RunJsonProblem } from '../export';
import type { RunResult } from '../types';
import { runId } from './run-id';
import type { FoundRecord, StoredRecord } from './store';

interface EntryHead {
	readonly id: string;
	readonly name: string;
	/** ISO 8601; null where the record does not say. */
	readonly keptAt: string | null;
	/** As it was found: what is exported raw, or put back. */
	readonly found: FoundRecord;
}

/** One line of the history. A record that cannot be read is a line too, with its reason. */
export type HistoryEntry = EntryHead &
	(
		| { readonly state: 'readable'; readonly result: RunResult }
		| { readonly state: 'unreadable'; readonly problem: RunJsonProblem }
	);

/** Whatever does not fit is nothing: a broken record must not break the list. */
const headSchema = v.object({
	name: v.fallback(v.string(), ''),
	keptAt: v.fallback(v.nullable(v.pipe(v.string(), v.isoTimestamp())), null),
	run: v.optional(v.unknown())
});

/** Reads a record of the store. Never throws. */
export function readRecord(found: FoundRecord): HistoryEntry {
	const head = v.safeParse(headSchema, found.value);
	if (!head.success) {
		const problem = { code: 'not-a-run' } as const;
		return { id: found.id, name: '', keptAt: null, found, state: 'unreadable', problem };
	}
	const { name, keptAt, run } = head.output;
	const parsed = parseRun(run);
	const common = { id: found.id, name, keptAt, found };
	return parsed.ok
		? { ...common, state: 'readable', result: parsed.result }
		: { ...common, state: 'unreadable', problem: parsed.problem };
}

/** The record that keeps a run. */
export function recordOf(
	result: RunResult,
	{ name = '', keptAt }: { readonly name?: string; readonly keptAt: string }
): FoundRecord {
	const id = runId(result);
	return { id, value: { id, name, keptAt, run: result } satisfies StoredRecord };
}

/** A record under another name; everything else in it stays as it was found. */
export function renamed({ id, value }: FoundRecord, name: string): FoundRecord {
	return { id, value: { ...(value as object | null), name } };
}

/** Newest first, by the run's start or else by when it was kept. */
export function newestFirst(entries: readonly HistoryEntry[]): HistoryEntry[] {
	return [...entries].sort((a, b) => compareTexts(momentOf(b), momentOf(a)));
}

function momentOf(entry: HistoryEntry): string {
	const started = entry.state === 'readable' ? entry.result.conditions?.startedAt : undefined;
	return started ?? entry.keptAt ?? '';
}

function compareTexts(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}

/** Whether a run is worth keeping: it has samples. A run that never came to a round has nothing. */
export function isWorthKeeping({ candidates }: RunResult): boolean {
	return candidates.some(({ samples }) => samples.length > 0);
}
