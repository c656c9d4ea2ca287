import type { WeightDtype } from './dtype';

/**
 * Writes a tensor's values to `target` as float32, bit by bit: infinities, subnormals and the
 * payloads of NaNs stay what they are. Bytes are taken one at a time or copied, so that `bytes` may
 * begin anywhere: safetensors aligns nothing. Files are little-endian, and so is every machine that
 * runs a browser.
 * @param bytes as many as `target` has elements of `dtype`
 */
export function writeFloat32({
	dtype,
	bytes,
	target
}: {
	readonly dtype: WeightDtype;
	readonly bytes: Uint8Array;
	readonly target: Float32Array;
}): void {
	switch (dtype) {
		case 'F32':
			new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(bytes);
			break;
		case 'F16':
			mapHalves(bytes, target, float16ToFloat32Bits);
			break;
		case 'BF16':
			mapHalves(bytes, target, bfloat16ToFloat32Bits);
			break;
	}
}

function mapHalves(
	bytes: Uint8Array,
	target: Float32Array,
	toFloat32Bits: (half: number) => number
): void {
	const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
	for (let i = 0; i < bits.length; i++) {
		bits[i] = toFloat32Bits(bytes[2 * i]! | (bytes[2 * i + 1]! << 8));
	}
}

/** Bfloat16 is the upper half of a float32. */
function bfloat16ToFloat32Bits(half: number): number {
	return half << 16;
}

/** What float32's exponent has to be raised by: the biases are 127 and 15. */
const EXPONENT_OFFSET = 127 - 15;

function float16ToFloat32Bits(half: number): number {
	const sign = (half & 0x8000) << 16;
	const exponent = (half >> 10) & 0x1f;
	const fraction = half & 0x3ff;
	if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
	if (exponent !== 0) return sign | ((exponent + EXPONENT_OFFSET) << 23) | (fraction << 13);
	if (fraction === 0) return sign;
	// Subnormal, but a normal float32: shift the leading one to where it is implied.
	const shift = Math.clz32(fraction) - 21;
	return sign | ((EXPONENT_OFFSET + 1 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}
