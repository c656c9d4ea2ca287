import { parseSweep, type StoredSweep } from '../measure/sweep/stored-sweep';
import { availableStorage } from './storage';

/**
 * Where the sweep that predictions come from lies at hand: read at once, without the history, which has
 * every sweep.
 */
export interface SweepStore {
	/** The sweep that was saved last; null where there is none, or none that can be read. */
	load(): StoredSweep | null;
	/** @returns false where it could not be kept: storage is full, or refused */
	save(sweep: StoredSweep): boolean;
}

const STORAGE_KEY = 'last-sweep';

/** Keeps one sweep in the browser's storage. */
export function localSweepStore(
	storage: Pick<Storage, 'getItem' | 'setItem'> | null = availableStorage()
): SweepStore {
	return {
		load() {
			try {
				const text = storage?.getItem(STORAGE_KEY);
				return text ? parseSweep(JSON.parse(text)) : null;
			} catch {
				// What is no JSON is no sweep; a browser may also refuse to be asked.
				return null;
			}
		},
		save(sweep) {
			try {
				storage?.setItem(STORAGE_KEY, JSON.stringify(sweep));
				return storage !== null;
			} catch {
				return false;
			}
		}
	};
}
