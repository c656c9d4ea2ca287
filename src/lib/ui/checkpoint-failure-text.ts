import type { CheckpointFailure } from '../checkpoint/events';
import * as m from '../paraglide/messages';
import {
	checkpointProblemText,
	pictureProblemText,
	safetensorsProblemText
} from './checkpoint-problem-texts';

/** What went wrong with a checkpoint and what to do, as one paragraph. */
export function failureText(failure: CheckpointFailure): string {
	switch (failure.kind) {
		case 'file':
			return safetensorsProblemText(failure.problem);
		case 'network':
			return checkpointProblemText(failure.problem);
		case 'picture':
			return pictureProblemText(failure.problem);
		case 'runtime':
			return m.checkpoint_run_failed({ reason: failure.detail });
	}
}
