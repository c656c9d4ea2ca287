import type { CheckpointClient } from '../checkpoint/client';
import type { CheckpointFailure, CheckpointSummary, FormOutputs } from '../checkpoint/events';
import type { CheckpointForm } from '../weights/checkpoint/types';
import type { Recipe } from '../imaging/recipe';
import type { TensorAddress } from '../weights/source';
import { checkpointClient, failureOfFault } from './checkpoint-client';
import type { OpenedNetworks } from './selection';

/** A file that is open, in a worker of its own. */
export interface OpenCheckpoint {
	readonly fileName: string;
	readonly summary: CheckpointSummary;
	readonly client: Pick<CheckpointClient, 'ask' | 'close'>;
}

/** A file that could not be opened. */
export interface RefusedFile {
	readonly fileName: string;
	readonly failure: CheckpointFailure;
}

/**
 * The checkpoint in hand: one at a time, for all pages. A file that can't be opened leaves the one
 * that is open as it was.
 */
export class CheckpointState {
	readonly #createClient: typeof checkpointClient;
	#open = $state.raw<OpenCheckpoint | null>(null);
	readonly #networks = $derived(this.#open && networksOf(this.#open));
	#reading = $state.raw<{ fileName: string; readBytes: number; totalBytes: number } | null>(null);
	#refused = $state.raw<RefusedFile | null>(null);
	#cancel: (() => void) | null = null;

	/** @param createClient starts a worker; tests pass a false one */
	constructor(createClient: typeof checkpointClient = checkpointClient) {
		this.#createClient = createClient;
	}

	get current(): OpenCheckpoint | null {
		return this.#open;
	}

	/** Its forms as networks to measure; the same objects as long as it is open. */
	get networks(): OpenedNetworks | null {
		return this.#networks;
	}

	/** How far a file has been read; null while none is. */
	get reading() {
		return this.#reading;
	}

	/** The last file, if it could not be opened. */
	get refused(): RefusedFile | null {
		return this.#refused;
	}

	/** Opens a file; one that is being read is given up. Resolves when all is done; never rejects. */
	async open(file: Blob, fileName: string): Promise<void> {
		this.cancel();
		this.#refused = null;
		this.#reading = { fileName, readBytes: 0, totalBytes: file.size };
		let isCancelled = false;
		let client: OpenCheckpoint['client'] | null = null;
		this.#cancel = () => {
			isCancelled = true;
			client?.close();
		};
		try {
			client = await this.#createClient(({ readBytes, totalBytes }) => {
				if (!isCancelled) this.#reading = { fileName, readBytes, totalBytes };
			});
			if (isCancelled) {
				client.close();
				return;
			}
			const summary = await client.ask({ type: 'open', file });
			this.#open?.client.close();
			this.#open = { fileName, summary, client };
		} catch (error) {
			client?.close();
			if (isCancelled) return;
			this.#refused = { fileName, failure: failureOfFault(error) };
		}
		this.#reading = null;
		this.#cancel = null;
	}

	/** Gives up reading. */
	cancel(): void {
		this.#cancel?.();
		this.#cancel = null;
		this.#reading = null;
	}

	dismissRefusal(): void {
		this.#refused = null;
	}

	/** Both forms on a fixed input. @throws a fault: see `failureOfFault` */
	compare(): Promise<FormOutputs> {
		return this.#client.ask({ type: 'compare', seed: 1 });
	}

	/** Both forms on a picture, which moves to the worker. @throws a fault: see `failureOfFault` */
	classify(bitmap: ImageBitmap, recipe: Recipe): Promise<FormOutputs> {
		return this.#client.ask({ type: 'classify', bitmap, recipe }, [bitmap]);
	}

	/** The ONNX file of one form. @throws a fault: see `failureOfFault` */
	emit(form: CheckpointForm): Promise<Uint8Array<ArrayBuffer>> {
		return this.#client.ask({ type: 'emit', form });
	}

	/** Values of some tensors of the file's own form, in the order asked for. */
	tensors(tensors: readonly TensorAddress[]): Promise<readonly Float32Array[]> {
		return this.#client.ask({ type: 'tensors', tensors });
	}

	get #client(): OpenCheckpoint['client'] {
		if (!this.#open) throw new Error('No checkpoint is open.');
		return this.#open.client;
	}
}

function networksOf({ fileName, summary: { plan, form } }: OpenCheckpoint): OpenedNetworks {
	return {
		fileName,
		training: form === 'training' ? { plan, form: 'training' } : null,
		deploy: { plan, form: 'deploy' }
	};
}
