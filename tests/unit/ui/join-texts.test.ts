import { afterEach, describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { listed, parted, sentences } from '$lib/ui/join-texts';

afterEach(() => overwriteGetLocale(() => 'en'));

describe('texts in a row', () => {
	it('are joined as each language does', () => {
		expect(sentences('One.', 'Two.')).toBe('One. Two.');
		expect(listed(['a', 'b', 'c'])).toBe('a, b, c');
		expect(parted(['a: 1', 'b: 2'])).toBe('a: 1; b: 2');
		overwriteGetLocale(() => 'zh-Hant');
		expect(sentences('一。', '二。')).toBe('一。二。');
		expect(listed(['甲', '乙', '丙'])).toBe('甲、乙、丙');
		expect(parted(['甲：1', '乙：2'])).toBe('甲：1；乙：2');
	});

	it('leave out the empty ones, and may be none', () => {
		expect(listed(['', 'a', '', 'b'])).toBe('a, b');
		expect(listed([])).toBe('');
	});
});
