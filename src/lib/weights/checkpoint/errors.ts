import { describeProblem } from './describe';
import type { CheckpointProblem } from './problem';

/**
 * A checkpoint of no network that can be built here. `problem` says why, as data for messages;
 * `message` is a sentence for the command line and for logs.
 */
export class CheckpointError extends Error {
	constructor(readonly problem: CheckpointProblem) {
		super(describeProblem(problem));
		this.name = 'CheckpointError';
	}
}
