import type { CheckpointClient, CheckpointFault } from '../checkpoint/client';
import type { CheckpointFailure } from '../checkpoint/events';
import type { ReadProgress } from '../weights/safetensors/read';

/** Starts a worker for one checkpoint. The code for it is loaded when the first file is opened. */
export async function checkpointClient(
	onProgress: (progress: ReadProgress) => void
): Promise<Pick<CheckpointClient, 'ask' | 'close'>> {
	const { CheckpointClient } = await import('../checkpoint/client');
	return new CheckpointClient({ onProgress });
}

/** What a request to a checkpoint's worker ended in. */
export function failureOfFault(error: unknown): CheckpointFailure {
	if (isFault(error)) return error.failure;
	return { kind: 'runtime', detail: error instanceof Error ? error.message : String(error) };
}

/** By its name: the class itself is loaded only with the worker's code. */
function isFault(error: unknown): error is CheckpointFault {
	return error instanceof Error && error.name === 'CheckpointFault' && 'failure' in error;
}
