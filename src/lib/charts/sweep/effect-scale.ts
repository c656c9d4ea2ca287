import { extent, scaleLinear } from 'd3';
import type { Estimate, Verdict } from '../../measure/types';
import { formatChange } from '../../ui/format';
import { HORIZON } from '../step-chart';
import { changeOf } from './texts';

/** What is told of one choice, or of two that meet. */
export interface EffectRow {
	readonly id: string;
	/** As a ratio. */
	readonly ratio: Estimate;
	readonly verdict: Verdict;
	readonly text: string;
}

/** Places on a track, in per cent of its width. */
export interface EffectLayout {
	readonly zero: number;
	/** Where a change is too small for a verdict. */
	readonly horizon: { readonly low: number; readonly high: number };
	readonly ticks: readonly { readonly at: number; readonly text: string }[];
	readonly rows: readonly (EffectRow & {
		readonly at: number;
		readonly low: number;
		readonly high: number;
	})[];
}

/** Largest first; what can't be told comes last, since its size is not known. */
export function sortEffects<T extends Pick<EffectRow, 'ratio' | 'verdict'>>(
	effects: readonly T[]
): T[] {
	const size = ({ ratio }: T) => Math.abs(Math.log(ratio.value));
	const told = ({ verdict }: T) => Number(verdict !== 'cannot-tell');
	return [...effects].sort((a, b) => told(b) - told(a) || size(b) - size(a));
}

/** Places of marks and whiskers. Pure. */
export function layoutEffects(rows: readonly EffectRow[]): EffectLayout {
	const changes = rows.map(({ ratio }) => changeOf(ratio));
	const [low = 0, high = 0] = extent([0, ...changes.flatMap((each) => [each.low, each.high])]);
	// Whiskers of too few rounds may reach to the moon: what lies beyond is cut at the edge.
	const reach = (end: number) => Math.sign(end) * Math.min(Math.abs(end), WIDEST);
	const air = 2 * HORIZON;
	const x = scaleLinear([reach(low) - air, reach(high) + air], [0, 100]).clamp(true);
	return {
		zero: x(0),
		horizon: { low: x(-HORIZON), high: x(HORIZON) },
		ticks: x.ticks(5).map((value) => ({ at: x(value), text: tickText(value, x.ticks(5)) })),
		rows: rows.map((row, index) => ({
			...row,
			at: x(changes[index]!.value),
			low: x(changes[index]!.low),
			high: x(changes[index]!.high)
		}))
	};
}

const WIDEST = 1.5;

function tickText(value: number, [first = 0, second = 1]: readonly number[]): string {
	return formatChange(value, second - first < 0.00999 ? 1 : 0);
}
