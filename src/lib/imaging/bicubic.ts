/**
 * Weights are whole numbers, in units of 2^-22: a sum of products with bytes then fits 32 bits, with
 * two bits to spare for what bicubic weights overshoot.
 */
export const WEIGHT_BITS = 22;

/** Half a unit of the result, added before the bits are shifted out, so that it rounds. */
export const ROUNDING = 1 << (WEIGHT_BITS - 1);

/** The kernel reaches two pixels to either side. */
const REACH = 2;

/** For every place along one side of the new picture, the places of the old one that it blends. */
export interface Blend {
	/** The first old place that each new place reads. */
	readonly first: Int32Array;
	/** How many it reads, from there on. */
	readonly count: Int32Array;
	/** Their weights; those of new place i begin at i * {@link stride}. */
	readonly weights: Int32Array;
	readonly stride: number;
}

/** Keys' cubic kernel with a = -0.5, the one that reproduces a quadratic exactly. */
function kernel(distance: number): number {
	const x = Math.abs(distance);
	if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
	if (x < 2) return (((x - 5) * x + 8) * x - 4) * -0.5;
	return 0;
}

/**
 * How to resample one side from `oldLength` to `newLength`, as Pillow does. When shrinking, the kernel
 * is stretched by the same factor, so that every old pixel is heard and nothing aliases; at the edges
 * it is cut off and the rest weighted up. Weights are normalised in float64, then made whole.
 * @param from the first new place wanted
 * @param count how many new places are wanted
 */
export function bicubicBlend({
	oldLength,
	newLength,
	from,
	count
}: {
	readonly oldLength: number;
	readonly newLength: number;
	readonly from: number;
	readonly count: number;
}): Blend {
	const scale = oldLength / newLength;
	const stretch = Math.max(scale, 1);
	const unstretch = 1 / stretch;
	const reach = REACH * stretch;
	const stride = Math.min(Math.ceil(reach) * 2 + 1, oldLength);
	const blend: Blend = {
		first: new Int32Array(count),
		count: new Int32Array(count),
		weights: new Int32Array(count * stride),
		stride
	};
	const raw = new Float64Array(stride);
	for (let place = 0; place < count; place++) {
		const centre = (from + place + 0.5) * scale;
		const first = Math.max(Math.trunc(centre - reach + 0.5), 0);
		const end = Math.min(Math.trunc(centre + reach + 0.5), oldLength);
		let total = 0;
		for (let old = first; old < end; old++) {
			const weight = kernel((old - centre + 0.5) * unstretch);
			raw[old - first] = weight;
			total += weight;
		}
		blend.first[place] = first;
		blend.count[place] = end - first;
		for (let tap = 0; tap < end - first; tap++) {
			blend.weights[place * stride + tap] = toFixedPoint(raw[tap]! / total);
		}
	}
	return blend;
}

/** Rounds half away from zero. */
function toFixedPoint(weight: number): number {
	return Math.trunc(weight * (1 << WEIGHT_BITS) + (weight < 0 ? -0.5 : 0.5));
}
