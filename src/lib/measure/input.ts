import { mulberry32 } from '../stats/random';

/**
 * A fixed input for a seed: x[i] = 4r - 2 with r from Mulberry32, in C order. Not degenerate: constant
 * or zero inputs make activations alike, and denormal ones make GELU up to three times slower.
 */
export function seededInput(shape: readonly number[], seed: number): Float32Array {
	const random = mulberry32(seed);
	const length = shape.reduce((product, size) => product * size, 1);
	return Float32Array.from({ length }, () => 4 * random() - 2);
}
