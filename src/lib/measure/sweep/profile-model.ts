import * as v from 'valibot';
import type { Design } from '../../arch/design';
import { dot } from '../../stats/linear';
import type { KnownTime } from './known-times';
import { errorsOf, type LatencyModel } from './latency-model';
import { timesOfWork, WORK_KINDS, workOf } from './work';

/** Milliseconds a unit of each kind of work, in the order of {@link WORK_KINDS}; null of what was not seen. */
export type ProfiledPrices = readonly (number | null)[];

export const profiledPricesSchema: v.GenericSchema<unknown, ProfiledPrices> = v.pipe(
	v.array(v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0)))),
	v.length(WORK_KINDS.length)
);

/** A factor fitted to fewer designs says little of its error. */
const LEAST_DESIGNS = 4;

/**
 * What a profile paid for each kind of work.
 * @param timesMs milliseconds by path in the design's tree
 */
export function profiledPrices(
	design: Design,
	timesMs: ReadonlyMap<string, number>
): ProfiledPrices {
	const work = workOf(design);
	return timesOfWork(design, timesMs).map((time, kind) =>
		work[kind]! > 0 ? time / work[kind]! : null
	);
}

/** A kind of work that the new profile did not have keeps the price that an earlier one paid. */
export function withEarlier(
	prices: ProfiledPrices,
	earlier: ProfiledPrices | null
): ProfiledPrices {
	return prices.map((price, kind) => price ?? earlier?.[kind] ?? null);
}

/**
 * Prices from one profile times one factor, which is fitted to what designs took here: a profile's times
 * are no latencies, but they are in proportion to them (METHODOLOGY 14.3). It says nothing of work of a
 * kind that the profiled design did not have.
 * @returns null for too few designs that it can say anything of
 */
export function profileModel(
	known: readonly KnownTime[],
	prices: ProfiledPrices
): LatencyModel | null {
	const sumOf = (design: Design): number | null => {
		const work = workOf(design);
		if (work.some((amount, kind) => amount > 0 && prices[kind] === null)) return null;
		const sum = dot(
			prices.map((price) => price ?? 0),
			work
		);
		return sum > 0 ? sum : null;
	};
	const told = known.flatMap((each) => {
		const sum = sumOf(each.design);
		return sum === null ? [] : [{ ...each, sum }];
	});
	if (told.length < LEAST_DESIGNS) return null;
	const logs = told.map(({ pairedMs, sum }) => Math.log(pairedMs / sum));
	const total = logs.reduce((all, log) => all + log, 0);
	const factor = Math.exp(total / logs.length);
	const left = told.map(
		({ sum }, index) => sum * Math.exp((total - logs[index]!) / (logs.length - 1))
	);
	return {
		kind: 'profile',
		terms: 1,
		errors: errorsOf(told, left),
		predictMs: (design) => {
			const sum = sumOf(design);
			return sum === null ? null : factor * sum;
		}
	};
}
