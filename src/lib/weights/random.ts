/**
 * A stream of random numbers for one tensor, from a text that names it. The same text gives the
 * same numbers on every machine: integer arithmetic and single multiplications only, no functions
 * whose last digit an engine may choose.
 */
export class TensorRandom {
	readonly #state: readonly [number, number, number, number];

	constructor(key: string) {
		this.#state = [
			fnv1a(key, 0x811c9dc5),
			fnv1a(key, 0x9e3779b9),
			fnv1a(key, 0x85ebca6b),
			// Never all zero: that is the generator's only fixed point.
			fnv1a(key, 0xc2b2ae35) | 1
		];
	}

	/**
	 * Fills an array uniformly from [centre - halfRange, centre + halfRange], always from the start
	 * of the stream. Within a zero-centred range no value but 0 is smaller than halfRange / 2^31, so
	 * none is denormal.
	 */
	fillUniform(target: Float32Array, halfRange: number, centre = 0): void {
		const scale = halfRange / 2 ** 31;
		// xoshiro128++ 1.0 (Blackman and Vigna): a period of 2^128 - 1, so that streams do not overlap,
		// as those of a 32-bit generator would with millions of weights.
		let [a, b, c, d] = this.#state;
		for (let i = -WARM_UP; i < target.length; i++) {
			const sum = (a + d) | 0;
			const result = (((sum << 7) | (sum >>> 25)) + a) | 0;
			const shifted = b << 9;
			c ^= a;
			d ^= b;
			b ^= c;
			a ^= d;
			c ^= shifted;
			d = (d << 11) | (d >>> 21);
			if (i >= 0) target[i] = centre + result * scale;
		}
	}
}

/** Rounds thrown away, so that keys that differ in one letter have nothing in common. */
const WARM_UP = 16;

/** FNV-1a over UTF-16 code units, 32 bits, from a chosen start. */
function fnv1a(text: string, basis: number): number {
	let hash = basis;
	for (let i = 0; i < text.length; i++) {
		hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	}
	return hash;
}
