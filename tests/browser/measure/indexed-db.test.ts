import { afterEach, describe, expect, it, vi } from 'vitest';
import { indexedDbStore } from '$lib/measure/history/indexed-db';
import { HistoryError } from '$lib/measure/history/store';

let names = 0;
const used: string[] = [];
const connections: IDBDatabase[] = [];

/** A database of this test's own. */
function freshName(): string {
	const name = `test-${Date.now()}-${names++}`;
	used.push(name);
	return name;
}

/** Another tab's connection, one that makes way for nobody. */
function openRaw(name: string, version: number): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name, version);
		request.onsuccess = () => {
			connections.push(request.result);
			resolve(request.result);
		};
		request.onerror = () => reject(request.error ?? new Error('not opened'));
	});
}

async function codeOf(refused: Promise<unknown>): Promise<string> {
	const error = await refused.then(
		() => null,
		(reason: unknown) => reason
	);
	return error instanceof HistoryError ? error.failure.code : `no HistoryError: ${String(error)}`;
}

/** IndexedDB that refuses to open, as a browser does. */
function refusing(name: string): IDBFactory {
	const open = () => {
		throw new DOMException('refused', name);
	};
	return { open } as unknown as IDBFactory;
}

afterEach(() => {
	vi.restoreAllMocks();
	for (const connection of connections.splice(0)) connection.close();
	for (const name of used.splice(0)) indexedDB.deleteDatabase(name);
});

describe('runs in IndexedDB', () => {
	it('are there for the next one who opens it', async () => {
		const name = freshName();
		const store = indexedDbStore({ name });
		expect(await store.list()).toEqual([]);
		await store.put({ id: 'a', value: { run: { samples: [1, 2, 3] } } });
		await store.put({ id: 'b', value: 'broken' });
		await store.put({ id: 'a', value: { run: 'again' } });
		const next = indexedDbStore({ name });
		expect(await next.list()).toEqual([
			{ id: 'a', value: { run: 'again' } },
			{ id: 'b', value: 'broken' }
		]);
		await next.remove('a');
		expect((await store.list()).map(({ id }) => id)).toEqual(['b']);
	});

	it('say why a write was aborted, not only that it was', async () => {
		const name = freshName();
		await indexedDbStore({ name }).list();
		// A disk that fills up aborts what is being written, and tells the transaction alone why.
		const { put } = IDBObjectStore.prototype;
		vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
			this: IDBObjectStore,
			...written
		) {
			const request = put.apply(this, written);
			this.transaction.abort();
			return request;
		});
		const full = new DOMException('no room', 'QuotaExceededError');
		vi.spyOn(IDBTransaction.prototype, 'error', 'get').mockReturnValue(full);
		expect(await codeOf(indexedDbStore({ name }).put({ id: 'a', value: 1 }))).toBe('full');
		vi.restoreAllMocks();
		expect(await codeOf(indexedDbStore({ name }).put({ id: 'a', value: () => 1 }))).toBe('failed');
	});

	it.each<[string, IDBFactory | undefined, string]>([
		['there is none', undefined, 'absent'],
		['a private window refuses it', refusing('SecurityError'), 'denied'],
		['settings refuse it', refusing('InvalidStateError'), 'denied'],
		['the disk is full', refusing('QuotaExceededError'), 'full']
	])('say so where %s', async (_where, value, code) => {
		const original = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')!;
		Object.defineProperty(globalThis, 'indexedDB', { configurable: true, value });
		try {
			expect(await codeOf(indexedDbStore().list())).toBe(code);
		} finally {
			Object.defineProperty(globalThis, 'indexedDB', original);
		}
	});

	it('say so when a write finds the disk full, and take it later', async () => {
		const store = indexedDbStore({ name: freshName() });
		await store.list();
		const { put } = IDBObjectStore.prototype;
		IDBObjectStore.prototype.put = () => {
			throw new DOMException('no room', 'QuotaExceededError');
		};
		try {
			expect(await codeOf(store.put({ id: 'a', value: 1 }))).toBe('full');
		} finally {
			IDBObjectStore.prototype.put = put;
		}
		await store.put({ id: 'a', value: 1 });
		expect(await store.list()).toEqual([{ id: 'a', value: 1 }]);
	});

	it('say so when the transaction is aborted at its end', async () => {
		const store = indexedDbStore({ name: freshName() });
		await store.list();
		const { put } = IDBObjectStore.prototype;
		IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
			const request = put.apply(this, args);
			this.transaction.abort();
			return request;
		};
		try {
			expect(await codeOf(store.put({ id: 'a', value: 1 }))).toBe('failed');
		} finally {
			IDBObjectStore.prototype.put = put;
		}
		expect(await store.list()).toEqual([]);
	});

	it('of a newer version of the site are left alone', async () => {
		const name = freshName();
		(await openRaw(name, 7)).close();
		expect(await codeOf(indexedDbStore({ name }).list())).toBe('newer');
	});

	it('that another tab holds are waited for no longer than it takes to say so', async () => {
		const name = freshName();
		const held = await openRaw(name, 1);
		const store = indexedDbStore({ name, version: 2 });
		expect(await codeOf(store.list())).toBe('blocked');
		held.close();
		await expect.poll(() => codeOf(store.list())).toMatch('no HistoryError: null');
	});

	it('make way for a newer tab', async () => {
		const name = freshName();
		const old = indexedDbStore({ name });
		await old.put({ id: 'a', value: 1 });
		const newer = indexedDbStore({ name, version: 2 });
		expect(await newer.list()).toEqual([{ id: 'a', value: 1 }]);
		expect(await codeOf(old.list())).toBe('newer');
	});
});
