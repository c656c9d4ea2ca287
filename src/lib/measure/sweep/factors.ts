import { BASELINE, sameChoice, type Design } from '../../arch/design';

/** The choices that a sweep turns on and off, in the order of the network. */
export const SWEEP_KEYS = [
	'stem',
	'mixing',
	'downsampling',
	'kernel',
	'se',
	'activation',
	'classifier',
	'form'
] as const;

export type SweepKey = (typeof SWEEP_KEYS)[number];

/** One choice at two of its values. An effect is what going from `low` to `high` costs. */
export interface Factor {
	readonly key: SweepKey;
	readonly low: Design[SweepKey];
	readonly high: Design[SweepKey];
}

/**
 * The values that are compared unless asked otherwise: from where the roadmap starts to where it leads
 * and, for what it turns on, off against on. A high value is the one that is named: "early
 * convolutions save 4 %".
 */
export const DEFAULT_LEVELS: { readonly [K in SweepKey]: readonly [Design[K], Design[K]] } = {
	stem: ['mobilenetv3', 'early-conv'],
	mixing: ['coupled', 'separated'],
	downsampling: ['strided-block', 'deeper'],
	kernel: [3, 5],
	se: ['none', 'every'],
	activation: ['relu', 'gelu'],
	classifier: ['mobilenetv3', 'simple'],
	form: ['deploy', 'training']
};

export function defaultFactor(key: SweepKey): Factor {
	const [low, high] = DEFAULT_LEVELS[key];
	return { key, low, high };
}

/** The corner of a design: its swept choices at the given levels, everything else as it is. */
export function cornerOf(
	base: Design,
	factors: readonly Factor[],
	levels: readonly number[]
): Design {
	const choices = factors.map(({ key, low, high }, i) => [key, levels[i]! < 0 ? low : high]);
	// One network, one design: what is folded away in the deploy form is no difference.
	const corner: Design = { ...base, ...Object.fromEntries(choices) };
	if (corner.form === 'training') return corner;
	return { ...corner, branches: BASELINE.branches, heads: BASELINE.heads };
}

/**
 * At which levels a design stands; null where a swept choice has neither value, or another choice
 * differs from the base: then no corner is this design.
 */
export function levelsOf(
	base: Design,
	factors: readonly Factor[],
	design: Design
): (-1 | 1)[] | null {
	const levels = factors.map(({ key, low, high }) =>
		sameChoice(design[key], low) ? -1 : sameChoice(design[key], high) ? 1 : null
	);
	if (!levels.every((level) => level !== null)) return null;
	const corner = cornerOf(base, factors, levels);
	const keys = Object.keys(corner) as (keyof Design)[];
	const settled = design.form === 'training' ? design : settledDeploy(design);
	return keys.every((key) => sameChoice(corner[key], settled[key])) ? levels : null;
}

function settledDeploy(design: Design): Design {
	return { ...design, branches: BASELINE.branches, heads: BASELINE.heads };
}
