import { addCosts, type CostMap } from '../arch/cost';
import type { Part, Repeat } from './layout/types';
import type { ShownMark } from './marks';

/*
 * A run of equal blocks is a part that no node of the tree is: what is known of nodes, by path, has to
 * be told for it too.
 */

/** Costs by path, and for each run what its blocks cost together. */
export function costsWithRuns(costs: CostMap, parts: readonly Part[]): CostMap {
	return withRuns(costs, parts, ({ paths }) => {
		const all = paths.map((path) => costs.get(path)).filter((cost) => cost !== undefined);
		return all.length > 0 ? all.reduce(addCosts) : undefined;
	});
}

/** Times by path, and for each run that of its blocks together. */
export function timesWithRuns(
	timesMs: ReadonlyMap<string, number>,
	parts: readonly Part[]
): ReadonlyMap<string, number> {
	return withRuns(timesMs, parts, ({ paths }) => {
		const all = paths.map((path) => timesMs.get(path)).filter((ms) => ms !== undefined);
		return all.length > 0 ? all.reduce((sum, ms) => sum + ms) : undefined;
	});
}

/** Marks by path, and for each run the one that all its blocks share, or that it contains changes. */
export function marksWithRuns(
	marks: ReadonlyMap<string, ShownMark>,
	parts: readonly Part[]
): ReadonlyMap<string, ShownMark> {
	return withRuns(marks, parts, ({ paths }) => {
		const all = new Set(paths.map((path) => marks.get(path)));
		return all.size === 1 ? [...all][0] : 'contains-changes';
	});
}

function withRuns<T>(
	values: ReadonlyMap<string, T>,
	parts: readonly Part[],
	ofRun: (repeat: Repeat) => T | undefined
): ReadonlyMap<string, T> {
	const runs = parts.flatMap(({ path, repeat }) => {
		const value = repeat === null ? undefined : ofRun(repeat);
		return value === undefined ? [] : [[path, value] as const];
	});
	return runs.length === 0 ? values : new Map([...values, ...runs]);
}
