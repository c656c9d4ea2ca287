import { detailOf } from '../measure/failure';
import { PictureError } from '../imaging/picture';
import { CheckpointError } from '../weights/checkpoint/errors';
import { SafetensorsError } from '../weights/safetensors/errors';
import type { CheckpointFailure } from './events';

/** What was thrown, as a message between threads can carry it. */
export function checkpointFailure(error: unknown): CheckpointFailure {
	if (error instanceof SafetensorsError) return { kind: 'file', problem: error.problem };
	if (error instanceof CheckpointError) return { kind: 'network', problem: error.problem };
	if (error instanceof PictureError) return { kind: 'picture', problem: error.problem };
	return { kind: 'runtime', detail: detailOf(error) };
}
