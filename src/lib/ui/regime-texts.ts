import * as m from '../paraglide/messages';
import type { Regime } from '../reported/types';

/** Training regimes in words. Accuracies of two regimes are never shown without this. */
export const REGIME_TEXTS: { readonly [R in Regime]: () => string } = {
	'300-epochs': m.measure_regime_300,
	'300-epochs-distilled': m.measure_regime_300_distilled,
	'450-epochs-distilled': m.measure_regime_450_distilled
};
