import { computeCosts } from './cost';
import { OPTIONS, type Design, type PickKey } from './design';
import { buildNetwork } from './models/network';
import { inferShapes } from './shapes';

/**
 * All choices fit each other in shape; what can be wrong is the size. Above these a browser tab runs
 * out of memory or a single inference takes several seconds, and nothing could be measured.
 */
export const LIMITS = { params: 64_000_000, macs: 30_000_000_000 } as const;

/** Why a design can't be built and run. */
export interface Illegality {
	readonly code: 'too-many-params' | 'too-many-macs';
	readonly value: number;
	readonly limit: number;
}

/** Null for a legal design, else the reason. */
export function illegalityOf(design: Design): Illegality | null {
	const root = buildNetwork(design);
	const shapes = inferShapes(root, inputShape(design));
	const { params, macs } = computeCosts(root, shapes).get('')!;
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

/** For each value of one choice, why picking it would make the design illegal; null where it would not. */
export function optionLegality<K extends PickKey>(
	design: Design,
	key: K
): readonly { readonly value: (typeof OPTIONS)[K][number]; readonly illegality: Illegality | null }[] {
	return OPTIONS[key].map((value) => ({
		value,
		illegality: illegalityOf({ ...design, [key]: value })
	}));
}
