import * as v from 'valibot';
import { detailOf } from '../measure/failure';
import type { ReadProgress } from '../weights/safetensors/read';
import type { CheckpointAnswers, CheckpointFailure, CheckpointRequest } from './events';
import { ANSWERS, parseEvent } from './messages';

/** Why a request was not answered. */
export class CheckpointFault extends Error {
	constructor(
		readonly failure: CheckpointFailure,
		options?: ErrorOptions
	) {
		super(JSON.stringify(failure), options);
		this.name = 'CheckpointFault';
	}
}

type WorkerLike = Pick<
	Worker,
	'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'
>;

interface Waiting {
	readonly type: CheckpointRequest['type'];
	readonly resolve: (answer: unknown) => void;
	readonly reject: (reason: unknown) => void;
}

/**
 * The page's end of one checkpoint: a worker of its own holds the file, and asking is all there is to
 * it. `close` ends the worker, and with it whatever was under way.
 */
export class CheckpointClient {
	readonly #worker: WorkerLike;
	readonly #onProgress: (progress: ReadProgress) => void;
	readonly #waiting = new Map<number, Waiting>();
	#nextId = 0;
	/** Why nothing can be asked any more; null while the worker lives. */
	#end: unknown = null;

	constructor({
		onProgress = () => {},
		createWorker = newWorker
	}: {
		/** Told while a file is read. */
		readonly onProgress?: (progress: ReadProgress) => void;
		readonly createWorker?: () => WorkerLike;
	} = {}) {
		this.#onProgress = onProgress;
		this.#worker = createWorker();
		this.#worker.onmessage = ({ data }) => this.#receive(data);
		this.#worker.onerror = (event) => this.#fail(event.message || 'the worker stopped');
		this.#worker.onmessageerror = () => this.#fail('a message could not be read');
	}

	/** @throws {CheckpointFault} */
	async ask<T extends CheckpointRequest['type']>(
		request: Extract<CheckpointRequest, { type: T }>,
		transfer: Transferable[] = []
	): Promise<CheckpointAnswers[T]> {
		if (this.#end) throw this.#end;
		const id = this.#nextId++;
		const answer = new Promise<unknown>((resolve, reject) => {
			this.#waiting.set(id, { type: request.type, resolve, reject });
		});
		this.#worker.postMessage({ id, request }, transfer);
		return (await answer) as CheckpointAnswers[T];
	}

	/** Ends the worker; what has not been answered fails with an `AbortError`. */
	close(): void {
		this.#settle(new DOMException('The checkpoint was closed.', 'AbortError'));
	}

	#receive(data: unknown): void {
		try {
			const event = parseEvent(data);
			if (event.type === 'progress') {
				this.#onProgress(event);
				return;
			}
			const waiting = this.#waiting.get(event.id);
			if (!waiting) return;
			if (event.type === 'failure') waiting.reject(new CheckpointFault(event.failure));
			else waiting.resolve(v.parse(ANSWERS[waiting.type], event.answer));
			this.#waiting.delete(event.id);
		} catch (error) {
			this.#fail(detailOf(error));
		}
	}

	#fail(detail: string): void {
		this.#settle(new CheckpointFault({ kind: 'runtime', detail }));
	}

	#settle(reason: unknown): void {
		this.#end ??= reason;
		this.#worker.terminate();
		for (const { reject } of this.#waiting.values()) reject(reason);
		this.#waiting.clear();
	}
}

function newWorker(): Worker {
	return new Worker(new URL('./checkpoint.worker.ts', import.meta.url), { type: 'module' });
}
