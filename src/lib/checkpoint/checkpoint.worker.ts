/// <reference lib="webworker" />
import { startWasm } from '../measure/backends/wasm';
import { emptyModel } from '../onnx/empty-model';
import type { CheckpointEvent } from './events';
import { checkpointFailure } from './failure';
import { parseRequest } from './messages';
import { pixelsOf } from './pixels';
import { CheckpointSession } from './session';

/** Reads, fuses and runs one checkpoint off the page's thread. Its end ends everything it holds. */
const clock = () => performance.now();

const session = new CheckpointSession({
	clock,
	startBackend: () => startWasm(1, clock, emptyModel()),
	pixelsOf,
	onProgress: (progress) => post({ type: 'progress', ...progress })
});

/** One after another: a request waits for those before it. */
let queue = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<unknown>) => {
	queue = queue.then(() => serve(data));
};

async function serve(data: unknown): Promise<void> {
	const { id, request } = parseRequest(data);
	try {
		const answer = await session.answer(request);
		post({ type: 'answer', id, answer }, answer instanceof Uint8Array ? [answer.buffer] : []);
	} catch (error) {
		post({ type: 'failure', id, failure: checkpointFailure(error) });
	}
}

function post(event: CheckpointEvent, transfer: Transferable[] = []): void {
	self.postMessage(event, transfer);
}
