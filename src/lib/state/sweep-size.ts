import type { Cost } from '../arch/cost';
import type { Design } from '../arch/design';
import { illegalityOfCost } from '../arch/legality';
import { isPlanned } from '../arch/planned-network';
import { sweepPlan, type SweepPlan } from '../measure/sweep/sweep-plan';
import { planSizes } from '../stats/two-level';
import { MAX_TOTAL_PARAMS, networkSeconds } from './measure-size';
import type { Selected } from './selection';
import type { SweepValues } from './sweep-address';

/** Enough for intervals of all effects together, with some to spare. */
const ROUNDS_WANTED = 20;

/**
 * What a larger plan must leave room for. Its rounds are longer, so that less of the drift within one
 * cancels, and there are fewer of them: it has to be affordable twice.
 */
const ROUNDS_FOR_MORE = 40;

/** One plan that a sweep could follow. */
export interface SizedPlan {
	readonly plan: SweepPlan;
	/** What would be run besides the corners. */
	readonly beside: readonly Selected[];
	/** About how long twenty rounds take. */
	readonly seconds: number;
	/** The same for loading and warming up alone. */
	readonly startSeconds: number;
	/** Whether that is no more than was given. */
	readonly inTime: boolean;
}

/** Why a sweep can't be made. */
export type SweepObstacle =
	| { readonly code: 'no-factors' }
	| { readonly code: 'too-large' }
	| { readonly code: 'too-heavy'; readonly params: number; readonly limit: number };

/** Params and MACs of a design; a sweep asks for the same ones again and again. */
type CostOf = (design: Design) => Pick<Cost, 'params' | 'macs'>;

/**
 * The largest plan that fits easily into the time given, and into memory; else the smallest
 * (METHODOLOGY 13.1). Larger plans tell more apart, and average over more.
 *
 * Only the smallest plan's corners are built: every plan holds each choice as often at one value as at
 * the other, so that its mean cost is that of any larger one, nearly.
 */
export function sizedPlan(
	{ base, factors, minutes }: Pick<SweepValues, 'base' | 'factors' | 'minutes'>,
	beside: readonly Selected[],
	costOf: CostOf
): SizedPlan | SweepObstacle {
	if (factors.length === 0 || isPlanned(base.design)) return { code: 'no-factors' };
	const { design } = base;
	const sizes = planSizes(factors.length);
	const corners = sweepPlan(design, factors, sizes[0]!).corners.map((each) => costOf(each.design));
	if (corners.some((cost) => illegalityOfCost(cost) !== null)) return { code: 'too-large' };
	const besideCosts = beside.flatMap((each) =>
		isPlanned(each.design) ? [] : [costOf(each.design)]
	);
	const sizeUp = (size: number) => {
		const sum = (amount: (cost: Pick<Cost, 'params' | 'macs'>) => number) =>
			(total(corners, amount) * size) / corners.length + total(besideCosts, amount);
		const seconds = sum(({ macs }) => networkSeconds(macs, ROUNDS_WANTED));
		return {
			size,
			params: Math.round(sum(({ params }) => params)),
			seconds,
			startSeconds: sum(({ macs }) => networkSeconds(macs, 0)),
			inTime: seconds <= minutes * 60,
			isEasy: sum(({ macs }) => networkSeconds(macs, ROUNDS_FOR_MORE)) <= minutes * 60
		};
	};
	const options = sizes.map(sizeUp);
	const light = options.filter(({ params }) => params <= MAX_TOTAL_PARAMS);
	const best = light.findLast(({ isEasy }) => isEasy) ?? light[0];
	if (!best) return { code: 'too-heavy', params: options[0]!.params, limit: MAX_TOTAL_PARAMS };
	const { size, seconds, startSeconds, inTime } = best;
	return { plan: sweepPlan(design, factors, size), beside, seconds, startSeconds, inTime };
}

function total<T>(items: readonly T[], amount: (item: T) => number): number {
	return items.reduce((sum, item) => sum + amount(item), 0);
}
