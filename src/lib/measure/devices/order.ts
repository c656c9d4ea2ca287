import { deriveSeed, mulberry32, normal } from '../../stats/random';
import { ranks, spearmanInterval } from '../../stats/rank';
import { PROTOCOL } from '../protocol';
import { RANK_NEEDS } from '../rank-agreement';
import type { Estimate } from '../types';
import { designsOf, type DeviceColumn } from './column';
import { ratioIn, type DeviceRatio } from './ratios';

/** The place of a design among the compared ones, on one device. */
export interface Place {
	readonly design: string;
	/** From 1, the fastest; equal values share the mean of their places. */
	readonly rank: number;
	/** Whether its interval overlaps the one before or behind it: then the order of the two is open. */
	readonly isOpen: boolean;
}

/** The designs that every column can set against the reference, in the order of the first column. */
export function commonDesigns(columns: readonly DeviceColumn[], reference: string): string[] {
	const [first, ...others] = columns;
	if (!first) return [];
	return designsOf(first).filter((design) =>
		[first, ...others].every((column) => ratioIn(column, design, reference) !== null)
	);
}

/** The order of designs on one device; they are all in the column (see {@link commonDesigns}). */
export function placesIn(
	column: DeviceColumn,
	designs: readonly string[],
	reference: string
): Place[] {
	const ratios = designs.map((design) => ratioIn(column, design, reference)!);
	const places = ranks(ratios.map(({ value }) => value));
	const order = ratios.map((_, i) => i).sort((a, b) => places[a]! - places[b]!);
	return designs.map((design, i) => {
		const at = order.indexOf(i);
		const neighbours = [order[at - 1], order[at + 1]].flatMap((other) =>
			other === undefined ? [] : [ratios[other]!]
		);
		const isOpen = neighbours.some((other) => overlap(ratios[i]!, other));
		return { design, rank: places[i]!, isOpen };
	});
}

function overlap(a: DeviceRatio, b: DeviceRatio): boolean {
	return a.low <= b.high && b.low <= a.high;
}

/** How a device's order agrees with the reported one. */
export interface OrderAgreement {
	/** Spearman's coefficient; null for fewer than three designs. */
	readonly rank: Estimate | null;
	/** How many designs both have. */
	readonly count: number;
}

const DRAWS = 2000;
/** An interval of 95 % reaches this many standard deviations to each side, for a normal value. */
const DEVIATIONS = 1.96;

/**
 * Spearman's correlation of a device's ratios with the reported latencies (METHODOLOGY 7.7). A summary has no rounds to
 * resample: its interval comes from values drawn around each ratio, as wide as the ratio's interval
 * says. That interval holds together with others, so that this one is wider rather than too narrow.
 */
export function agreementWith(
	reported: ReadonlyMap<string, number>,
	column: DeviceColumn,
	reference: string
): OrderAgreement {
	const both = designsOf(column).flatMap((design) => {
		const ratio = ratioIn(column, design, reference);
		const ms = reported.get(design);
		return ratio && ms !== undefined ? [{ ratio, ms }] : [];
	});
	if (both.length < RANK_NEEDS.items || both.some(({ ratio }) => ratio.roundsNeeded)) {
		return { rank: null, count: both.length };
	}
	const random = mulberry32(deriveSeed(1, 'devices'));
	const rank = spearmanInterval({
		fixed: both.map(({ ms }) => ms),
		measured: both.map(({ ratio }) => ratio.value),
		resampled: both.map(({ ratio }) => {
			const spread = Math.log(ratio.high / ratio.low) / (2 * DEVIATIONS);
			return Float64Array.from({ length: DRAWS }, () =>
				Math.exp(Math.log(ratio.value) + spread * normal(random))
			);
		}),
		level: PROTOCOL.report.level
	});
	return { rank, count: both.length };
}
