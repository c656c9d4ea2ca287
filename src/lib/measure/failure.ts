import type { FailureReason } from './types';

/** A candidate that cannot go on, and why. */
export interface Failure {
	readonly reason: FailureReason;
	readonly detail: string;
}

/** The device behind a backend is gone: nothing of that backend will run again in its worker. */
export class DeviceLostError extends Error {
	override readonly name = 'DeviceLostError';
}

/** A backend that is not to be had in this browser; the message is one of its reasons (`probe.ts`). */
export class BackendRefusedError extends Error {
	override readonly name = 'BackendRefusedError';
}

/** Runtimes tell of a lack of memory in their own words only. */
const OUT_OF_MEMORY =
	/out of memory|bad_alloc|allocation failed|failed to allocate|cannot enlarge memory|could not allocate|invalid array (buffer )?length|\boom\b/i;

/** What a thrown value says, for a log. */
export function detailOf(error: unknown): string {
	if (error instanceof Error) return error.message || error.name;
	return String(error);
}

/** Names the reason for what was thrown; `otherwise` where it is none that can be told by itself. */
export function failureOf(error: unknown, otherwise: FailureReason): Failure {
	const detail = detailOf(error);
	if (error instanceof DeviceLostError) return { reason: 'device-lost', detail };
	if (error instanceof BackendRefusedError) return { reason: 'backend-refused', detail };
	return { reason: OUT_OF_MEMORY.test(detail) ? 'out-of-memory' : otherwise, detail };
}
