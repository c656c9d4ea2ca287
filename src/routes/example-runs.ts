import { asset } from '$app/paths';
import type { ReadRun } from '$lib/measure/history/bundle';

/**
 * Runs that ship with the site, measured on the machine it is made on. Their reader is fetched with them.
 * @throws {Error} with what went wrong, where they are not there or can't be read
 */
export async function fetchExample(
	file: '/examples/runs.json' | '/examples/sweep.json'
): Promise<readonly ReadRun[]> {
	const response = await fetch(asset(file));
	if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
	const { parseRunsJson } = await import('$lib/measure/history/bundle');
	const read = parseRunsJson(await response.text());
	if (!read.ok) throw new Error(read.problem.code);
	return read.runs;
}
