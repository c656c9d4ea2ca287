import type { HistoryFailure } from './failure';

/** A run as it lies in the store: written at some time by some version of this site, not yet read. */
export interface StoredRecord {
	/** What the run is known by: see `runId`. The same run kept twice stands once. */
	readonly id: string;
	/** What the visitor calls it; empty until named. */
	readonly name: string;
	/** When it was kept. ISO 8601. */
	readonly keptAt: string;
	/** A run as JSON values, in whichever version of the schema it was written. */
	readonly run: unknown;
}

/** One line of a store, as it was found. */
export interface FoundRecord {
	readonly id: string;
	readonly value: unknown;
}

/** Where runs are kept on this device. Every call rejects with {@link HistoryError} and nothing else. */
export interface HistoryStore {
	/** All there is, in no order. Values are as they were found: reading them is `readRecord`'s. */
	list(): Promise<readonly FoundRecord[]>;
	/** Writes a record, over one of the same id. `value` may be any that was found. */
	put(record: FoundRecord): Promise<void>;
	remove(id: string): Promise<void>;
}

/** Why a store did not do what it was asked. */
export class HistoryError extends Error {
	override readonly name = 'HistoryError';
	readonly failure: HistoryFailure;

	constructor(failure: HistoryFailure) {
		super(`${failure.code}: ${failure.detail}`);
		this.failure = failure;
	}
}
