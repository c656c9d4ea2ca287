import * as m from '$lib/paraglide/messages';

/** A share as per cents with two significant digits, however small: 0.000041 %. */
export function shareText(share: number): string {
	const percent = share * 100;
	if (percent === 0) return m.backends_check_share_value({ percent: '0' });
	const decimals = Math.max(0, 1 - Math.floor(Math.log10(percent)));
	return m.backends_check_share_value({ percent: percent.toFixed(Math.min(decimals, 10)) });
}
