import type { Design } from '../../arch/design';
import type { KnownTime } from './known-times';

/** How far a model errs on designs it has not seen: each measured one left out in turn. */
export interface ModelErrors {
	/** Root mean square of predicted over measured, less 1: 0.03 is 3 %. */
	readonly typical: number;
	readonly largest: number;
	readonly leftOut: readonly {
		readonly id: string;
		readonly measuredMs: number;
		/** By the model fitted without it. */
		readonly predictedMs: number;
	}[];
}

/** Tells a design's latency before it is run. */
export interface LatencyModel {
	/**
	 * `effects`: a term a choice, on the logarithm. `parts`: a price a kind of work, summed. `profile`: such
	 * prices from a profile, and one factor.
	 */
	readonly kind: 'effects' | 'parts' | 'profile';
	/** How many coefficients it has. */
	readonly terms: number;
	readonly errors: ModelErrors;
	/** Null for a design that it can't say anything about. */
	readonly predictMs: (design: Design) => number | null;
}

export function errorsOf(known: readonly KnownTime[], predictedMs: readonly number[]): ModelErrors {
	const leftOut = known.map(({ id, pairedMs }, index) => ({
		id,
		measuredMs: pairedMs,
		predictedMs: predictedMs[index]!
	}));
	const relative = leftOut.map((each) => Math.abs(each.predictedMs / each.measuredMs - 1));
	const squares = relative.reduce((sum, error) => sum + error ** 2, 0);
	return {
		typical: Math.sqrt(squares / Math.max(1, relative.length)),
		largest: Math.max(0, ...relative),
		leftOut
	};
}
