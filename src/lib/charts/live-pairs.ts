import type { Estimate, RunResult } from '../measure/types';
import * as m from '../paraglide/messages';
import { liveInterval, type LiveInterval } from './live';

/** A comparison that a run waits for, beside those with the reference. */
export interface LivePair {
	readonly key: string;
	readonly label: string;
	readonly ratio: Estimate;
	readonly live: LiveInterval | null;
}

/** Neighbours, pairs asked for, and the control: what the stop rule looks at besides the rows above. */
export function livePairs(result: RunResult): LivePair[] {
	const { pairs, control, options, candidates, referenceId } = result;
	const labelOf = (id: string) =>
		candidates.find(({ candidate }) => candidate.id === id)?.candidate.label ?? id;
	const row = (key: string, label: string, ratio: Estimate): LivePair => ({
		key,
		label,
		ratio,
		live: liveInterval({ ratio, medianMs: null }, options.targetRelative, false)
	});
	return [
		...pairs
			// Its row above says the same.
			.filter(({ b }) => b !== referenceId)
			.map(({ a, b, ratio }) =>
				row(`${a}/${b}`, m.checks_live_against({ a: labelOf(a), b: labelOf(b) }), ratio)
			),
		...(control ? [row('control', m.checks_live_control(), control.ratio)] : [])
	];
}

/** How many of the intervals are narrow enough by now. */
export function reachedCount(pairs: readonly LivePair[]): number {
	return pairs.filter(({ live }) => live?.reached).length;
}
