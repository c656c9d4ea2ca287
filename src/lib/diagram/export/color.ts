/** A colour as every SVG reader knows it: sRGB in hex, and its opacity apart. */
export interface PlainColor {
	/** For example `#0072b2`. */
	readonly hex: string;
	/** 0 to 1. */
	readonly opacity: number;
}

type Triple = readonly [number, number, number];

/**
 * Reads a colour as `getComputedStyle` writes it: `rgb()`, `oklch()`, `oklab()` or `color(srgb …)`.
 * What lies outside sRGB is clipped, as browsers do on an sRGB screen. By arithmetic rather than by a
 * canvas: the same on every machine, also where a browser blurs what a page may read back.
 * @throws {Error} for a notation that is none of these
 */
export function plainColor(computed: string): PlainColor {
	const [, notation = '', inside = ''] = /^([a-z]+)\(([^()]*)\)$/.exec(computed.trim()) ?? [];
	const words = inside.split(/[\s,/]+/).filter(Boolean);
	const space = notation === 'color' ? words.shift() : notation;
	const [a = 0, b = 0, c = 0, opacity = 1] = words.map((word) =>
		word === 'none' ? 0 : parseFloat(word) / (word.endsWith('%') ? 100 : 1)
	);
	const bytes = bytesOf(space ?? '', [a, b, c]);
	if (bytes === null || words.length < 3) throw new Error(`not a colour known here: ${computed}`);
	const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return { hex: `#${hex}`, opacity };
}

function bytesOf(space: string, values: Triple): readonly number[] | null {
	switch (space) {
		case 'rgb':
		case 'rgba':
			return values.map((value) => toByte(value / 255));
		case 'srgb':
			return values.map(toByte);
		case 'oklab':
			return oklabToSrgb(values).map(toByte);
		case 'oklch': {
			const [lightness, chroma, degrees] = values;
			const hue = (degrees / 180) * Math.PI;
			return oklabToSrgb([lightness, chroma * Math.cos(hue), chroma * Math.sin(hue)]).map(toByte);
		}
		default:
			return null;
	}
}

/** Björn Ottosson's OKLab to gamma-encoded sRGB: CSS Color 4, section 9. */
function oklabToSrgb([lightness, a, b]: Triple): Triple {
	const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	return [
		encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
		encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
		encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
	];
}

function encode(linear: number): number {
	return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
}

function toByte(value: number): number {
	return Math.round(255 * Math.min(1, Math.max(0, value)));
}
