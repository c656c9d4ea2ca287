import { scaleLog } from 'd3';
import type { DeviceRow } from './types';

/** Ratios that people read at a glance; a scale shows those that lie in it. */
const ROUND_RATIOS = [
	0.05, 0.1, 0.2, 0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 8, 10, 20, 50
] as const;

/** Pixels between two ticks at least. */
const TICK_GAP = 26;
/** Factor of air beyond the outermost interval. */
const AIR = 1.06;

/** A logarithmic scale for ratios: twice and half as long are equally far from 1. */
export interface RatioScale {
	readonly at: (ratio: number) => number;
	readonly ticks: readonly { readonly at: number; readonly ratio: number }[];
	readonly one: number;
}

/** One scale for all devices, over all intervals and 1. */
export function ratioScale(
	rows: readonly DeviceRow[],
	{ width, margin }: { readonly width: number; readonly margin: number }
): RatioScale {
	const ratios = rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.ratio ?? []));
	const low = Math.min(1, ...ratios.map((ratio) => ratio.low));
	const high = Math.max(1, ...ratios.map((ratio) => ratio.high));
	const scale = scaleLog([low / AIR, high * AIR], [margin, width - margin]);
	const inside = ROUND_RATIOS.filter((ratio) => ratio >= low / AIR && ratio <= high * AIR);
	// Outwards from 1, so that 1 is always there.
	const ordered = [...inside].sort((a, b) => Math.abs(Math.log(a)) - Math.abs(Math.log(b)));
	const ticks: { at: number; ratio: number }[] = [];
	for (const ratio of ordered) {
		const at = scale(ratio);
		if (ticks.every((tick) => Math.abs(tick.at - at) >= TICK_GAP)) ticks.push({ at, ratio });
	}
	return { at: (ratio) => scale(ratio), ticks: ticks.sort((a, b) => a.at - b.at), one: scale(1) };
}
