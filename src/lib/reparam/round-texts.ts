import * as m from '../paraglide/messages';
import type { FoldKind } from '../arch/reparameterize/fold-plan';
import { sentences } from '../ui/join-texts';

const KINDS: { readonly [K in FoldKind]: () => string } = {
	norm: m.reparam_round_norm,
	branch: m.reparam_round_branch,
	'norm-of-sum': m.reparam_round_norm_of_sum,
	'norm-before': m.reparam_round_norm_before
};

/** What happens in a round of folding, in a sentence for each kind of fold in it. */
export function roundText(kinds: readonly FoldKind[]): string {
	return sentences(...kinds.map((kind) => KINDS[kind]()));
}

/** Where a drawing stands between its two forms, in words. */
export function positionText(position: number, rounds: readonly (readonly FoldKind[])[]): string {
	if (position <= 0) return m.reparam_slider_training();
	if (position >= 1) return m.reparam_slider_deploy();
	const along = position * rounds.length;
	const round = Math.ceil(along);
	return m.reparam_slider_round({
		round,
		rounds: rounds.length,
		percent: Math.round((along - round + 1) * 100),
		what: roundText(rounds[round - 1] ?? [])
	});
}
