import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRunsJson } from '$lib/measure/history/bundle';
import type { RunResult } from '$lib/measure/types';

const FILE = join(import.meta.dirname, '../../../static/examples/runs.json');

/** The text of the sample set that the site ships. */
export function exampleText(): string {
	return readFileSync(FILE, 'utf8');
}

/** A real run, as read from a file. */
export function exampleRun(): RunResult {
	const parsed = parseRunsJson(exampleText());
	const first = parsed.ok ? parsed.runs[0] : undefined;
	if (!first?.ok) throw new Error('the example is no run');
	return first.result;
}

/** The same run begun at another moment: another run. */
export function runAt(startedAt: string): RunResult {
	const run = exampleRun();
	if (!run.conditions) throw new Error('the example has no conditions');
	return { ...run, conditions: { ...run.conditions, startedAt } };
}
