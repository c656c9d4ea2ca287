import { describe, expect, it } from 'vitest';
import { colorShare, summandTexts, tinyText, weightText } from '$lib/reparam/kernel-texts';
import { positionText, roundText } from '$lib/reparam/round-texts';

describe('a weight in its cell', () => {
	it.each([
		[0, '0'],
		[1, '1.00'],
		[-0.304, '\u22120.30'],
		[0.0157, '0.016'],
		[-0.00301, '\u22120.0030'],
		[0.0000049, '0.0000'],
		[12.345, '12.35']
	])('%d is %s', (value, text) => {
		expect(weightText(value)).toBe(text);
	});

	it('has the full colour at the greatest, half of it at a quarter, none at zero', () => {
		expect([2, -2, 0.5, -0.5, 0].map((value) => colorShare(value, 2))).toEqual([1, 1, 0.5, 0.5, 0]);
		expect(colorShare(0, 0)).toBe(0);
	});

	it.each([
		[5.83e-9, '5.8 × 10⁻⁹'],
		[1.2e-12, '1.2 × 10⁻¹²'],
		[3, '3.0 × 10⁰'],
		[0, '0']
	])('a tiny difference %d is %s', (value, text) => {
		expect(tinyText(value)).toBe(text);
	});
});

describe('what a summand was', () => {
	it.each([
		[{ code: 'conv', kernel: 5, hasNorm: true }, '5×5 depthwise', 'BatchNorm folded in'],
		[{ code: 'conv', kernel: 1, hasNorm: false }, '1×1 depthwise', 'padded to 5×5'],
		[
			{ code: 'conv', kernel: 1, hasNorm: true },
			'1×1 depthwise',
			'BatchNorm folded in, padded to 5×5'
		],
		[{ code: 'conv', kernel: 5, hasNorm: false }, '5×5 depthwise', ''],
		[{ code: 'identity' }, 'The input itself', 'a kernel of one 1'],
		[{ code: 'norm' }, 'BatchNorm alone', 'a kernel of one factor']
	] as const)('%o', (kind, name, detail) => {
		expect(summandTexts(kind, 5)).toEqual({ name, detail });
	});
});

describe('where a drawing stands', () => {
	const rounds = [['norm'], ['branch'], ['norm-of-sum']] as const;

	it('is told by form at the ends, and by round between them', () => {
		expect(positionText(0, rounds)).toBe('Training form');
		expect(positionText(1, rounds)).toBe('Deploy form');
		expect(positionText(0.5, rounds)).toBe(`Fold 2 of 3, 50 %: ${roundText(['branch'])}`);
		expect(positionText(1 / 3, rounds)).toMatch(/^Fold 1 of 3, 100 %/);
	});

	it('tells every kind of a round', () => {
		expect(roundText(['norm', 'norm-before'])).toBe(
			`${roundText(['norm'])} ${roundText(['norm-before'])}`
		);
	});
});
