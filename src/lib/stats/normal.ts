/*
 * The normal distribution, to the accuracy that tails of 1 in 10,000 need. The table and the one-line
 * approximation of simple-statistics stop at four digits and at z = 3.09.
 */

/**
 * Phi(z), the share of a standard normal distribution below z, to about 1e-7.
 * Source: the Chebyshev fit of erfc in Press et al., Numerical Recipes, section 6.2.
 */
export function normalCdf(z: number): number {
	const x = Math.abs(z) / Math.SQRT2;
	const t = 1 / (1 + x / 2);
	const series = ERFC_COEFFICIENTS.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
	const erfc = t * Math.exp(-x * x + series);
	return z > 0 ? 1 - erfc / 2 : erfc / 2;
}

const ERFC_COEFFICIENTS = [
	-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
	-0.82215223, 0.17087277
];

/**
 * The z with Phi(z) = p, for p in (0, 1); infinite at the ends.
 * Source: Acklam's rational approximation (relative error 1e-9).
 */
export function normalQuantile(p: number): number {
	if (!(p >= 0 && p <= 1)) throw new RangeError(`A probability lies in [0, 1]; got ${p}.`);
	if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
	if (p > 0.5) return -normalQuantile(1 - p);
	if (p < TAIL) {
		const q = Math.sqrt(-2 * Math.log(p));
		return polynomial(TAIL_TOP, q) / (polynomial(TAIL_BOTTOM, q) * q + 1);
	}
	const q = p - 0.5;
	const r = q * q;
	return (polynomial(CENTRE_TOP, r) * q) / (polynomial(CENTRE_BOTTOM, r) * r + 1);
}

/** Highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
	return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

const TAIL = 0.02425;
const CENTRE_TOP = [
	-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2,
	-3.066479806614716e1, 2.506628277459239
];
const CENTRE_BOTTOM = [
	-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
	-1.328068155288572e1
];
const TAIL_TOP = [
	-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
	4.374664141464968, 2.938163982698783
];
const TAIL_BOTTOM = [
	7.784695709041462e-3, 3.224671290700398e-1, 2.44513413700375, 3.754408661907416
];
