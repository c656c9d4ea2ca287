import { describe, expect, it } from 'vitest';
import { CheckpointClient, CheckpointFault } from '$lib/checkpoint/client';

/** A worker that answers as a test tells it to. */
class FakeWorker {
	readonly sent: { id: number; request: { type: string } }[] = [];
	isTerminated = false;
	onmessage: Worker['onmessage'] = null;
	onerror: Worker['onerror'] = null;
	onmessageerror: Worker['onmessageerror'] = null;

	postMessage(message: unknown): void {
		this.sent.push(message as { id: number; request: { type: string } });
	}

	terminate(): void {
		this.isTerminated = true;
	}

	say(data: unknown): void {
		this.onmessage?.call(this as never, { data } as MessageEvent);
	}
}

function connect(onProgress?: (progress: { readBytes: number }) => void) {
	const worker = new FakeWorker();
	const client = new CheckpointClient({
		createWorker: () => worker as unknown as Worker,
		...(onProgress && { onProgress })
	});
	return { worker, client };
}

const OUTPUTS = {
	outputs: [{ form: 'deploy', logits: new Float32Array(3), medianMs: 2 }],
	maxDifference: null,
	range: 1,
	notFinite: 0
};

describe('CheckpointClient', () => {
	it('matches answers to requests, whatever their order', async () => {
		const { worker, client } = connect();
		const compared = client.ask({ type: 'compare', seed: 1 });
		const emitted = client.ask({ type: 'emit', form: 'deploy' });
		const [first, second] = worker.sent;
		worker.say({ type: 'answer', id: second!.id, answer: new Uint8Array([7]) });
		worker.say({ type: 'answer', id: first!.id, answer: OUTPUTS });
		expect(await emitted).toEqual(new Uint8Array([7]));
		expect(await compared).toEqual(OUTPUTS);
	});

	it('passes progress on', () => {
		const seen: number[] = [];
		const { worker } = connect(({ readBytes }) => seen.push(readBytes));
		worker.say({ type: 'progress', readBytes: 5, totalBytes: 9 });
		expect(seen).toEqual([5]);
	});

	it('turns a failure into a fault that keeps its facts', async () => {
		const { worker, client } = connect();
		const opened = client.ask({ type: 'open', file: new Blob() });
		const failure = { kind: 'file', problem: { code: 'empty-file' } };
		worker.say({ type: 'failure', id: worker.sent[0]!.id, failure });
		await expect(opened).rejects.toMatchObject({ name: 'CheckpointFault', failure });
		expect(worker.isTerminated).toBe(false);
	});

	it('ends with its worker: what waits fails with the reason, and so does what comes later', async () => {
		const { worker, client } = connect();
		const waiting = client.ask({ type: 'compare', seed: 1 });
		worker.onerror?.call(worker as never, { message: 'out of memory' } as ErrorEvent);
		await expect(waiting).rejects.toBeInstanceOf(CheckpointFault);
		await expect(client.ask({ type: 'compare', seed: 1 })).rejects.toThrow(/out of memory/);
		expect(worker.isTerminated).toBe(true);
	});

	it('takes a message that it does not understand as the end', async () => {
		const { worker, client } = connect();
		const waiting = client.ask({ type: 'compare', seed: 1 });
		worker.say({ type: 'answer', id: worker.sent[0]!.id, answer: { outputs: 'none' } });
		worker.say({ type: 'gibberish' });
		await expect(waiting).rejects.toThrow();
		expect(worker.isTerminated).toBe(true);
	});

	it('is closed at once', async () => {
		const { worker, client } = connect();
		const waiting = client.ask({ type: 'open', file: new Blob() });
		client.close();
		expect(worker.isTerminated).toBe(true);
		await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
	});
});
