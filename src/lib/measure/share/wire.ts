import * as v from 'valibot';
import { findNamedDesign } from '../../arch/named-designs';
import { parseDesign } from '../../arch/query';
import type { Estimate, Verdict } from '../types';
import type { Judged, RunSummary } from './summary';

/*
 * What a share link holds, as JSON of few characters: lists in place of objects, codes in place of
 * words, five digits a figure. Version 1; docs/RUN-FORMAT.md says each place.
 */

/** A run as it is handed on: what its owner calls it, and its summary. */
export interface SharedRun {
	readonly name: string;
	readonly summary: RunSummary;
}

export const MAX_NAME = 100;
const DIGITS = 5;
const ENDS = ['done', 'stopped', 'failed'] as const;
const VERDICTS: readonly Verdict[] = ['faster', 'slower', 'cannot-tell'];
/** Bits of a candidate's flags. */
const NOT_STEADY = 1;
const FAILED = 2;
/** No run of ours has more; a longer list is not one. */
const MAX_CANDIDATES = 256;

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const bit = v.picklist([0, 1]);
const text = (length: number) => v.pipe(v.string(), v.maxLength(length));
const positive = v.pipe(finite, v.gtValue(0));

const estimate = v.pipe(
	v.union([
		v.tuple([positive, positive, positive]),
		v.tuple([positive, positive, positive, count])
	]),
	v.check(([value, low, high]) => low <= value && value <= high, 'not within its interval')
);
const judged = v.tuple([v.picklist([0, 1, 2]), estimate]);

const conditions = v.tuple([
	text(40), // protocol
	text(40), // site
	text(40), // runtime
	bit, // isolated
	positive, // clock's step, ms
	text(500), // user agent
	v.nullable(count), // logical cores
	v.nullable(positive), // memory, GiB
	v.pipe(v.number(), v.safeInteger()), // seed
	v.pipe(v.string(), v.isoTimestamp()) // start
]);

const candidate = v.tuple([
	v.nullable(v.pipe(text(500), v.check(isDesign, 'no design'))),
	text(200), // label
	count, // execution
	count, // flags
	v.nullable(estimate), // median, ms
	v.nullable(judged) // to the reference
]);

const wireSchema = v.pipe(
	v.tuple([
		text(MAX_NAME),
		v.picklist([0, 1, 2]),
		count,
		conditions,
		v.pipe(
			v.array(v.tuple([text(40), v.pipe(count, v.minValue(1)), text(40)])),
			v.minLength(1),
			v.maxLength(MAX_CANDIDATES)
		),
		v.nullable(count),
		v.nullable(judged),
		v.pipe(v.array(candidate), v.minLength(1), v.maxLength(MAX_CANDIDATES)),
		v.pipe(v.array(v.tuple([count, count, judged])), v.maxLength(MAX_CANDIDATES))
	]),
	v.check(
		([, , , , executions, reference, , candidates, pairs]) =>
			candidates.every(([, , execution]) => execution < executions.length) &&
			(reference ?? 0) < candidates.length &&
			pairs.every(([a, b]) => a < candidates.length && b < candidates.length),
		'names a place that is not there'
	)
);

type Wire = v.InferOutput<typeof wireSchema>;

/** A name that is known, or choices that are all understood. */
function isDesign(design: string): boolean {
	return findNamedDesign(design) !== undefined || parseDesign(design).problems.length === 0;
}

/** The lists that stand for a run; {@link fromWire} gives the run back, to five digits a figure. */
export function toWire({ name, summary }: SharedRun): unknown {
	const { conditions: found } = summary;
	const wire: Wire = [
		name.slice(0, MAX_NAME),
		ENDS.indexOf(summary.ended) as Wire[1],
		summary.roundCount,
		[
			found.protocolVersion,
			found.appVersion,
			found.runtimeVersion,
			found.crossOriginIsolated ? 1 : 0,
			rounded(found.timerStepMs),
			found.userAgent.slice(0, 500),
			found.logicalCores,
			found.deviceMemoryGib,
			found.seed,
			found.startedAt.replace(/\.\d+/, '')
		],
		summary.executions.map(({ backend, threads, precision }) => [backend, threads, precision]),
		summary.reference,
		summary.control && packJudged(summary.control),
		summary.candidates.map(
			({ design, label, execution, medianMs, toReference, isSteady, hasFailed }) => [
				design,
				label.slice(0, 200),
				execution,
				(isSteady ? 0 : NOT_STEADY) + (hasFailed ? FAILED : 0),
				medianMs && packEstimate(medianMs),
				toReference && packJudged(toReference)
			]
		),
		summary.pairs.map(({ a, b, ...pair }) => [a, b, packJudged(pair)])
	];
	return wire;
}

export type ReadWire =
	| { readonly ok: true; readonly run: SharedRun }
	| { readonly ok: false; readonly path: string; readonly detail: string };

/** Reads what {@link toWire} made. Never throws. */
export function fromWire(json: unknown): ReadWire {
	const parsed = v.safeParse(wireSchema, json);
	if (!parsed.success) {
		const [issue] = parsed.issues;
		return { ok: false, path: v.getDotPath(issue) ?? '', detail: issue.message };
	}
	const [name, ended, roundCount, found, executions, reference, control, candidates, pairs] =
		parsed.output;
	const [protocolVersion, appVersion, runtimeVersion, isolated, timerStepMs] = found;
	const [, , , , , userAgent, logicalCores, deviceMemoryGib, seed, startedAt] = found;
	const summary: RunSummary = {
		ended: ENDS[ended],
		roundCount,
		conditions: {
			protocolVersion,
			appVersion,
			runtimeVersion,
			crossOriginIsolated: isolated === 1,
			timerStepMs,
			userAgent,
			logicalCores,
			deviceMemoryGib,
			seed,
			startedAt
		},
		executions: executions.map(([backend, threads, precision]) => ({
			backend,
			threads,
			precision
		})),
		reference,
		control: control && unpackJudged(control),
		candidates: candidates.map(([design, label, execution, flags, medianMs, toReference]) => ({
			design,
			label,
			execution,
			medianMs: medianMs && unpackEstimate(medianMs),
			toReference: toReference && unpackJudged(toReference),
			isSteady: (flags & NOT_STEADY) === 0,
			hasFailed: (flags & FAILED) !== 0
		})),
		pairs: pairs.map(([a, b, pair]) => ({ a, b, ...unpackJudged(pair) }))
	};
	return { ok: true, run: { name, summary } };
}

type PackedEstimate = v.InferOutput<typeof estimate>;
type PackedJudged = v.InferOutput<typeof judged>;

function rounded(value: number): number {
	return Number(value.toPrecision(DIGITS));
}

function packEstimate({ value, low, high, roundsNeeded }: Estimate): PackedEstimate {
	const three = [rounded(value), rounded(low), rounded(high)] as const;
	return roundsNeeded === undefined ? [...three] : [...three, roundsNeeded];
}

function unpackEstimate([value, low, high, roundsNeeded]: PackedEstimate): Estimate {
	return { value, low, high, ...(roundsNeeded === undefined ? {} : { roundsNeeded }) };
}

function packJudged({ ratio, verdict }: Judged): PackedJudged {
	return [VERDICTS.indexOf(verdict) as PackedJudged[0], packEstimate(ratio)];
}

function unpackJudged([verdict, ratio]: PackedJudged): Judged {
	return { verdict: VERDICTS[verdict]!, ratio: unpackEstimate(ratio) };
}
