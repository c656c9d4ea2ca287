import type { RunResult } from '../measure/types';

/** The most rounds that any interval of a run would have needed; null where there were enough. */
export function roundsNeededBy({
	candidates,
	pairs,
	control
}: Pick<RunResult, 'candidates' | 'pairs' | 'control'>): number | null {
	const estimates = [
		...candidates.flatMap(({ medianMs, ratio }) => [medianMs, ratio]),
		...pairs.map(({ ratio }) => ratio),
		control?.ratio
	];
	const needed = estimates.flatMap((estimate) => estimate?.roundsNeeded ?? []);
	return needed.length > 0 ? Math.max(...needed) : null;
}
