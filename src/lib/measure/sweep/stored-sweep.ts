import * as v from 'valibot';
import { parseRun, type ParsedRun } from '../export';
import type { RunResult } from '../types';
import { askedSweepSchema, type AskedSweep } from './asked-sweep';
import { sweepPlan, type SweepPlan } from './sweep-plan';

const SCHEMA = 'repvit-explorer/sweep';
const VERSION = 1;

/** A sweep as it is kept and exported: what was asked, and the run. All else follows from these. */
export interface StoredSweep extends AskedSweep {
	readonly schema: typeof SCHEMA;
	readonly schemaVersion: typeof VERSION;
	/** Says the same of itself, in `options.sweep`. */
	readonly run: RunResult;
}

const headSchema = v.object({
	schema: v.literal(SCHEMA),
	schemaVersion: v.unknown(),
	run: v.optional(v.unknown())
});

/** The sweep that a run is of; null for a run of networks that were chosen one by one. */
export function sweepOf(run: RunResult): StoredSweep | null {
	const { sweep } = run.options;
	return sweep ? { schema: SCHEMA, schemaVersion: VERSION, ...sweep, run } : null;
}

/**
 * Reads a stored sweep as its run, which says what it was planned for even where it was written before
 * runs did. `not-a-run` for what has another schema. Never throws.
 */
export function readSweepRun(json: unknown): ParsedRun {
	const head = v.safeParse(headSchema, json);
	if (!head.success) return { ok: false, problem: { code: 'not-a-run' } };
	const { schemaVersion, run } = head.output;
	if (schemaVersion !== VERSION) {
		return { ok: false, problem: { code: 'unknown-version', version: String(schemaVersion) } };
	}
	const asked = v.safeParse(askedSweepSchema, json);
	if (!asked.success) {
		const [issue] = asked.issues;
		const path = v.getDotPath(issue) ?? '';
		return { ok: false, problem: { code: 'invalid', path, detail: issue.message } };
	}
	const parsed = parseRun(run);
	if (!parsed.ok) return parsed;
	const { result } = parsed;
	return {
		ok: true,
		result: { ...result, options: { ...result.options, sweep: asked.output } }
	};
}

/** Reads a stored sweep; null for anything else. Never throws. */
export function parseSweep(json: unknown): StoredSweep | null {
	const read = readSweepRun(json);
	return read.ok ? sweepOf(read.result) : null;
}

export function planOf({ base, factors, size }: AskedSweep): SweepPlan {
	return sweepPlan(base, factors, size);
}
