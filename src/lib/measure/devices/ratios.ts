import { verdictOf } from '../../stats/verdict';
import type { Estimate, Verdict } from '../types';
import type { Judged, RunSummary } from '../share/summary';
import type { DeviceColumn } from './column';

/** How long a design takes as against another one on the same device. */
export interface DeviceRatio extends Estimate {
	/**
	 * - `itself`: the design is the one that all are divided by
	 * - `paired`: from paired rounds, with the run's own interval
	 * - `derived`: the quotient of two such ratios. Its interval holds all quotients of their intervals:
	 *   wider than paired rounds would give, as the run did not compare these two
	 * - `reported`: the quotient of two published figures, without an interval
	 */
	readonly basis: 'itself' | 'paired' | 'derived' | 'reported';
	readonly verdict: Verdict | null;
}

/**
 * The ratio of one design to another in a column.
 * @returns null where the column has not both, or its run never came to a ratio
 */
export function ratioIn(
	column: DeviceColumn,
	design: string,
	reference: string
): DeviceRatio | null {
	if (column.kind === 'reported') {
		const [ms, referenceMs] = [column.reportedMs.get(design), column.reportedMs.get(reference)];
		if (ms === undefined || referenceMs === undefined) return null;
		const value = ms / referenceMs;
		const basis = design === reference ? 'itself' : 'reported';
		return { value, low: value, high: value, basis, verdict: null };
	}
	const place = column.places.get(design);
	const referencePlace = column.places.get(reference);
	if (place === undefined || referencePlace === undefined) return null;
	if (place === referencePlace) {
		return { value: 1, low: 1, high: 1, basis: 'itself', verdict: null };
	}
	const paired = pairedRatio(column.summary, place, referencePlace);
	if (paired) return { ...paired.ratio, basis: 'paired', verdict: paired.verdict };
	return derivedRatio(column.summary, place, referencePlace);
}

/** A ratio that the run itself has compared, one way round or the other. */
function pairedRatio(summary: RunSummary, a: number, b: number): Judged | null {
	const direct = comparedRatio(summary, a, b);
	if (direct) return direct;
	const inverse = comparedRatio(summary, b, a);
	return inverse && { ratio: inverted(inverse.ratio), verdict: turned(inverse.verdict) };
}

function comparedRatio({ reference, candidates, pairs }: RunSummary, a: number, b: number) {
	if (reference === b) return candidates[a]?.toReference ?? null;
	return pairs.find((pair) => pair.a === a && pair.b === b) ?? null;
}

/** By way of the run's reference. */
function derivedRatio({ candidates }: RunSummary, a: number, b: number): DeviceRatio | null {
	const [one, other] = [candidates[a]?.toReference?.ratio, candidates[b]?.toReference?.ratio];
	if (!one || !other) return null;
	const ratio = {
		value: one.value / other.value,
		low: one.low / other.high,
		high: one.high / other.low,
		...fewRounds(one, other)
	};
	return { ...ratio, basis: 'derived', verdict: verdictOf(ratio) };
}

function fewRounds(...estimates: readonly Estimate[]): Pick<Estimate, 'roundsNeeded'> {
	const needed = estimates.flatMap(({ roundsNeeded }) => roundsNeeded ?? []);
	return needed.length > 0 ? { roundsNeeded: Math.max(...needed) } : {};
}

function inverted(ratio: Estimate): Estimate {
	return { ...ratio, value: 1 / ratio.value, low: 1 / ratio.high, high: 1 / ratio.low };
}

function turned(verdict: Verdict): Verdict {
	switch (verdict) {
		case 'faster':
			return 'slower';
		case 'slower':
			return 'faster';
		case 'cannot-tell':
			return verdict;
	}
}
