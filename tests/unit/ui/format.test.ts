import { describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import {
	changeEnds,
	decimalsFor,
	formatChange,
	formatChangeInterval,
	formatCount,
	formatDateTime,
	formatMs,
	formatMsInterval,
	formatNumber,
	formatRatio,
	formatReportedMs,
	formatTop1,
	halfWidth,
	NO_VALUE
} from '$lib/ui/format';

/** Spaces inside a figure do not break; the tests read better with plain ones. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('digits follow the interval', () => {
	it.each([
		[0.6, 1],
		[0.14, 2],
		[0.19, 2],
		[0.2, 1],
		[2, 0],
		[1.4, 1],
		[38, 0],
		[0.035, 2],
		[0.0995, 2],
		[1e-9, 6],
		[0, 0],
		[Number.NaN, 0]
	])('half-width %d leaves %d decimals', (half, decimals) => {
		expect(decimalsFor(half)).toBe(decimals);
	});

	it('takes the larger side of a lopsided interval', () => {
		expect(halfWidth({ value: 10, low: 9.8, high: 10.6 })).toBeCloseTo(0.6);
	});
});

describe('times', () => {
	it('prints a median with its interval', () => {
		expect(plain(formatMsInterval({ value: 70.8713, low: 70.31, high: 71.48 }))).toBe(
			'70.9 ms ± 0.6'
		);
		expect(plain(formatMsInterval({ value: 1234.4, low: 1200, high: 1270 }))).toBe('1,234 ms ± 36');
	});

	it('falls back to three digits where the interval has no width', () => {
		expect(plain(formatMsInterval({ value: 70.8713, low: 70.8713, high: 70.8713 }))).toBe(
			'70.9 ms'
		);
	});

	it('prints single and reported times, and a dash for none', () => {
		expect(plain(formatMs(0.8712))).toBe('0.871 ms');
		expect(plain(formatReportedMs(1.01))).toBe('1.01 ms');
		expect(plain(formatReportedMs(2.3))).toBe('2.3 ms');
		expect(plain(formatReportedMs(1))).toBe('1.0 ms');
		expect(formatMs(null)).toBe(NO_VALUE);
		expect(formatReportedMs(null)).toBe(NO_VALUE);
		expect(formatMsInterval(null)).toBe(NO_VALUE);
	});
});

describe('ratios and changes', () => {
	it('prints a ratio with both ends', () => {
		expect(formatRatio({ value: 1.8, low: 1.77, high: 1.84 })).toBe('1.80x (1.77 to 1.84)');
		expect(formatRatio({ value: 1, low: 1, high: 1 })).toBe('1.00x (1.00 to 1.00)');
		expect(formatRatio(null)).toBe(NO_VALUE);
	});

	it('prints changes with a sign that is a minus', () => {
		expect(plain(formatChangeInterval({ value: 0.38, low: 0.36, high: 0.4 }))).toBe('+38 % ± 2');
		expect(plain(formatChangeInterval({ value: -0.123, low: -0.13, high: -0.116 }))).toBe(
			'−12.3 % ± 0.7'
		);
		expect(plain(formatChangeInterval({ value: -0.38, low: -0.4, high: -0.36 }, false))).toBe(
			'38 % ± 2'
		);
		expect(plain(formatChange(-0.034))).toBe('−3 %');
		expect(plain(formatChange(0))).toBe('0 %');
		expect(formatChange(null)).toBe(NO_VALUE);
	});

	it('gives the ends of a change', () => {
		const { low, high } = changeEnds({ value: 0.004, low: -0.008, high: 0.016 });
		expect([plain(low), plain(high)]).toEqual(['−0.8 %', '+1.6 %']);
	});
});

describe('counts and accuracies', () => {
	it.each([
		[5_067_056, '5.07 M'],
		[815_617_344, '816 M'],
		[1_106_136_864, '1.11 G'],
		[22_926_792, '22.9 M'],
		[999_600, '1.00 M'],
		[12_345, '12.3 k'],
		[999, '999'],
		[0, '0']
	])('%d is %s', (count, text) => {
		expect(plain(formatCount(count))).toBe(text);
	});

	it('prints accuracies with the digits of the paper', () => {
		expect(plain(formatTop1(78.75))).toBe('78.75 %');
		expect(plain(formatTop1(77.4))).toBe('77.4 %');
		expect(plain(formatTop1(80))).toBe('80.0 %');
		expect(formatTop1(null)).toBe(NO_VALUE);
	});

	it('never prints NaN or infinity', () => {
		expect(formatNumber(Number.NaN)).toBe(NO_VALUE);
		expect(formatCount(Number.POSITIVE_INFINITY)).toBe(NO_VALUE);
	});
});

describe('a moment', () => {
	const moment = '2026-11-24T09:05:00';

	it('is written as the browser does where it speaks the language of the page', () => {
		expect(formatDateTime(moment, ['fr-FR', 'en-GB'])).toBe('24/11/2026, 09:05:00');
		expect(plain(formatDateTime(moment, ['en-US']))).toMatch(/^11\/24\/2026, 9:05:00.AM$/);
	});

	it('else as the language of the page does', () => {
		overwriteGetLocale(() => 'zh-Hant');
		expect(formatDateTime(moment, ['fr-FR', 'en-GB'])).toMatch(/^2026\/11\/24\s.*9:05:00$/);
		overwriteGetLocale(() => 'en');
		expect(formatDateTime(moment, [])).toBe(formatDateTime(moment, ['en']));
	});
});

describe('numbers in Chinese', () => {
	it('have the same digits and groups', () => {
		overwriteGetLocale(() => 'zh-Hant');
		expect(formatNumber(1234567.5, 1)).toBe('1,234,567.5');
		expect(plain(formatCount(5_070_000))).toBe('5.07 M');
		expect(formatRatio({ value: 1.8, low: 1.77, high: 1.84 })).toBe('1.80 倍（1.77 至 1.84）');
		overwriteGetLocale(() => 'en');
	});
});
