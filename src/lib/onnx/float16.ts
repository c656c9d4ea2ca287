/** IEEE 754 binary16 of float32 values, rounded to the nearest and ties to even, as hardware does. */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
	const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
	return Uint16Array.from(bits, halfBits);
}

/** The first float32 exponent whose halves are normal: 2^-14. */
const FIRST_NORMAL = 127 - 14;
/** The first float32 exponent that no half has: 2^16. */
const FIRST_INFINITE = 127 + 16;

function halfBits(bits: number): number {
	const sign = (bits >>> 16) & 0x8000;
	const exponent = (bits >>> 23) & 0xff;
	const fraction = bits & 0x7fffff;
	if (exponent === 0xff) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200);
	if (exponent >= FIRST_INFINITE) return sign | 0x7c00;
	if (exponent >= FIRST_NORMAL) {
		// A carry out of the fraction goes into the exponent, and out of the largest to infinity.
		const whole = ((exponent - FIRST_NORMAL + 1) << 23) | fraction;
		return sign | roundedShift(whole, 13);
	}
	const shift = 13 + FIRST_NORMAL - exponent;
	// Below half of the smallest half there is only zero.
	return shift > 24 ? sign : sign | roundedShift(fraction | 0x800000, shift);
}

/** `value >> shift`, to the nearest and ties to even. */
function roundedShift(value: number, shift: number): number {
	const rest = value & ((1 << shift) - 1);
	const half = 1 << (shift - 1);
	const floor = value >>> shift;
	return rest > half || (rest === half && (floor & 1) === 1) ? floor + 1 : floor;
}
