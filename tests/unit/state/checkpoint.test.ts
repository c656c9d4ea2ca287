import { describe, expect, it } from 'vitest';
import { CheckpointFault } from '$lib/checkpoint/client';
import type { CheckpointSummary } from '$lib/checkpoint/events';
import type { ReadProgress } from '$lib/weights/safetensors/read';
import { CheckpointState, type OpenCheckpoint } from '$lib/state/checkpoint.svelte';

const SUMMARY = { form: 'training' } as CheckpointSummary;

/** Workers whose answers wait for the test. */
function fakeWorkers() {
	const workers: {
		report: (progress: ReadProgress) => void;
		answer: (summary: CheckpointSummary) => void;
		fail: (error: unknown) => void;
		isClosed: boolean;
	}[] = [];
	const create = async (report: (progress: ReadProgress) => void) => {
		let resolve!: (summary: CheckpointSummary) => void;
		let reject!: (reason: unknown) => void;
		const promise = new Promise<CheckpointSummary>((accept, refuse) => {
			resolve = accept;
			reject = refuse;
		});
		// One that is closed before it was asked has nobody to tell.
		promise.catch(() => {});
		const worker = { report, answer: resolve, fail: reject, isClosed: false };
		workers.push(worker);
		return {
			ask: () => promise,
			close: () => {
				worker.isClosed = true;
				reject(new DOMException('closed', 'AbortError'));
			}
		} as unknown as OpenCheckpoint['client'];
	};
	return { workers, create };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const blob = new Blob(['x'.repeat(10)]);

describe('CheckpointState', () => {
	it('opens a file, with progress', async () => {
		const { workers, create } = fakeWorkers();
		const state = new CheckpointState(create);
		const done = state.open(blob, 'a.safetensors');
		expect(state.reading).toEqual({ fileName: 'a.safetensors', readBytes: 0, totalBytes: 10 });
		await settle();
		workers[0]!.report({ readBytes: 4, totalBytes: 10 });
		expect(state.reading?.readBytes).toBe(4);
		workers[0]!.answer(SUMMARY);
		await done;
		expect(state.current).toMatchObject({ fileName: 'a.safetensors', summary: SUMMARY });
		expect(state.reading).toBeNull();
	});

	it('keeps what is open when the next file is refused, and ends the refused one', async () => {
		const { workers, create } = fakeWorkers();
		const state = new CheckpointState(create);
		const first = state.open(blob, 'a');
		await settle();
		workers[0]!.answer(SUMMARY);
		await first;
		const failure = { kind: 'file', problem: { code: 'empty-file' } } as const;
		const second = state.open(blob, 'b');
		await settle();
		workers[1]!.fail(new CheckpointFault(failure));
		await second;
		expect(state.refused).toEqual({ fileName: 'b', failure });
		expect(state.current?.fileName).toBe('a');
		expect(workers.map(({ isClosed }) => isClosed)).toEqual([false, true]);
	});

	it('replaces what is open, and ends its worker', async () => {
		const { workers, create } = fakeWorkers();
		const state = new CheckpointState(create);
		for (const [index, name] of ['a', 'b'].entries()) {
			const done = state.open(blob, name);
			await settle();
			workers[index]!.answer(SUMMARY);
			await done;
		}
		expect(state.current?.fileName).toBe('b');
		expect(workers.map(({ isClosed }) => isClosed)).toEqual([true, false]);
	});

	it('cancels without a word of failure', async () => {
		const { workers, create } = fakeWorkers();
		const state = new CheckpointState(create);
		const done = state.open(blob, 'a');
		await settle();
		state.cancel();
		await done;
		workers[0]!.report({ readBytes: 9, totalBytes: 10 });
		expect(workers[0]!.isClosed).toBe(true);
		expect([state.reading, state.refused, state.current]).toEqual([null, null, null]);
	});

	it('gives up the file that is being read when another one comes', async () => {
		const { workers, create } = fakeWorkers();
		const state = new CheckpointState(create);
		const first = state.open(blob, 'a');
		const second = state.open(blob, 'b');
		await settle();
		workers.at(-1)!.answer(SUMMARY);
		await Promise.all([first, second]);
		expect(state.current?.fileName).toBe('b');
		expect(state.reading).toBeNull();
	});
});
