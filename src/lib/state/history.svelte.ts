import type { ReadRun } from '../measure/history/bundle';
import {
	isWorthKeeping,
	newestFirst,
	readRecord,
	recordOf,
	renamed,
	type HistoryEntry
} from '../measure/history/entry';
import { failureOf, type HistoryFailure } from '../measure/history/failure';
import { HistoryError, type FoundRecord, type HistoryStore } from '../measure/history/store';
import type { RunResult } from '../measure/types';

/** What was being done when the store refused. */
export type HistoryTask = 'read' | 'keep' | 'rename' | 'remove' | 'undo';

export interface HistoryTrouble extends HistoryFailure {
	readonly task: HistoryTask;
}

/** The last change, which can be taken back. */
export interface Undoable {
	readonly kind: 'removed' | 'renamed';
	/** As it was before. */
	readonly before: HistoryEntry;
}

/** What became of the runs of a file. */
export interface ImportOutcome {
	readonly kept: number;
	/** Were in the history before, or twice in the file. */
	readonly known: number;
	/** Readable, but the store refused: then `trouble` says why. */
	readonly refused: number;
}

/** The database's code comes with the first use. */
async function openOnDevice(): Promise<HistoryStore> {
	const { indexedDbStore } = await import('../measure/history/indexed-db');
	return indexedDbStore();
}

/**
 * The runs kept on this device, as the pages see them. What the store refuses shows as `trouble` and
 * changes nothing else: a run that could not be kept stays on screen, a list that was read stays read.
 */
export class RunHistory {
	readonly #open: () => Promise<HistoryStore>;
	readonly #now: () => Date;
	#store: Promise<HistoryStore> | null = null;
	#phase = $state<'unread' | 'reading' | 'read'>('unread');
	#entries = $state.raw<readonly HistoryEntry[]>([]);
	#trouble = $state.raw<HistoryTrouble | null>(null);
	#undoable = $state.raw<Undoable | null>(null);

	constructor({
		open = openOnDevice,
		now = () => new Date()
	}: { open?: () => Promise<HistoryStore>; now?: () => Date } = {}) {
		this.#open = open;
		this.#now = now;
	}

	get phase(): 'unread' | 'reading' | 'read' {
		return this.#phase;
	}

	/** Newest first. */
	get entries(): readonly HistoryEntry[] {
		return this.#entries;
	}

	/** The last refusal, until something succeeds or it is dismissed. */
	get trouble(): HistoryTrouble | null {
		return this.#trouble;
	}

	get undoable(): Undoable | null {
		return this.#undoable;
	}

	dismissTrouble(): void {
		this.#trouble = null;
	}

	/** The last change stays for good. */
	dismissUndo(): void {
		this.#undoable = null;
	}

	/** Reads what is kept. */
	async load(): Promise<void> {
		this.#phase = this.#phase === 'read' ? 'read' : 'reading';
		const found = await this.#attempt('read', (store) => store.list());
		if (found) this.#entries = newestFirst(found.map(readRecord));
		this.#phase = found || this.#entries.length > 0 ? 'read' : 'unread';
	}

	/**
	 * Keeps a run that has ended, if it has samples. A name that it already goes by is left to it.
	 * @returns whether it is kept now
	 */
	async keep(result: RunResult, name = ''): Promise<boolean> {
		if (!isWorthKeeping(result)) return false;
		const record = recordOf(result, { name, keptAt: this.#now().toISOString() });
		if (this.#find(record.id)?.state === 'readable') return true;
		return this.#put('keep', record);
	}

	/** Keeps the readable runs of a file, each once. */
	async take(runs: readonly ReadRun[]): Promise<ImportOutcome> {
		if (this.#phase === 'unread') await this.load();
		let [kept, known, refused] = [0, 0, 0];
		for (const run of runs) {
			if (!run.ok) continue;
			const record = recordOf(run.result, { name: run.name, keptAt: this.#now().toISOString() });
			if (this.#find(record.id)?.state === 'readable') known++;
			else if (await this.#put('keep', record)) kept++;
			else refused++;
		}
		return { kept, known, refused };
	}

	async rename(id: string, name: string): Promise<void> {
		const before = this.#find(id);
		if (!before || before.name === name) return;
		if (await this.#put('rename', renamed(before.found, name))) {
			this.#undoable = { kind: 'renamed', before };
		}
	}

	async remove(id: string): Promise<void> {
		const before = this.#find(id);
		if (!before) return;
		const isGone = await this.#attempt('remove', async (store) => {
			await store.remove(id);
			return true;
		});
		if (!isGone) return;
		this.#entries = this.#entries.filter((each) => each.id !== id);
		this.#undoable = { kind: 'removed', before };
	}

	/** Takes the last change back. Where that is refused, it can be tried again. */
	async undo(): Promise<void> {
		const undoable = this.#undoable;
		if (undoable && (await this.#put('undo', undoable.before.found))) this.#undoable = null;
	}

	#find(id: string): HistoryEntry | undefined {
		return this.#entries.find((each) => each.id === id);
	}

	async #put(task: HistoryTask, record: FoundRecord): Promise<boolean> {
		const isKept = await this.#attempt(task, async (store) => {
			await store.put(record);
			return true;
		});
		if (!isKept) return false;
		const others = this.#entries.filter(({ id }) => id !== record.id);
		this.#entries = newestFirst([...others, readRecord(record)]);
		return true;
	}

	async #attempt<T>(
		task: HistoryTask,
		use: (store: HistoryStore) => Promise<T>
	): Promise<T | null> {
		try {
			this.#store ??= this.#open();
			const done = await use(await this.#store);
			this.#trouble = null;
			return done;
		} catch (error) {
			// The next one who asks opens it anew.
			this.#store = null;
			const failure = error instanceof HistoryError ? error.failure : failureOf(error);
			this.#trouble = { ...failure, task };
			return null;
		}
	}
}
