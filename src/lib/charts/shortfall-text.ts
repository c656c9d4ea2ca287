import { shortfallOf } from '../measure/shortfall';
import type { RunResult } from '../measure/types';
import * as m from '../paraglide/messages';
import { durationText } from '../ui/duration-text';
import { formatShare } from '../ui/format';

/** What a run that came to its limit fell short by, in words; null where it did not. */
export function shortfallText(result: RunResult): string | null {
	const shortfall = shortfallOf(result);
	return (
		shortfall &&
		m.measure_shortfall({
			target: formatShare(result.options.targetRelative),
			width: formatShare(shortfall.halfWidth),
			time: durationText(shortfall.secondsNeeded)
		})
	);
}
