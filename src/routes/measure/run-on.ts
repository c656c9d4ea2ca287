import type { Execution } from '$lib/measure/execution';
import * as m from '$lib/paraglide/messages';
import type { MeasureSetup } from '$lib/state/measure-setup.svelte';
import { missingText } from '$lib/ui/backend-texts';

/** Up to so many threads each has a box of its own; above, every doubling. */
const MAX_SINGLE = 8;

/**
 * Numbers of threads to choose from: what the device has cores for, what is chosen, and one more than
 * there may be, so that the limit and its reason are seen.
 */
export function threadChoices(
	setup: Pick<MeasureSetup, 'maxThreads' | 'executions'>
): readonly number[] {
	const { maxThreads } = setup;
	const chosen = setup.executions.flatMap((each) => (each.backend === 'wasm' ? each.threads : []));
	const offered =
		maxThreads <= MAX_SINGLE
			? Array.from({ length: maxThreads + 1 }, (_, i) => i + 1)
			: [1, 2, 4, ...[8, 16, 32, 64].filter((count) => count < maxThreads), maxThreads];
	return [...new Set([...offered, ...chosen])].sort((a, b) => a - b);
}

/** Why some of a row's choices are greyed out, each reason once. */
export function reasonsOf(
	setup: Pick<MeasureSetup, 'offerOf' | 'maxThreads'>,
	choices: readonly { readonly execution: Execution }[]
): readonly string[] {
	const offers = choices.map(({ execution }) => ({ execution, offer: setup.offerOf(execution) }));
	const isRowMissing = offers.every(({ offer }) => !offer.offered);
	const texts = offers.flatMap(({ execution, offer }) => {
		if (offer.offered) return [];
		const reason = missingText(offer.reason, setup.maxThreads);
		return [
			execution.precision === 'float16' && !isRowMissing
				? m.backends_reason_float16({ reason })
				: reason
		];
	});
	return [...new Set(texts)];
}
