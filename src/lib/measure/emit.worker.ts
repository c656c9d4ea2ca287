/// <reference lib="webworker" />
import * as v from 'valibot';
import { parseDesign } from '../arch/query';
import { emitDesign } from '../onnx/emit-design';
import { EmitRequest, type EmitReply } from './emit-messages';

/** Makes one ONNX file off the page's thread. One message in, one out. */
self.onmessage = ({ data }: MessageEvent<unknown>) => {
	const reply = answer(data);
	self.postMessage(reply, 'bytes' in reply ? [reply.bytes.buffer as ArrayBuffer] : []);
};

function answer(data: unknown): EmitReply {
	try {
		const { query, seed } = v.parse(EmitRequest, data);
		const { bytes } = emitDesign(parseDesign(query).design, { seed });
		return { bytes: bytes as Uint8Array<ArrayBuffer> };
	} catch (error) {
		return { error: error instanceof Error ? error.message : String(error) };
	}
}
