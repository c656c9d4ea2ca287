import * as v from 'valibot';
import { printDesign } from '../../src/lib/arch/query';
import { isPlanned } from '../../src/lib/arch/planned-network';
import type { Design } from '../../src/lib/arch/design';
import type { ParsedRun, RunJsonProblem } from '../../src/lib/measure/export';
import { parseRunsJson } from '../../src/lib/measure/history/bundle';
import type { RunResult } from '../../src/lib/measure/types';
import { BENCH_SCHEMA, BENCH_VERSION, benchReport } from './bench-report';
import { UsageError } from './cli';

const interval = v.tuple([v.number(), v.number()]);
/** A line of before it was kept has none. */
const needed = v.optional(v.nullable(v.number()), null);

/** What a comparison reads of an earlier `npm run bench -- --json`. */
const earlierSchema = v.object({
	designs: v.array(
		v.object({
			name: v.string(),
			medianMs: v.nullable(v.number()),
			medianInterval: v.nullable(interval),
			medianRoundsNeeded: needed,
			ratio: v.nullable(v.number()),
			interval: v.nullable(interval),
			roundsNeeded: needed,
			verdict: v.nullable(v.string())
		})
	),
	conditions: v.looseObject({}),
	reliable: v.boolean(),
	rounds: v.number()
});

export type EarlierReport = v.InferOutput<typeof earlierSchema>;

/** A line's head; lines of before it had none are read as well. */
const headSchema = v.object({ schema: v.literal(BENCH_SCHEMA), schemaVersion: v.unknown() });

/** A design as it stands on the command line. */
interface Asked {
	readonly name: string;
	readonly design: Design;
}

/**
 * Reads an earlier run: a line of `--json`, or a run's own file, by `--save` or from a page. A list of
 * one run, and a sweep's file, stand for their run. A run's file knows designs by what they are, so they get the names of this command line back.
 * @throws {UsageError} for a text that is neither, with the reason
 */
export function readEarlier(text: string, file: string, asked: readonly Asked[]): EarlierReport {
	const run = onlyRun(text, file);
	const report = run.ok ? benchReport(run.result, namesOf(run.result, asked)) : lineOf(text, file);
	const parsed = v.safeParse(earlierSchema, report);
	if (parsed.success) return parsed.output;
	throw new UsageError(`${file} ${run.ok ? 'is a run without figures.' : whyNot(run.problem)}`);
}

/** @throws {UsageError} where there are several: it would be a guess which one is meant */
function onlyRun(text: string, file: string): ParsedRun {
	const read = parseRunsJson(text);
	if (!read.ok) return read;
	const [first, ...others] = read.runs;
	if (first && others.length === 0) return first;
	throw new UsageError(`${file} holds ${read.runs.length} runs: give a file of one run.`);
}

/** A text that is no run, as what `--json` may have printed. @throws {UsageError} */
function lineOf(text: string, file: string): unknown {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw new UsageError(`${file} is not JSON.`);
	}
	const head = v.safeParse(headSchema, json);
	if (head.success && head.output.schemaVersion !== BENCH_VERSION) {
		const version = String(head.output.schemaVersion);
		throw new UsageError(`${file} ${whyNot({ code: 'unknown-version', version })}`);
	}
	return json;
}

function whyNot(problem: RunJsonProblem): string {
	switch (problem.code) {
		case 'unknown-version':
			return `is a run of version ${problem.version}, which this command does not know.`;
		case 'invalid':
			return `is no whole run: ${problem.path} does not fit (${problem.detail}).`;
		default:
			return 'is neither a run nor what "npm run bench -- --json" prints.';
	}
}

/** Each candidate by the name it is asked for by now, in order where one is there twice; else its id. */
function namesOf({ candidates }: RunResult, asked: readonly Asked[]): string[] {
	const left = asked.map(({ name, design }) => ({ name, printed: printDesign(design) }));
	return candidates.map(({ candidate: { id, design } }) => {
		const printed = isPlanned(design) ? null : printDesign(design);
		const at = left.findIndex((each) => each.printed === printed);
		return at < 0 ? id : left.splice(at, 1)[0]!.name;
	});
}
