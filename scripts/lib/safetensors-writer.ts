import { volume, type Shape } from '../../src/lib/arch/shapes';
import { dtypeBytes, isWeightDtype, type Dtype } from '../../src/lib/weights/safetensors/dtype';

/** A tensor to write: its bytes as they are to stand in the file, or values to round to its type. */
export interface WritableTensor {
	readonly name: string;
	readonly shape: Shape;
	readonly dtype: Dtype;
	readonly data: Uint8Array | Float32Array;
}

/**
 * The bytes of a safetensors file, tensors in the order given. The header is padded to a multiple of
 * eight, so that data which is aligned within its section is aligned in the file.
 * @throws where a tensor's data is not as long as its shape asks for
 */
export function writeSafetensors(
	tensors: Iterable<WritableTensor>,
	metadata: Readonly<Record<string, string>> = {}
): Uint8Array<ArrayBuffer> {
	// Without a prototype, so that no name is special.
	const header = Object.create(null) as Record<string, unknown>;
	if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
	const parts: Uint8Array[] = [];
	let dataBytes = 0;
	for (const tensor of tensors) {
		const { name, dtype, shape } = tensor;
		if (name in header) throw new Error(`Two tensors are called ${name}.`);
		const part = tensorBytes(tensor);
		parts.push(part);
		header[name] = { dtype, shape, data_offsets: [dataBytes, dataBytes + part.length] };
		dataBytes += part.length;
	}
	const headerText = padded(new TextEncoder().encode(JSON.stringify(header)));
	const dataStart = 8 + headerText.length;
	const file = new Uint8Array(dataStart + dataBytes);
	new DataView(file.buffer).setBigUint64(0, BigInt(headerText.length), true);
	file.set(headerText, 8);
	let position = dataStart;
	for (const part of parts) {
		file.set(part, position);
		position += part.length;
	}
	return file;
}

function padded(text: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(' '.charCodeAt(0));
	bytes.set(text);
	return bytes;
}

function tensorBytes({ name, shape, dtype, data }: WritableTensor): Uint8Array {
	const bytes = data instanceof Float32Array ? roundTo(dtype, data) : data;
	const expected = volume(shape) * dtypeBytes(dtype);
	if (bytes.length !== expected) {
		throw new Error(`${name} has ${bytes.length} bytes of data, not the ${expected} of its shape.`);
	}
	return bytes;
}

/** Little-endian, as every machine is that runs a browser. */
function roundTo(dtype: Dtype, values: Float32Array): Uint8Array {
	if (!isWeightDtype(dtype))
		throw new Error(`Values cannot be rounded to ${dtype}; give its bytes.`);
	const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
	switch (dtype) {
		case 'F32':
			return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
		case 'F16':
			return new Uint8Array(Uint16Array.from(bits, roundToFloat16).buffer);
		case 'BF16':
			return new Uint8Array(Uint16Array.from(bits, roundToBfloat16).buffer);
	}
}

const INFINITY_BITS = 0x7f800000;

/** Half to even. A NaN keeps the upper part of its payload, or a bit of it if that is all zero. */
function roundToBfloat16(bits: number): number {
	const isNaN = (bits & 0x7fffffff) > INFINITY_BITS;
	if (isNaN) return (bits >>> 16) | (bits & 0x7f0000 ? 0 : 1);
	return dropBits(bits, 16);
}

const FLOAT16_INFINITY = 0x7c00;
/** As bits of a float32: the smallest normal float16, 2^-14. */
const FLOAT16_SMALLEST_NORMAL = (127 - 14) << 23;
const EXPONENT_OFFSET = (127 - 15) << 23;

/** Half to even; what is too large becomes infinite. */
function roundToFloat16(bits: number): number {
	const sign = (bits >>> 16) & 0x8000;
	const magnitude = bits & 0x7fffffff;
	if (magnitude > INFINITY_BITS) {
		return sign | FLOAT16_INFINITY | ((magnitude >>> 13) & 0x3ff || 1);
	}
	if (magnitude >= FLOAT16_SMALLEST_NORMAL) {
		return sign | Math.min(dropBits(magnitude - EXPONENT_OFFSET, 13), FLOAT16_INFINITY);
	}
	// A subnormal counts units of 2^-24; the fraction's own unit is 2^(exponent - 150).
	const exponent = magnitude >>> 23;
	const drop = 150 - 24 - exponent;
	return drop > 24 ? sign : sign | dropBits((magnitude & 0x7fffff) | 0x800000, drop);
}

/** Divides by 2^count, half to even. */
function dropBits(bits: number, count: number): number {
	const quotient = Math.floor(bits / 2 ** count);
	const rest = bits - quotient * 2 ** count;
	const half = 2 ** (count - 1);
	const isRoundedUp = rest > half || (rest === half && quotient % 2 === 1);
	return quotient + (isRoundedUp ? 1 : 0);
}
