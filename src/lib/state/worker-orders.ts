import * as v from 'valibot';

/** A page, the files that it has loaded so far, and of which build it is. */
const orderSchema = v.object({
	type: v.literal('visited'),
	version: v.string(),
	page: v.pipe(v.string(), v.url()),
	files: v.array(v.pipe(v.string(), v.url()))
});

/** What pages ask of the service worker. */
export type WorkerOrder = v.InferOutput<typeof orderSchema>;

/** Reads a message; null for what is no order. */
export function parseOrder(message: unknown): WorkerOrder | null {
	const parsed = v.safeParse(orderSchema, message);
	return parsed.success ? parsed.output : null;
}
