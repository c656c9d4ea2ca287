import type { Interval } from './interval';

/**
 * Ratios between these are never told apart: two sessions of identical bytes differ by up to 0.9 % for
 * good, so a difference under 1 % is not the design's.
 */
export const HORIZON = [0.99, 1.01] as const;

/**
 * What a ratio's interval allows to be said of its numerator. `faster` or `slower` only where the
 * whole interval lies outside the horizon, and never from too few rounds (METHODOLOGY 7.4).
 */
export function verdictOf(interval: Interval): 'faster' | 'slower' | 'cannot-tell' {
	const { low, high, roundsNeeded } = interval;
	if (roundsNeeded !== undefined) return 'cannot-tell';
	if (high < HORIZON[0]) return 'faster';
	if (low > HORIZON[1]) return 'slower';
	return 'cannot-tell';
}
