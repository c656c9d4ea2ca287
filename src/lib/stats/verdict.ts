import type { Interval } from './interval';

/**
 * Ratios between these are never told apart: two sessions of identical bytes differ by up to 0.9 % for
 * good, so a difference under 1 % is not the design's.
 */
export const HORIZON = [0.99, 1.01] as const;

/**
 * What a ratio's interval allows to be said of its numerator. `faster` or `slower` only where the
 * whole interval lies outside the horizon.
 */
export function verdictOf({ low, high }: Interval): 'faster' | 'slower' | 'cannot-tell' {
	if (high < HORIZON[0]) return 'faster';
	if (low > HORIZON[1]) return 'slower';
	return 'cannot-tell';
}
