import { failureOf } from '../failure';
import type { FailureReason } from '../types';

/** Why there is no profile: as for a network in a run, or that the runtime does not start, or tells no times. */
export type ProfileFailureReason = FailureReason | 'runtime-refused' | 'no-trace';

/** A profile that was not made, and why; the message is the browser's or the runtime's. */
export class ProfileError extends Error {
	override readonly name = 'ProfileError';
	readonly reason: ProfileFailureReason;

	constructor(reason: ProfileFailureReason, detail: string) {
		super(detail);
		this.reason = reason;
	}
}

/** Names the reason for what was thrown; `otherwise` where it is none that can be told by itself. */
export function profileFailureOf(error: unknown, otherwise: ProfileFailureReason): ProfileError {
	if (error instanceof ProfileError) return error;
	const { reason, detail } = failureOf(error, 'model-refused');
	return new ProfileError(reason === 'model-refused' ? otherwise : reason, detail);
}
