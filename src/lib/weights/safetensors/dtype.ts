/**
 * Bytes of one element, by the name that safetensors gives its type. The types of less than a byte
 * (F4, F6) are left out: no network here has such weights, and then every size is a whole number.
 */
const DTYPE_BYTES = {
	BOOL: 1,
	U8: 1,
	I8: 1,
	F8_E5M2: 1,
	F8_E4M3: 1,
	F8_E8M0: 1,
	F8_E4M3FNUZ: 1,
	F8_E5M2FNUZ: 1,
	U16: 2,
	I16: 2,
	F16: 2,
	BF16: 2,
	U32: 4,
	I32: 4,
	F32: 4,
	U64: 8,
	I64: 8,
	F64: 8,
	C64: 8
} as const;

/** A type that a file may hold. */
export type Dtype = keyof typeof DTYPE_BYTES;

/** A type that can be taken as weights; the others are counters, masks and quantised values. */
export type WeightDtype = 'F32' | 'F16' | 'BF16';

export function isDtype(name: string): name is Dtype {
	return Object.hasOwn(DTYPE_BYTES, name);
}

export function isWeightDtype(dtype: Dtype): dtype is WeightDtype {
	return dtype === 'F32' || dtype === 'F16' || dtype === 'BF16';
}

/** Bytes of one element. */
export function dtypeBytes(dtype: Dtype): number {
	return DTYPE_BYTES[dtype];
}
