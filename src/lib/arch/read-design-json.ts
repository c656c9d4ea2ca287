import * as v from 'valibot';
import { OPTIONS, RANGES, type Design, type PerStage } from './design';
import { DESIGN_SCHEMA, DESIGN_SCHEMA_VERSION } from './design-json';
import { inRange } from './query';

function numberIn(range: { readonly min: number; readonly max: number; readonly step: number }) {
	const steps = range.step === 1 ? '' : ` in steps of ${range.step}`;
	return v.pipe(
		v.number(),
		v.check((value) => inRange(value, range), `${range.min} to ${range.max}${steps}`)
	);
}

function perStage(range: Parameters<typeof numberIn>[0]): v.GenericSchema<unknown, PerStage> {
	const entry = numberIn(range);
	return v.strictTuple([entry, entry, entry, entry]);
}

/** Strict: a choice that is not known here would be lost without a word. */
const designSchema: v.GenericSchema<unknown, Design> = v.strictObject({
	mixing: v.picklist(OPTIONS.mixing),
	expansion: v.picklist(OPTIONS.expansion),
	widths: v.union([v.literal('mobilenetv3'), perStage(RANGES.width)]),
	stem: v.picklist(OPTIONS.stem),
	downsampling: v.picklist(OPTIONS.downsampling),
	classifier: v.picklist(OPTIONS.classifier),
	depths: perStage(RANGES.depth),
	kernel: v.picklist(OPTIONS.kernel),
	se: v.picklist(OPTIONS.se),
	activation: v.picklist(OPTIONS.activation),
	resolution: v.picklist(OPTIONS.resolution),
	classes: numberIn(RANGES.classes),
	form: v.picklist(OPTIONS.form),
	branches: v.picklist(OPTIONS.branches),
	heads: v.picklist(OPTIONS.heads)
});

/** Why a text is no design of ours. */
export type DesignJsonProblem =
	| { readonly code: 'not-json' }
	| { readonly code: 'not-a-design' }
	| { readonly code: 'unknown-version'; readonly version: string }
	/** `path` names the first part that does not fit, for example `design.depths.2`. */
	| { readonly code: 'invalid'; readonly path: string; readonly detail: string };

export type ParsedDesign =
	| { readonly ok: true; readonly design: Design }
	| { readonly ok: false; readonly problem: DesignJsonProblem };

/** Reads what `designJson` wrote. Never throws, and takes a design whole or not at all. */
export function readDesignJson(text: string): ParsedDesign {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return { ok: false, problem: { code: 'not-json' } };
	}
	const head = v.safeParse(
		v.object({ schema: v.literal(DESIGN_SCHEMA), schemaVersion: v.unknown() }),
		json
	);
	if (!head.success) return { ok: false, problem: { code: 'not-a-design' } };
	if (head.output.schemaVersion !== DESIGN_SCHEMA_VERSION) {
		const version = String(head.output.schemaVersion);
		return { ok: false, problem: { code: 'unknown-version', version } };
	}
	const parsed = v.safeParse(v.object({ design: designSchema }), json);
	if (parsed.success) return { ok: true, design: parsed.output.design };
	const [issue] = parsed.issues;
	return {
		ok: false,
		problem: { code: 'invalid', path: v.getDotPath(issue) ?? '', detail: issue.message }
	};
}
