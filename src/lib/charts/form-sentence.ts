import type { Estimate, Verdict } from '../measure/types';
import * as m from '../paraglide/messages';
import { ratioParts } from '../ui/format';
import type { FormChange } from './form-changes';

interface Told extends FormChange {
	readonly ratio: Estimate;
	readonly verdict: Verdict;
}

/** What the forms of a run say, as a sentence that a person can repeat; null where there are none. */
export function formSentence(changes: readonly FormChange[], rounds: number): string | null {
	if (changes.length === 0) return null;
	const told = changes.filter((change): change is Told => change.ratio !== null);
	const [first] = told;
	if (first === undefined) return m.charts_forms_none();
	const needed = Math.max(0, ...told.map(({ ratio }) => ratio.roundsNeeded ?? 0));
	if (needed > 0) return m.charts_forms_few_rounds({ rounds, needed });
	return told.length === 1 ? sentenceOfOne(first) : sentenceOfMany(told);
}

function sentenceOfOne({ label, ratio, verdict }: Told): string {
	const { value, low, high } = ratioParts(ratio);
	const words = { design: label, ratio: value, low, high };
	switch (verdict) {
		case 'slower':
			return m.charts_forms_one_slower(words);
		case 'faster':
			return m.charts_forms_one_faster(words);
		case 'cannot-tell':
			return m.charts_forms_one_cannot_tell(words);
	}
}

function sentenceOfMany(told: readonly Told[]): string {
	const count = told.length;
	const has = (verdict: Verdict) => told.filter((change) => change.verdict === verdict).length;
	const [slower, faster] = [has('slower'), has('faster')];
	// The widest claim that all intervals together make.
	const { low, high } = ratioParts({
		value: 1,
		low: Math.min(...told.map(({ ratio }) => ratio.low)),
		high: Math.max(...told.map(({ ratio }) => ratio.high))
	});
	if (slower === count) return m.charts_forms_all_slower({ count, low, high });
	if (slower + faster === 0) return m.charts_forms_all_cannot_tell({ count, low, high });
	const untold = count - slower - faster;
	return m.charts_forms_mixed({ count, slower, faster, untold, low, high });
}
