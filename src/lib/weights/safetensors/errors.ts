import { describeProblem } from './describe';
import type { SafetensorsProblem } from './problem';

/**
 * A file that cannot be used. `problem` says why, as data for messages; `message` is a sentence for
 * the command line and for logs.
 */
export class SafetensorsError extends Error {
	constructor(
		readonly problem: SafetensorsProblem,
		options?: ErrorOptions
	) {
		super(describeProblem(problem), options);
		this.name = 'SafetensorsError';
	}
}
