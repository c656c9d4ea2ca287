/**
 * The t with P(|T| < t) = level for Student's distribution with a whole number of degrees of freedom.
 * The expansion in 1/n that serves many rounds is far off at one or two degrees, hence the exact form.
 * Source: Abramowitz and Stegun 26.7.3 and 26.7.4, solved for the angle by bisection.
 *
 * @param level in (0, 1), for example 0.95
 * @param freedom 1 or more
 */
export function studentQuantile(level: number, freedom: number): number {
	let below = 0;
	let above = Math.PI / 2;
	for (let i = 0; i < BISECTIONS; i++) {
		const middle = (below + above) / 2;
		if (shareWithin(middle, freedom) < level) below = middle;
		else above = middle;
	}
	return Math.sqrt(freedom) * Math.tan((below + above) / 2);
}

const BISECTIONS = 50;

/** P(|T| < t) with tan(angle) = t / sqrt(freedom): a finite sum of cosines. */
function shareWithin(angle: number, freedom: number): number {
	const squared = Math.cos(angle) ** 2;
	const isOdd = freedom % 2 === 1;
	let term = isOdd ? Math.cos(angle) : 1;
	let sum = 0;
	for (let power = isOdd ? 1 : 0; power <= freedom - 2; power += 2) {
		sum += term;
		term *= (squared * (power + 1)) / (power + 2);
	}
	return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
