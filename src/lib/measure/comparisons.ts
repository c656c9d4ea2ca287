import { printExecution, executionOf } from './execution';
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
 * Each candidate against the one before it, where both run on the same, then as asked: the second
 * family. Candidates that do not run are passed over, so that a step whose neighbour failed is not
 * compared with another one. A pair
 * stands once, whichever way round it is asked for again: each one more widens all intervals.
 */
export function neighbourPairs(
	{
		candidates,
		threads,
		extraPairs = []
	}: Pick<RunOptions, 'candidates' | 'threads' | 'extraPairs'>,
	running: ReadonlySet<string>
): Pair[] {
	const places = candidates.map((each) => printExecution(executionOf(each, { threads })));
	const neighbours = candidates.slice(1).flatMap(({ id: a }, i) => {
		return places[i] === places[i + 1] ? [{ a, b: candidates[i]!.id }] : [];
	});
	const pairs: Pair[] = [];
	for (const { a, b } of [...neighbours, ...extraPairs]) {
		if (a === b || !running.has(a) || !running.has(b)) continue;
		if (!pairs.some((pair) => isSame(pair, { a, b }))) pairs.push({ a, b });
	}
	return pairs;
}

function isSame(one: Pair, other: Pair): boolean {
	return (one.a === other.a && one.b === other.b) || (one.a === other.b && one.b === other.a);
}
