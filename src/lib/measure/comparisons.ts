import type { RunOptions } from './types';

export interface Pair {
	readonly a: string;
	readonly b: string;
}

/** The ratios to the reference: one family of comparisons (METHODOLOGY 7.3). */
export function referencePairs(ids: readonly string[], referenceId: string): Pair[] {
	return ids.filter((id) => id !== referenceId).map((a) => ({ a, b: referenceId }));
}

/**
 * Each candidate against the one before it, then as asked: the second family. Candidates that do not
 * run are passed over, so that a step whose neighbour failed is not compared with another one.
 */
export function neighbourPairs(
	{ candidates, extraPairs = [] }: Pick<RunOptions, 'candidates' | 'extraPairs'>,
	running: ReadonlySet<string>
): Pair[] {
	const ids = candidates.map(({ id }) => id);
	const neighbours = ids.slice(1).map((a, i) => ({ a, b: ids[i]! }));
	return [...neighbours, ...extraPairs].filter(
		({ a, b }) => a !== b && running.has(a) && running.has(b)
	);
}
