import { describe, expect, it } from 'vitest';
import { plainColor } from '$lib/diagram/export/color';
import { plainFamilies } from '$lib/diagram/export/families';
import { escapeXml, printMarkup } from '$lib/diagram/export/markup';
import { plainNumber, plainNumbers } from '$lib/diagram/export/numbers';

describe('plain values for a file', () => {
	it.each([
		['rgb(0, 114, 178)', '#0072b2', 1],
		['rgba(255, 255, 255, 0.5)', '#ffffff', 0.5],
		['rgba(0, 0, 0, 0)', '#000000', 0],
		['color(srgb 1 0.5 0 / 0.25)', '#ff8000', 0.25],
		['oklch(1 0 0)', '#ffffff', 1],
		['oklch(0.628 0.2577 29.23)', '#ff0000', 1],
		['oklch(0.5 none none / 45%)', '#636363', 0.45],
		['lab(54.2905 80.8049 69.891)', '#ff0000', 1],
		['lab(99.301 -0.0547767 -0.375152)', '#fdfdfe', 1],
		['lch(29.5683 131.2014 301.364 / 0.5)', '#0000ff', 0.5],
		['oklab(0.452 -0.0325 -0.3115)', '#0000ff', 1]
	])('reads %s', (computed, hex, opacity) => {
		expect(plainColor(computed)).toEqual({ hex, opacity });
	});

	it.each(['', 'red', 'color(display-p3 1 0 0)', 'oklch(0.5)'])(
		'refuses %o rather than paint it black',
		(computed) => {
			expect(() => plainColor(computed)).toThrow(/not a colour/);
		}
	);

	it('rounds numbers wherever they stand, and leaves words', () => {
		expect([1.005, -0.001, 3, -2.5, 1e-9].map(plainNumber)).toEqual(['1', '0', '3', '-2.5', '0']);
		expect(plainNumbers('M-1.23456 .5h7m-3.5-3.499 v1e-7')).toBe('M-1.23 0.5h7m-3.5-3.5 v0');
		expect(plainNumbers('4px, 3.333px')).toBe('4, 3.33');
	});

	it('names fonts as they are installed, without stand-ins', () => {
		expect(
			plainFamilies(
				'"Source Sans 3 Variable", "Source Sans 3", "Source Sans 3 Fallback Roboto", Arial, sans-serif'
			)
		).toBe("'Source Sans 3','Arial',sans-serif");
	});

	it('prints one element a line and escapes what XML reads as its own', () => {
		const text = {
			tag: 'text',
			attributes: { x: '1', y: undefined },
			children: escapeXml('a<b\u0007')
		};
		expect(printMarkup({ tag: 'g', attributes: { id: 'q"&' }, children: [text] })).toBe(
			'<g id="q&quot;&amp;">\n\t<text x="1">a&lt;b</text>\n</g>\n'
		);
	});
});
