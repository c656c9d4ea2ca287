import type { Design } from '../../arch/design';
import { dot, nonNegativeLeastSquares } from '../../stats/linear';
import type { KnownTime } from './known-times';
import { errorsOf, type LatencyModel } from './latency-model';
import { WORK_KINDS, workOf } from './work';

/** Two designs more than prices, or leaving one out would say little. */
const LEAST_DESIGNS = WORK_KINDS.length + 2;

/**
 * Prices of the kinds of work, none below zero, fitted to what designs took here so that relative
 * errors are least; a design's latency is then the sum over its work (METHODOLOGY 14.2). It reaches
 * beyond the swept choices, to other widths, depths and resolutions, but not to work of a kind that
 * none of the measured designs had.
 * @returns null for too few designs
 */
export function partsModel(known: readonly KnownTime[]): LatencyModel | null {
	if (known.length < LEAST_DESIGNS) return null;
	const prices = fit(known);
	const isSeen = WORK_KINDS.map((_, kind) => known.some(({ design }) => workOf(design)[kind]! > 0));
	const left = known.map(({ design }, index) =>
		dot(fit(known.filter((_, other) => other !== index)), workOf(design))
	);
	return {
		kind: 'parts',
		terms: prices.filter((price) => price > 0).length,
		errors: errorsOf(known, left),
		predictMs: (design: Design) => {
			const work = workOf(design);
			return work.every((amount, kind) => amount === 0 || isSeen[kind]) ? dot(prices, work) : null;
		}
	};
}

function fit(known: readonly KnownTime[]): number[] {
	return nonNegativeLeastSquares(
		known.map(({ design, pairedMs }) => workOf(design).map((amount) => amount / pairedMs)),
		known.map(() => 1)
	);
}
