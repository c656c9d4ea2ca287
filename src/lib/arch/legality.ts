import { computeCosts, type Cost } from './cost';
import { OPTIONS, type Design, type PickKey } from './design';
import { buildNetwork } from './models/network';
import { inferShapes } from './shapes';

/**
 * All choices fit each other in shape; what can be wrong is the size. Above these a browser tab runs
 * out of memory or a single inference takes several seconds, and nothing could be measured.
 */
export const LIMITS = { params: 64_000_000, macs: 30_000_000_000 } as const;

/**
 * No single pick makes a network of at most this size illegal: one pick multiplies params by less than
 * 4 and adds less than 30 M (a classifier of 1280 x 21,841), and multiplies MACs by less than 10
 * (resolution 128 to 384). It saves building forty networks at every toggle.
 */
export const CAREFREE = { params: 8_000_000, macs: 2_500_000_000 } as const;

/** Why a design can't be built and run. */
export interface Illegality {
	readonly code: 'too-many-params' | 'too-many-macs';
	readonly value: number;
	readonly limit: number;
}

/** Null for a legal design, else the reason. */
export function illegalityOf(design: Design): Illegality | null {
	const root = buildNetwork(design);
	return illegalityOfCost(computeCosts(root, inferShapes(root, inputShape(design))).get('')!);
}

/** The same, for a design whose total cost is known. */
export function illegalityOfCost({
	params,
	macs
}: Pick<Cost, 'params' | 'macs'>): Illegality | null {
	if (params > LIMITS.params) {
		return { code: 'too-many-params', value: params, limit: LIMITS.params };
	}
	if (macs > LIMITS.macs) return { code: 'too-many-macs', value: macs, limit: LIMITS.macs };
	return null;
}

/** The input of a design, NCHW, batch 1. */
export function inputShape(design: Design): readonly [1, 3, number, number] {
	return [1, 3, design.resolution, design.resolution];
}

/**
 * Why a change is not to be made: it leads to an illegal design, and not to a smaller one than the
 * design as it stands. From a design that is too large each step back down is open.
 * @param total the cost of the design as it stands
 */
export function worsening(total: Pick<Cost, 'params' | 'macs'>, next: Design): Illegality | null {
	const illegality = illegalityOf(next);
	if (illegality === null) return null;
	const now = illegality.code === 'too-many-params' ? total.params : total.macs;
	return illegality.value < now ? null : illegality;
}

/**
 * For each value of one choice, why it is not to be picked; null where it is.
 * @param total the cost of `design` as it stands
 */
export function optionLegality<K extends PickKey>(
	design: Design,
	key: K,
	total: Pick<Cost, 'params' | 'macs'>
): { readonly value: (typeof OPTIONS)[K][number]; readonly illegality: Illegality | null }[] {
	const isCarefree = total.params <= CAREFREE.params && total.macs <= CAREFREE.macs;
	return OPTIONS[key].map((value) => ({
		value,
		illegality: isCarefree ? null : worsening(total, { ...design, [key]: value })
	}));
}
