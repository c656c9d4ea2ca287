import * as v from 'valibot';
import { printDesign } from '../../src/lib/arch/query';
import { isPlanned } from '../../src/lib/arch/planned-network';
import type { Design } from '../../src/lib/arch/design';
import { parseRun, type ParsedRun, type RunJsonProblem } from '../../src/lib/measure/export';
import { parseRunsJson } from '../../src/lib/measure/history/bundle';
import type { RunResult } from '../../src/lib/measure/types';
import { benchReport } from './bench-report';
import { UsageError } from './cli';

const interval = v.tuple([v.number(), v.number()]);

/** What a comparison reads of an earlier `npm run bench -- --json`. */
const earlierSchema = v.object({
	designs: v.array(
		v.object({
			name: v.string(),
			medianMs: v.nullable(v.number()),
			medianInterval: v.nullable(interval),
			ratio: v.nullable(v.number()),
			interval: v.nullable(interval),
			verdict: v.nullable(v.string()),
			roundsNeeded: v.optional(v.nullable(v.number()))
		})
	),
	conditions: v.looseObject({}),
	reliable: v.boolean(),
	rounds: v.number()
});

export type EarlierReport = v.InferOutput<typeof earlierSchema>;

/** A design as it stands on the command line. */
interface Asked {
	readonly name: string;
	readonly design: Design;
}

/**
 * Reads an earlier run: a line of `--json`, or a run's own file, by `--save` or from the measuring page,
 * alone, in a list of one or in a sweep's file.
 * A run's file knows designs by what they are, so they get the names of this command line back.
 * @throws {UsageError} for a text that is neither, with the reason
 */
export function readEarlier(text: string, file: string, asked: readonly Asked[]): EarlierReport {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw new UsageError(`${file} is not JSON.`);
	}
	const run = onlyRun(json, text, file);
	const report = run.ok ? benchReport(run.result, namesOf(run.result, asked)) : json;
	const parsed = v.safeParse(earlierSchema, report);
	if (parsed.success) return parsed.output;
	throw new UsageError(`${file} ${run.ok ? 'is a run without figures.' : whyNot(run.problem)}`);
}

function onlyRun(json: unknown, text: string, file: string): ParsedRun {
	const alone = parseRun(json);
	if (alone.ok || alone.problem.code !== 'not-a-run') return alone;
	const list = parseRunsJson(text);
	const [first, ...more] = list.ok ? list.runs : [];
	if (!first) return alone;
	if (more.length > 0) {
		throw new UsageError(`${file} holds ${more.length + 1} runs: give a file of one.`);
	}
	return first;
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
