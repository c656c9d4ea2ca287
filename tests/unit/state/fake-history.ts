import type { HistoryFailure } from '$lib/measure/history/failure';
import { HistoryError, type FoundRecord, type HistoryStore } from '$lib/measure/history/store';
import { RunHistory } from '$lib/state/history.svelte';

/** A store in memory that refuses when it is told to. */
export class FakeStore implements HistoryStore {
	readonly records = new Map<string, unknown>();
	refusing: HistoryFailure['code'] | null = null;

	async list(): Promise<readonly FoundRecord[]> {
		this.#refuse();
		return [...this.records].map(([id, value]) => ({ id, value }));
	}

	async put({ id, value }: FoundRecord): Promise<void> {
		this.#refuse();
		this.records.set(id, structuredClone(value));
	}

	async remove(id: string): Promise<void> {
		this.#refuse();
		this.records.delete(id);
	}

	#refuse(): void {
		if (this.refusing) throw new HistoryError({ code: this.refusing, detail: 'as told' });
	}
}

export function historyOn(store: HistoryStore = new FakeStore()): RunHistory {
	return new RunHistory({
		open: () => Promise.resolve(store),
		now: () => new Date('2026-11-27T12:00:00Z')
	});
}
