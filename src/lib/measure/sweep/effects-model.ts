import type { Design } from '../../arch/design';
import { dot, leastSquaresWeights, leaveOneOut } from '../../stats/linear';
import { levelsOf } from './factors';
import type { KnownTime } from './known-times';
import { errorsOf, type LatencyModel } from './latency-model';
import type { SweepPlan } from './sweep-plan';

/**
 * The additive model of a sweep: the logarithm of a latency is a constant and one term a choice; with
 * one more for each pair of choices where the plan tells pairs apart and leaving one out errs less
 * with them (METHODOLOGY 14.1). It knows the swept choices at their two values and nothing else.
 * @returns null where too few corners have figures
 */
export function effectsModel(plan: SweepPlan, known: readonly KnownTime[]): LatencyModel | null {
	const corners = known.flatMap((each) => {
		const levels = levelsOf(plan.base, plan.factors, each.design);
		return levels ? [{ ...each, levels }] : [];
	});
	const observed = corners.map(({ pairedMs }) => Math.log(pairedMs));
	const pairs = plan.interactions.every((group) => group.length === 1)
		? plan.interactions.map(([pair]) => pair!)
		: [];
	const fits = [[], ...(pairs.length > 0 ? [pairs] : [])].flatMap((terms) => {
		const row = (levels: readonly number[]) => [
			1,
			...levels,
			...terms.map(([a, b]) => levels[a]! * levels[b]!)
		];
		const rows = corners.map(({ levels }) => row(levels));
		const weights = leastSquaresWeights(rows);
		if (weights === null) return [];
		const left = leaveOneOut(rows, weights, observed);
		// With as many terms as corners nothing is left to err.
		if (left.some(Number.isNaN)) return [];
		const coefficients = weights.map((line) => dot(line, observed));
		return [
			{ row, coefficients, pairs: terms.length, errors: errorsOf(corners, left.map(Math.exp)) }
		];
	});
	const best = fits.sort((a, b) => a.errors.typical - b.errors.typical)[0];
	return (
		(best && {
			kind: 'effects',
			terms: best.coefficients.length,
			errors: best.errors,
			predictMs: (design: Design) => {
				const levels = levelsOf(plan.base, plan.factors, design);
				return levels && Math.exp(dot(best.coefficients, best.row(levels)));
			}
		}) ??
		null
	);
}
