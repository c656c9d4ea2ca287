import * as v from 'valibot';

/** To the worker: which network, as a query string, with which seed. */
export const EmitRequest = v.object({
	query: v.string(),
	seed: v.pipe(v.number(), v.integer(), v.minValue(0))
});

/** From the worker: the file, or why there is none. */
export const EmitReply = v.union([
	v.object({ bytes: v.instance(Uint8Array<ArrayBuffer>) }),
	v.object({ error: v.string() })
]);
export type EmitReply = v.InferOutput<typeof EmitReply>;
