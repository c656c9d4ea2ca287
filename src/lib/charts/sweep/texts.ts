import type { Design } from '../../arch/design';
import { PROTOCOL } from '../../measure/protocol';
import type { Effect, Interaction, SweepAnalysis } from '../../measure/sweep/analyse-sweep';
import type { LatencyGuess } from '../../measure/sweep/predict';
import type { SweepPlan } from '../../measure/sweep/sweep-plan';
import type { Estimate } from '../../measure/types';
import { roundsNeeded, simultaneousLevel } from '../../stats/interval';
import * as m from '../../paraglide/messages';
import { CHOICE_TEXTS, choiceChangeText, optionText } from '../../ui/choice-texts';
import { changeEnds, formatChange, formatChangeInterval, formatMs } from '../../ui/format';
import { listed, sentences } from '../../ui/join-texts';
import type { EffectRow } from './effect-scale';

/** A ratio as a change: 1.06 is +6 %. */
export function changeOf(ratio: Estimate): Estimate {
	return { ...ratio, value: ratio.value - 1, low: ratio.low - 1, high: ratio.high - 1 };
}

/** "Stem: MobileNetV3's → Early convolutions" */
export function factorText({ base, factors }: SweepPlan, factor: number): string {
	const { key, low, high } = factors[factor]!;
	return choiceChangeText(key, { ...base, [key]: low }, { ...base, [key]: high });
}

/** "Stem: Early convolutions": a choice at its high value. */
function highText({ factors }: SweepPlan, factor: number): string {
	const { key, high } = factors[factor]!;
	return m.site_named({ name: CHOICE_TEXTS[key].name(), text: optionText(key, high) });
}

/** "Stem: MobileNetV3's → Early convolutions saves 4 % ± 1" */
export function effectText(plan: SweepPlan, { factor, ratio, verdict }: Effect): string {
	const what = factorText(plan, factor);
	const change = changeOf(ratio);
	if (ratio.roundsNeeded !== undefined) return m.sweep_effect_few({ what });
	switch (verdict) {
		case 'slower':
			return m.sweep_effect_costs({ what, change: formatChangeInterval(change, false) });
		case 'faster':
			return m.sweep_effect_saves({ what, change: formatChangeInterval(change, false) });
		case 'cannot-tell':
			return m.sweep_effect_untold({ what, ...changeEnds(change) });
	}
}

/** Effects as a chart takes them, in the order given. */
export function effectRows(plan: SweepPlan, effects: readonly Effect[]): EffectRow[] {
	return effects.map((effect) => ({
		...effect,
		id: plan.factors[effect.factor]!.key,
		text: effectText(plan, effect)
	}));
}

/** "SE with kernel, or stem with form": the interactions that an estimate may be of. */
export function interactionName(plan: SweepPlan, { pairs }: Pick<Interaction, 'pairs'>): string {
	return pairs
		.map(([a, b]) => m.sweep_pair({ one: highText(plan, a), other: highText(plan, b) }))
		.reduce((first, second) => m.sweep_or({ first, second }));
}

export function interactionText(plan: SweepPlan, interaction: Interaction): string {
	const { ratio, verdict } = interaction;
	const what = interactionName(plan, interaction);
	const change = changeOf(ratio);
	if (ratio.roundsNeeded !== undefined) return m.sweep_effect_few({ what });
	switch (verdict) {
		case 'slower':
			return m.sweep_inter_more({ what, change: formatChangeInterval(change, false) });
		case 'faster':
			return m.sweep_inter_less({ what, change: formatChangeInterval(change, false) });
		case 'cannot-tell':
			return m.sweep_effect_untold({ what, ...changeEnds(change) });
	}
}

/** The first thing a sweep says: what costs most, what saves most, how many can't be told. */
export function sweepHeadline(plan: SweepPlan, { effects, rounds }: SweepAnalysis): string {
	const needed = roundsNeeded(simultaneousLevel(PROTOCOL.report.level, plan.factors.length));
	if (effects.length === 0 || rounds < needed) return m.sweep_headline_few({ rounds, needed });
	const told = effects.filter(({ verdict }) => verdict !== 'cannot-tell');
	const count = effects.length;
	if (told.length === 0) return m.sweep_headline_none({ count });
	const [fastest] = [...told].sort((a, b) => a.ratio.value - b.ratio.value);
	const [slowest] = [...told].sort((a, b) => b.ratio.value - a.ratio.value);
	const say = (
		effect: Effect | undefined,
		verdict: Effect['verdict'],
		text: typeof m.sweep_headline_costs
	) =>
		effect?.verdict === verdict
			? text({
					what: factorText(plan, effect.factor),
					change: formatChangeInterval(changeOf(effect.ratio), false)
				})
			: '';
	const untold = count - told.length;
	return sentences(
		say(slowest, 'slower', m.sweep_headline_costs),
		say(fastest, 'faster', m.sweep_headline_saves),
		untold > 0 ? m.sweep_headline_untold({ count, untold }) : ''
	);
}

/** "30 ms ± 2 %": a predicted latency, or a measured one without its interval. */
export function guessText(guess: LatencyGuess): string {
	return guess.truth === 'measured'
		? formatMs(guess.ms)
		: m.sweep_predicted({ ms: formatMs(guess.ms), error: errorText(guess.error) });
}

/** A model's error in per cent. */
export function errorText(error: number): string {
	return formatChange(error, error < 0.1 ? 1 : 0).replace('+', '');
}

/** On what a prediction rests. */
export function predictionDetail({
	error,
	model,
	designs
}: Extract<LatencyGuess, { truth: 'predicted' }>): string {
	const words = { count: designs, error: errorText(error) };
	switch (model) {
		case 'effects':
			return m.sweep_predicted_detail_effects(words);
		case 'parts':
			return m.sweep_predicted_detail_parts(words);
		case 'profile':
			return m.sweep_predicted_detail_profile(words);
	}
}

/** The values of a combination, in the order of the network. */
export function cornerText({ factors }: SweepPlan, design: Design): string {
	return listed(factors.map(({ key }) => optionText(key, design[key])));
}
