import * as v from 'valibot';
import { printDesign } from '../arch/query';
import type { Design } from '../arch/design';
import { EmitReply } from './emit-messages';

/**
 * Makes the ONNX file of a design in a worker of its own, which ends with it.
 * @returns the file's bytes
 * @throws an Error that says why there is none
 */
export async function emitInWorker(
	design: Design,
	{ seed = 0, createWorker = newWorker }: { seed?: number; createWorker?: () => Worker } = {}
): Promise<Uint8Array<ArrayBuffer>> {
	const worker = createWorker();
	try {
		const reply = await new Promise<unknown>((resolve, reject) => {
			worker.onmessage = ({ data }) => resolve(data);
			worker.onerror = ({ message }) => reject(new Error(message || 'the worker ended'));
			worker.postMessage({ query: printDesign(design), seed });
		});
		const parsed = v.parse(EmitReply, reply);
		if ('error' in parsed) throw new Error(parsed.error);
		return parsed.bytes;
	} finally {
		worker.terminate();
	}
}

function newWorker(): Worker {
	return new Worker(new URL('./emit.worker.ts', import.meta.url), { type: 'module' });
}
