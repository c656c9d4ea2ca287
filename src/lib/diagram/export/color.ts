/** A colour as every SVG reader knows it: sRGB in hex, and its opacity apart. */
export interface PlainColor {
	/** For example `#0072b2`. */
	readonly hex: string;
	/** 0 to 1. */
	readonly opacity: number;
}

type Triple = readonly [number, number, number];

/**
 * Reads a colour as `getComputedStyle` writes it: `rgb()`, `oklch()`, `oklab()`, `lch()`, `lab()` or
 * `color(srgb …)`; a build may turn the notation of a style sheet into another one. What lies outside sRGB is clipped, as browsers do on an sRGB screen. By arithmetic rather than by a
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
		case 'oklch':
			return oklabToSrgb(fromPolar(values)).map(toByte);
		case 'lab':
			return labToSrgb(values).map(toByte);
		case 'lch':
			return labToSrgb(fromPolar(values)).map(toByte);
		default:
			return null;
	}
}

/** Lightness, chroma and hue in degrees to lightness and two axes. */
function fromPolar([lightness, chroma, degrees]: Triple): Triple {
	const hue = (degrees / 180) * Math.PI;
	return [lightness, chroma * Math.cos(hue), chroma * Math.sin(hue)];
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

/** CIE Lab under D50 to gamma-encoded sRGB: CSS Color 4, sections 8 and 18. */
function labToSrgb([lightness, a, b]: Triple): Triple {
	const EPSILON = 216 / 24389;
	const KAPPA = 24389 / 27;
	const fy = (lightness + 16) / 116;
	const linear = (f: number) => (f ** 3 > EPSILON ? f ** 3 : (116 * f - 16) / KAPPA);
	const x = linear(fy + a / 500) * (0.3457 / 0.3585);
	const y = linear(fy);
	const z = linear(fy - b / 200) * ((1 - 0.3457 - 0.3585) / 0.3585);
	// From D50 to D65 (Bradford) and to linear sRGB in one.
	return [
		encode(3.134136 * x - 1.6173863 * y - 0.4906619 * z),
		encode(-0.9787955 * x + 1.9162544 * y + 0.0334427 * z),
		encode(0.0719554 * x - 0.2289768 * y + 1.4053861 * z)
	];
}

function encode(linear: number): number {
	return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
}

function toByte(value: number): number {
	return Math.round(255 * Math.min(1, Math.max(0, value)));
}
