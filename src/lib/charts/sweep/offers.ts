import { sameDesign, type Design } from '../../arch/design';
import { FAMILY } from '../../arch/family';
import { nameOfDesign } from '../../arch/named-designs';
import { ROADMAP, stepName } from '../../arch/roadmap';
import { fits, paretoSet, type Offer } from '../../measure/sweep/budget';
import { cornerOf } from '../../measure/sweep/factors';
import type { LatencyGuess, Predictor } from '../../measure/sweep/predict';
import { cornerId, type SweepPlan } from '../../measure/sweep/sweep-plan';
import { reportedFor, top1Under } from '../../reported/look-up';
import type { Regime } from '../../reported/types';
import { designName } from '../../ui/design-names';
import { cornerText } from './texts';

/** A design that a budget may buy. */
export interface DesignOffer extends Offer {
	readonly id: string;
	readonly label: string;
	readonly design: Design;
	readonly guess: LatencyGuess;
}

/** The roadmap, the family and all combinations of the swept choices, as far as their time is known. */
export function designOffers(plan: SweepPlan, { guess, models, known }: Predictor, regime: Regime) {
	const offers: DesignOffer[] = [];
	const add = (id: string, label: string, design: Design, found: LatencyGuess | null) => {
		if (found === null || offers.some((offer) => sameDesign(offer.design, design))) return;
		const top1 = top1Under(reportedFor(design), regime)?.percent ?? null;
		const error = found.truth === 'predicted' ? found.error : 0;
		offers.push({ id, label, design, guess: found, ms: found.ms, error, top1 });
	};
	for (const { step, design } of ROADMAP) {
		add(stepName(step), designName(stepName(step)), design, guess(design));
	}
	for (const { name, label, design } of FAMILY) add(name, label, design, guess(design));
	// Two hundred networks are not built for this: the sum of effects needs no tree.
	const effects = models.find(({ kind }) => kind === 'effects');
	const count = 2 ** plan.factors.length;
	for (let corner = 0; corner < count; corner++) {
		const levels = plan.factors.map((_, factor): -1 | 1 => ((corner >> factor) & 1 ? 1 : -1));
		const design = cornerOf(plan.base, plan.factors, levels);
		const id = cornerId(levels);
		const measured = known.find((each) => each.id === id);
		const ms = measured?.medianMs.value ?? effects?.predictMs(design) ?? null;
		if (ms === null) continue;
		const named = nameOfDesign(design);
		add(
			id,
			named ? designName(named.name) : cornerText(plan, design),
			design,
			measured
				? { truth: 'measured', ms, known: measured }
				: {
						truth: 'predicted',
						ms,
						error: effects!.errors.typical,
						model: 'effects',
						designs: effects!.errors.leftOut.length
					}
		);
	}
	return offers;
}

/** What a budget buys. */
export interface Shelf {
	/** With a reported accuracy, fastest first. */
	readonly rated: readonly DesignOffer[];
	/** Of these the ones that none beats. */
	readonly pareto: ReadonlySet<string>;
	/** Without one, slowest first: the closest to the budget hold the most. */
	readonly unrated: readonly DesignOffer[];
}

export function shelfUnder(offers: readonly DesignOffer[], budgetMs: number): Shelf {
	const within = offers.filter((offer) => fits(offer, budgetMs)).sort((a, b) => a.ms - b.ms);
	return {
		rated: within.filter(({ top1 }) => top1 !== null),
		pareto: new Set(paretoSet(within).map(({ id }) => id)),
		unrated: within.filter(({ top1 }) => top1 === null).reverse()
	};
}
