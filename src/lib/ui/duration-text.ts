import * as m from '../paraglide/messages';
import { formatNumber } from './format';

/** A rough duration: "40 s", "3 min". */
export function durationText(seconds: number): string {
	return seconds < 90
		? m.measure_duration_seconds({ seconds: formatNumber(Math.ceil(seconds / 10) * 10) })
		: m.measure_duration_minutes({ minutes: formatNumber(Math.ceil(seconds / 60)) });
}
