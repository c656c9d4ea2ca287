import * as v from 'valibot';
import {
	candidateSchema,
	candidateStatusSchema,
	coldSchema,
	conditionsSchema,
	count,
	dropReasonSchema,
	estimateSchema,
	finite,
	flagsSchema,
	id,
	logEventSchema,
	outputCheckSchema,
	runOptionsSchema,
	runStatusSchema,
	visitPlanSchema
} from './schema';
import { calibrationSchema, checkSchema } from './check-schema';
import { migrateRun } from './migrations';
import type { CandidateResult, RunResult } from './types';

const verdict = v.picklist(['faster', 'slower', 'cannot-tell']);
const milliseconds = v.pipe(finite, v.minValue(0));

const candidateResultSchema: v.GenericSchema<unknown, CandidateResult> = v.object({
	candidate: candidateSchema,
	status: candidateStatusSchema,
	flags: flagsSchema,
	params: v.nullable(count),
	macs: v.nullable(count),
	modelSha256: v.nullable(v.string()),
	modelBytes: v.nullable(count),
	outputChecksum: v.optional(v.nullable(v.string())),
	outputCheck: v.optional(v.nullable(outputCheckSchema)),
	visitPlan: v.optional(v.nullable(visitPlanSchema)),
	cold: v.nullable(coldSchema),
	warmupRuns: count,
	samples: v.array(
		v.object({ round: count, ms: milliseconds, control: v.optional(v.literal(true)) })
	),
	medianMs: v.nullable(estimateSchema),
	minMs: v.nullable(milliseconds),
	p10Ms: v.nullable(milliseconds),
	p25Ms: v.optional(v.nullable(milliseconds)),
	p75Ms: v.optional(v.nullable(milliseconds)),
	p90Ms: v.nullable(milliseconds),
	p99Ms: v.optional(v.nullable(milliseconds)),
	ratio: v.nullable(estimateSchema),
	verdict: v.nullable(verdict),
	outliers: v.object({ mild: count, extreme: count })
});

const runSchema: v.GenericSchema<unknown, RunResult> = v.object({
	schema: v.literal('repvit-explorer/run'),
	schemaVersion: v.literal(2),
	status: runStatusSchema,
	options: runOptionsSchema,
	conditions: v.nullable(conditionsSchema),
	candidates: v.array(candidateResultSchema),
	control: v.nullable(v.object({ ratio: estimateSchema, verdict })),
	pairs: v.array(v.object({ a: id, b: id, ratio: estimateSchema, verdict })),
	roundCount: count,
	droppedRounds: v.array(v.object({ round: count, reason: dropReasonSchema })),
	referenceId: v.nullable(id),
	measuringMs: milliseconds,
	log: v.array(
		v.object({
			atMs: finite,
			event: logEventSchema,
			detail: v.string(),
			round: v.optional(count)
		})
	),
	checks: v.optional(v.array(checkSchema)),
	calibration: v.optional(v.nullable(calibrationSchema))
});

/** Why a text is no run of ours. */
export type RunJsonProblem =
	| { readonly code: 'not-json' }
	| { readonly code: 'not-a-run' }
	| { readonly code: 'unknown-version'; readonly version: string }
	/** `path` names the first part that does not fit, for example `candidates.0.samples.3.ms`. */
	| { readonly code: 'invalid'; readonly path: string; readonly detail: string };

export type ParsedRun =
	| { readonly ok: true; readonly result: RunResult }
	| { readonly ok: false; readonly problem: RunJsonProblem };

/** A run as JSON text, schema `repvit-explorer/run` version 2; all samples included. */
export function runToJson(result: RunResult): string {
	return `${JSON.stringify(result, null, '\t')}\n`;
}

/** Reads what {@link runToJson} wrote. Never throws. */
export function parseRunJson(text: string): ParsedRun {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return { ok: false, problem: { code: 'not-json' } };
	}
	return parseRun(json);
}

/**
 * Validates a stored or received run. Older versions are brought up to date, keys
 * that are not known left out. Never throws.
 */
export function parseRun(json: unknown): ParsedRun {
	const head = v.safeParse(
		v.object({ schema: v.literal('repvit-explorer/run'), schemaVersion: v.unknown() }),
		json
	);
	if (!head.success) return { ok: false, problem: { code: 'not-a-run' } };
	const current = migrateRun(json, head.output.schemaVersion);
	if (current === null) {
		const version = String(head.output.schemaVersion);
		return { ok: false, problem: { code: 'unknown-version', version } };
	}
	const parsed = v.safeParse(runSchema, current.json);
	if (parsed.success) return { ok: true, result: parsed.output };
	const [issue] = parsed.issues;
	return {
		ok: false,
		problem: { code: 'invalid', path: v.getDotPath(issue) ?? '', detail: issue.message }
	};
}
