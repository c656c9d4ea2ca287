import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { failureOf } from './failure';
import { HistoryError, type HistoryStore } from './store';

/** Raised when the layout of the database changes; the runs in it carry a version of their own. */
const DATABASE_VERSION = 1;
const DATABASE_NAME = 'repvit-explorer';
const RUNS = 'runs';

interface Layout extends DBSchema {
	/** Keys stand beside the values, so that a value that has lost its shape can still be removed. */
	[RUNS]: { key: string; value: unknown };
}

type Database = IDBPDatabase<Layout>;

export interface IndexedDbOptions {
	readonly name?: string;
	readonly version?: number;
}

/**
 * The history in IndexedDB. The database is opened by the first call, and again by the next one after
 * a failure: what was refused may be granted later. It makes way when another tab wants to upgrade it.
 */
export function indexedDbStore({
	name = DATABASE_NAME,
	version = DATABASE_VERSION
}: IndexedDbOptions = {}): HistoryStore {
	let opening: Promise<Database> | null = null;

	function open(): Promise<Database> {
		opening ??= connect().catch((error: unknown) => {
			opening = null;
			throw error;
		});
		return opening;
	}

	function connect(): Promise<Database> {
		if ((globalThis.indexedDB as IDBFactory | undefined) === undefined) {
			return Promise.reject(new HistoryError({ code: 'absent', detail: 'no IndexedDB' }));
		}
		return new Promise((resolve, reject) => {
			openDB<Layout>(name, version, {
				upgrade: (database) => {
					if (!database.objectStoreNames.contains(RUNS)) database.createObjectStore(RUNS);
				},
				// It waits for the other tab, which may be for ever: said now, tried again at the next call.
				blocked: (held) =>
					reject(new HistoryError({ code: 'blocked', detail: `held at version ${held}` })),
				blocking: (_current, _wanted, { target }) => {
					(target as IDBDatabase).close();
					opening = null;
				},
				terminated: () => (opening = null)
			}).then(resolve, reject);
		});
	}

	async function attempt<T>(use: (database: Database) => Promise<T>): Promise<T> {
		try {
			return await use(await open());
		} catch (error) {
			throw error instanceof HistoryError ? error : new HistoryError(failureOf(error));
		}
	}

	return {
		list: () =>
			attempt(async (database) => {
				const runs = database.transaction(RUNS).store;
				const [ids, values] = await Promise.all([runs.getAllKeys(), runs.getAll()]);
				return ids.map((id, i) => ({ id, value: values[i] }));
			}),
		put: ({ id, value }) =>
			attempt(async (database) => {
				const writing = database.transaction(RUNS, 'readwrite');
				// A full disk may show at the end only, and what it aborts says just that it was aborted:
				// the transaction knows why.
				void writing.store.put(value, id).catch(() => undefined);
				await writing.done;
			}),
		remove: (id) => attempt((database) => database.delete(RUNS, id))
	};
}
