import { volume } from '../arch/shapes';
import { toFloat16 } from './float16';
import {
	encodeFieldHead,
	encodeGraphHead,
	encodeModelHead,
	encodeTensorHead,
	GRAPH_FIELD,
	INITIALIZER_FIELD,
	RAW_DATA_FIELD,
	type OnnxInitializer,
	type OnnxModel
} from './schema';

/**
 * The bytes of a model. All sizes are known before the first byte is written, so the file is
 * allocated once and every weight is copied once: filled into a small buffer that stays in the
 * cache, and from there to its place. (Filling in place would need the place aligned to four bytes,
 * which Protocol Buffers do not give.)
 */
export function encodeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
	const tensors = model.graph.initializers.map(frameTensor);
	const graphHead = encodeGraphHead(model.graph);
	const graphLength = tensors.reduce(
		(sum, { heads, dataLength }) => sum + byteLength(heads) + dataLength,
		graphHead.length
	);
	const heads = [encodeModelHead(model), encodeFieldHead(GRAPH_FIELD, graphLength)];
	const file = new Uint8Array(byteLength(heads) + graphLength);
	let position = 0;
	const append = (bytes: Uint8Array): void => {
		file.set(bytes, position);
		position += bytes.length;
	};
	[...heads, graphHead].forEach(append);
	const floatBuffer = new Float32Array(largestFill(model.graph.initializers));
	for (const { initializer, heads } of tensors) {
		heads.forEach(append);
		append(dataBytes(initializer, floatBuffer));
	}
	return file;
}

interface TensorFrame {
	readonly initializer: OnnxInitializer;
	/** All that stands before the data. */
	readonly heads: readonly Uint8Array[];
	/** In bytes. */
	readonly dataLength: number;
}

function frameTensor(initializer: OnnxInitializer): TensorFrame {
	const dataLength = volume(initializer.shape) * elementBytes(initializer);
	const tensorHead = encodeTensorHead(initializer);
	const dataHead = encodeFieldHead(RAW_DATA_FIELD, dataLength);
	const tensorLength = tensorHead.length + dataHead.length + dataLength;
	return {
		initializer,
		heads: [encodeFieldHead(INITIALIZER_FIELD, tensorLength), tensorHead, dataHead],
		dataLength
	};
}

function elementBytes({ data, storedAs }: OnnxInitializer): number {
	if (data instanceof BigInt64Array) return 8;
	return storedAs === 'float16' ? 2 : 4;
}

/** Little-endian, as ONNX asks for: so is every machine that runs a browser. */
function dataBytes(
	{ name, shape, data, storedAs }: OnnxInitializer,
	floatBuffer: Float32Array
): Uint8Array {
	let values = data;
	if (typeof values === 'function') {
		const target = floatBuffer.subarray(0, volume(shape));
		values(target);
		values = target;
	}
	if (values.length !== volume(shape)) {
		throw new Error(
			`${name} holds ${values.length} values, not the ${volume(shape)} of its shape.`
		);
	}
	if (storedAs === 'float16' && values instanceof Float32Array) {
		return new Uint8Array(toFloat16(values).buffer);
	}
	return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function largestFill(initializers: readonly OnnxInitializer[]): number {
	return initializers.reduce(
		(most, { shape, data }) => (typeof data === 'function' ? Math.max(most, volume(shape)) : most),
		0
	);
}

function byteLength(parts: readonly Uint8Array[]): number {
	return parts.reduce((sum, part) => sum + part.length, 0);
}
