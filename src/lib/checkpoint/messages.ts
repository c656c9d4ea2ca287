import * as v from 'valibot';
import { planSchema } from '../measure/plan-schema';
import type {
	CheckpointFailure,
	CheckpointRequest,
	CheckpointSummary,
	FormOutputs
} from './events';

/** Both ends parse what they get: a message that is not understood is a fault with a name. */

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const form = v.picklist(['training', 'deploy']);

const requestSchema: v.GenericSchema<unknown, CheckpointRequest> = v.variant('type', [
	v.object({ type: v.literal('open'), file: v.instance(Blob) }),
	v.object({
		type: v.literal('classify'),
		bitmap: v.custom<ImageBitmap>((value) => value instanceof ImageBitmap),
		recipe: v.picklist(['official', 'timm-0.95'])
	}),
	v.object({ type: v.literal('compare'), seed: count }),
	v.object({ type: v.literal('emit'), form }),
	v.object({
		type: v.literal('tensors'),
		tensors: v.array(
			v.object({
				path: v.string(),
				name: v.picklist(['weight', 'bias', 'running_mean', 'running_var']),
				shape: v.array(count)
			})
		)
	})
]);

/** @throws {v.ValiError} for what is no request */
export function parseRequest(message: unknown): { id: number; request: CheckpointRequest } {
	return v.parse(v.object({ id: count, request: requestSchema }), message);
}

const eventSchema = v.variant('type', [
	v.object({ type: v.literal('progress'), readBytes: count, totalBytes: count }),
	v.object({ type: v.literal('answer'), id: count, answer: v.unknown() }),
	v.object({
		type: v.literal('failure'),
		id: count,
		failure: v.custom<CheckpointFailure>(
			(value) =>
				v.is(v.object({ kind: v.literal('runtime'), detail: v.string() }), value) ||
				v.is(v.object({ kind: v.literal('picture'), problem: v.string() }), value) ||
				v.is(
					v.object({
						kind: v.picklist(['file', 'network']),
						problem: v.looseObject({ code: v.string() })
					}),
					value
				)
		)
	})
]);

/** @throws {v.ValiError} for what is no event of the worker */
export function parseEvent(message: unknown): v.InferOutput<typeof eventSchema> {
	return v.parse(eventSchema, message);
}

/** What each request is answered with, as it arrives at the page. */
export const ANSWERS = {
	open: v.object({
		naming: v.picklist(['timm', 'official', 'timm-mobilenetv3']),
		form,
		plan: planSchema,
		memberName: v.nullable(v.string()),
		classes: count,
		heads: v.picklist([1, 2]),
		tensorCount: count,
		ignoredCount: count,
		dtypes: v.array(v.string()),
		byteLength: count,
		note: v.nullable(v.string())
	}) satisfies v.GenericSchema<unknown, CheckpointSummary>,
	classify: outputsSchema(),
	compare: outputsSchema(),
	emit: v.instance(Uint8Array<ArrayBuffer>),
	tensors: v.array(v.instance(Float32Array))
};

function outputsSchema(): v.GenericSchema<unknown, FormOutputs> {
	return v.object({
		outputs: v.array(v.object({ form, logits: v.instance(Float32Array), medianMs: v.number() })),
		maxDifference: v.nullable(v.number()),
		range: v.number(),
		notFinite: count
	});
}
