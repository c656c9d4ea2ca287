import * as v from 'valibot';
import { parseRun, type ParsedRun, type RunJsonProblem } from '../export';
import { readSweepRun } from '../sweep/stored-sweep';

/*
 * Several runs in one file (docs/RUN-FORMAT.md). A file with one run is that run; a list of runs
 * without a head is taken as well, since that is what people make of two files. A downloaded sweep
 * stands for its run.
 */

const BUNDLE_SCHEMA = 'repvit-explorer/runs';
const BUNDLE_VERSION = 1;

/** One run of a file: read, or why it could not be. */
export type ReadRun = {
	/** Counts from 1, in the order of the file. */
	readonly place: number;
	/** Empty where the file gives none. */
	readonly name: string;
} & ParsedRun;

export type ReadRuns =
	| { readonly ok: true; readonly runs: readonly ReadRun[] }
	| { readonly ok: false; readonly problem: RunJsonProblem };

const bundleSchema = v.object({
	schema: v.literal(BUNDLE_SCHEMA),
	schemaVersion: v.unknown(),
	runs: v.optional(v.unknown())
});
const namedRunSchema = v.object({ name: v.fallback(v.string(), ''), run: v.unknown() });

/** Runs as one JSON text, each as it was found: an unreadable one is not lost by being exported. */
export function runsToJson(
	runs: readonly { readonly name: string; readonly run: unknown }[]
): string {
	const bundle = {
		schema: BUNDLE_SCHEMA,
		schemaVersion: BUNDLE_VERSION,
		runs: runs.map(({ name, run }) => ({ name, run }))
	};
	return `${JSON.stringify(bundle)}\n`;
}

/**
 * Reads a text with one run or several. Never throws: what can be read is, and each run that cannot
 * has its own reason, so that one bad run costs none of the others.
 */
export function parseRunsJson(text: string): ReadRuns {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return { ok: false, problem: { code: 'not-json' } };
	}
	if (Array.isArray(json)) return readAll(json.map((run) => ({ name: '', run: run as unknown })));
	const bundle = v.safeParse(bundleSchema, json);
	if (!bundle.success) {
		const parsed = readOne(json);
		return parsed.ok
			? { ok: true, runs: [{ place: 1, name: '', ...parsed }] }
			: { ok: false, problem: parsed.problem };
	}
	const { schemaVersion, runs } = bundle.output;
	if (schemaVersion !== BUNDLE_VERSION) {
		return { ok: false, problem: { code: 'unknown-version', version: String(schemaVersion) } };
	}
	const listed = v.safeParse(v.array(v.unknown()), runs);
	if (!listed.success) {
		return { ok: false, problem: { code: 'invalid', path: 'runs', detail: 'no list' } };
	}
	return readAll(
		listed.output.map((each) => {
			const named = v.safeParse(namedRunSchema, each);
			return named.success ? named.output : { name: '', run: each };
		})
	);
}

function readAll(runs: readonly { name: string; run: unknown }[]): ReadRuns {
	if (runs.length === 0) {
		return { ok: false, problem: { code: 'invalid', path: 'runs', detail: 'empty' } };
	}
	return {
		ok: true,
		runs: runs.map(({ name, run }, index) => ({ place: index + 1, name, ...readOne(run) }))
	};
}

function readOne(json: unknown): ParsedRun {
	const ofSweep = readSweepRun(json);
	return ofSweep.ok || ofSweep.problem.code !== 'not-a-run' ? ofSweep : parseRun(json);
}
