import * as m from '../paraglide/messages';
import { getLocale } from '../paraglide/runtime';

/** A value with the interval it is known to. */
export interface Interval {
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

/** What stands where there is no number. */
export const NO_VALUE = '–';

/** Keeps a number and its unit on one line. */
const NBSP = '\u00a0';
const MINUS = '\u2212';

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(decimals: number, signed: boolean): Intl.NumberFormat {
	const locale = getLocale();
	const key = `${locale} ${decimals} ${signed}`;
	let found = formatters.get(key);
	if (!found) {
		found = new Intl.NumberFormat(locale, {
			minimumFractionDigits: decimals,
			maximumFractionDigits: decimals,
			signDisplay: signed ? 'exceptZero' : 'negative'
		});
		formatters.set(key, found);
	}
	return found;
}

/**
 * Decimals that a value deserves which is known to `halfWidth` (same unit): the half-width keeps one
 * significant digit, or two when it starts with 1, where one digit would round too hard.
 */
export function decimalsFor(halfWidth: number): number {
	if (!Number.isFinite(halfWidth) || halfWidth <= 0) return 0;
	const [mantissa = '0', exponent = '0'] = halfWidth.toExponential(1).split('e');
	const digits = Number(mantissa) < 2 ? 2 : 1;
	return Math.min(6, Math.max(0, digits - 1 - Number(exponent)));
}

/** The larger side of an interval: what stands after the plus-minus sign, so that it never flatters. */
export function halfWidth({ value, low, high }: Interval): number {
	return Math.max(high - value, value - low, 0);
}

/** A number with a fixed count of decimals in the visitor's language, with a true minus sign. */
export function formatNumber(value: number, decimals = 0, signed = false): string {
	if (!Number.isFinite(value)) return NO_VALUE;
	return formatter(decimals, signed).format(value).replace('-', MINUS);
}

/** A number known to no interval, to `digits` significant digits: 70.9, 0.87, 1,234. */
export function formatSignificant(value: number, digits = 3): string {
	if (!Number.isFinite(value)) return NO_VALUE;
	if (value === 0) return formatNumber(0);
	const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
	return formatNumber(value, Math.min(6, Math.max(0, digits - 1 - exponent)));
}

function intervalDecimals(interval: Interval): number | null {
	const half = halfWidth(interval);
	return Number.isFinite(half) && half > 0 ? decimalsFor(half) : null;
}

/** Milliseconds without an interval, as one sample reads: `38.8 ms`. */
export function formatMs(ms: number | null): string {
	return ms === null ? NO_VALUE : `${formatSignificant(ms)}${NBSP}ms`;
}

/** Milliseconds as a paper prints them, one or two decimals: `1.01 ms`, `2.3 ms`. */
export function formatReportedMs(ms: number | null): string {
	if (ms === null) return NO_VALUE;
	const decimals = Math.abs(ms * 10 - Math.round(ms * 10)) < 1e-6 ? 1 : 2;
	return `${formatNumber(ms, decimals)}${NBSP}ms`;
}

/** Milliseconds with their interval: `70.9 ms ± 0.6`. */
export function formatMsInterval(interval: Interval | null): string {
	if (interval === null) return NO_VALUE;
	const decimals = intervalDecimals(interval);
	if (decimals === null) return formatMs(interval.value);
	const value = formatNumber(interval.value, decimals);
	return `${value}${NBSP}ms ±${NBSP}${formatNumber(halfWidth(interval), decimals)}`;
}

/** The three numbers of a ratio, with the digits that its interval allows. */
export function ratioParts(ratio: Interval): { value: string; low: string; high: string } {
	const half = (ratio.high - ratio.low) / 2;
	const decimals = half > 0 ? decimalsFor(half) : 2;
	return {
		value: formatNumber(ratio.value, decimals),
		low: formatNumber(ratio.low, decimals),
		high: formatNumber(ratio.high, decimals)
	};
}

/** A ratio with its interval: `1.80x (1.77 to 1.84)`. */
export function formatRatio(ratio: Interval | null): string {
	return ratio === null ? NO_VALUE : m.charts_ratio_interval(ratioParts(ratio));
}

/** A fraction in per cent: one decimal below 10 %, and never 0 % of something. */
export function formatShare(share: number): string {
	const percent = share * 100;
	if (percent > 0 && percent < 0.05) return `<${NBSP}${formatNumber(0.1, 1)}${NBSP}%`;
	return `${formatNumber(percent, percent > 0 && percent < 9.95 ? 1 : 0)}${NBSP}%`;
}

/** A change given as a fraction: 0.38 becomes `+38 %`. */
export function formatChange(fraction: number | null, decimals = 0): string {
	return fraction === null ? NO_VALUE : `${formatNumber(fraction * 100, decimals, true)}${NBSP}%`;
}

/** Fractions as per cent, to be shown. */
function inPercent({ value, low, high }: Interval): Interval {
	return { value: value * 100, low: low * 100, high: high * 100 };
}

/** A change with its interval, given as fractions: `+38 % ± 2`; unsigned for "costs 38 % ± 2". */
export function formatChangeInterval(change: Interval | null, signed = true): string {
	if (change === null) return NO_VALUE;
	const percent = inPercent(change);
	const decimals = intervalDecimals(percent) ?? 1;
	const value = formatNumber(signed ? percent.value : Math.abs(percent.value), decimals, signed);
	return `${value}${NBSP}% ±${NBSP}${formatNumber(halfWidth(percent), decimals)}`;
}

/** The ends of a change given as fractions, for "between -1 % and +2 %". */
export function changeEnds(change: Interval): { low: string; high: string } {
	const percent = inPercent(change);
	const decimals = intervalDecimals(percent) ?? 1;
	return {
		low: `${formatNumber(percent.low, decimals, true)}${NBSP}%`,
		high: `${formatNumber(percent.high, decimals, true)}${NBSP}%`
	};
}

/** Top-1 accuracy in per cent, with the digits the paper prints: `77.4 %`, `78.75 %`, `80.0 %`. */
export function formatTop1(percent: number | null): string {
	if (percent === null) return NO_VALUE;
	const decimals = Math.abs(percent * 10 - Math.round(percent * 10)) < 1e-6 ? 1 : 2;
	return `${formatNumber(percent, decimals)}${NBSP}%`;
}

/**
 * A moment in local time, in the language of the page and as its readers write dates: in the browser's
 * own manner where it speaks that language (day before month in British English).
 */
export function formatDateTime(
	moment: string | number,
	accepted: readonly string[] = navigator.languages
): string {
	const locale = getLocale();
	const own = accepted.filter((tag) => languagePart(tag) === languagePart(locale));
	return new Date(moment).toLocaleString([...own, locale]);
}

/** `en` of `en-GB`. */
function languagePart(tag: string): string | undefined {
	return tag.split('-')[0]?.toLowerCase();
}

const COUNT_UNITS = [
	{ from: 999.5e6, divisor: 1e9, unit: 'G' },
	{ from: 999.5e3, divisor: 1e6, unit: 'M' },
	{ from: 999.5, divisor: 1e3, unit: 'k' }
] as const;

/** A count to three digits with an SI prefix: params `5.07 M`, MACs `816 M`. */
export function formatCount(count: number | null): string {
	if (count === null || !Number.isFinite(count)) return NO_VALUE;
	const scale = COUNT_UNITS.find(({ from }) => Math.abs(count) >= from);
	if (!scale) return formatNumber(count);
	return `${formatSignificant(count / scale.divisor)}${NBSP}${scale.unit}`;
}
