import { sameDesign } from '../../arch/design';
import { FAMILY } from '../../arch/family';
import { nameOfDesign } from '../../arch/named-designs';
import type { AskedSweep } from '../../measure/sweep/asked-sweep';
import * as m from '../../paraglide/messages';
import { CHOICE_TEXTS } from '../choice-texts';
import { designName } from '../design-names';
import { formatNumber } from '../format';
import { listed } from '../join-texts';

/** More choices than these are counted, not named. */
const NAMED_CHOICES = 3;

/** What a sweep is called, in the language being read: "Sweep: RepViT-M0.9, Stem, Kernel". */
export function sweepName({ base, factors }: AskedSweep): string {
	// RepViT-M0.9 is step 8 too: a sweep starts from the network, not from the way to it.
	const named = FAMILY.find(({ design }) => sameDesign(design, base)) ?? nameOfDesign(base);
	return m.kept_name({
		base: named ? designName(named.name) : m.sweep_base_own(),
		choices:
			factors.length > NAMED_CHOICES
				? m.kept_choices({ count: formatNumber(factors.length) })
				: listed(factors.map(({ key }) => CHOICE_TEXTS[key].name()))
	});
}
