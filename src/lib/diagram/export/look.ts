import { plainColor } from './color';
import { plainFamilies } from './families';
import { plainNumber, plainNumbers } from './numbers';

/** What an element looks like, as plain SVG properties; initial values included. */
export type Look = Readonly<Record<string, string>>;

/** Values that need not be written. */
const INITIAL: Look = {
	'fill-opacity': '1',
	'fill-rule': 'nonzero',
	stroke: 'none',
	'stroke-opacity': '1',
	'stroke-width': '1',
	'stroke-dasharray': 'none',
	'stroke-dashoffset': '0',
	'stroke-linecap': 'butt',
	'stroke-linejoin': 'miter',
	'paint-order': 'normal',
	'vector-effect': 'none',
	'font-style': 'normal',
	'font-weight': '400',
	'font-variant-numeric': 'normal',
	'letter-spacing': 'normal',
	'text-anchor': 'start',
	'text-decoration': 'none',
	'dominant-baseline': 'auto'
};

/** Copied as they are, numbers rounded. */
const STROKE_PROPERTIES = [
	'stroke-width',
	'stroke-dasharray',
	'stroke-dashoffset',
	'stroke-linecap',
	'stroke-linejoin',
	'vector-effect'
];
const TEXT_PROPERTIES = [
	'font-size',
	'font-style',
	'font-weight',
	'font-variant-numeric',
	'letter-spacing',
	'text-anchor',
	'dominant-baseline'
];
/** Where a unit is needed: a bare number is no CSS length. */
const LENGTHS = new Set(['font-size', 'letter-spacing']);

/** Whether an element, or anything in it, is to be seen. */
export function isShown(style: CSSStyleDeclaration): boolean {
	return style.display !== 'none' && Number(style.opacity) > 0;
}

/**
 * What a shape or a text looks like. `url(#…)` stays as it is.
 * @returns null where nothing of it is drawn: a plane that only takes clicks, for example
 */
export function lookOf(tag: string, style: CSSStyleDeclaration): Look | null {
	if (style.visibility !== 'visible') return null;
	const isText = tag === 'text' || tag === 'tspan';
	const fill = tag === 'line' ? {} : paint('fill', style);
	const hasStroke = parseFloat(style.strokeWidth) > 0;
	const stroke = hasStroke ? paint('stroke', style) : {};
	if (!isText && fill.fill === undefined && stroke.stroke === undefined) return null;
	return {
		...(tag === 'line' ? {} : { fill: 'none' }),
		...fill,
		...(fill.fill === undefined || isText ? {} : { 'fill-rule': style.fillRule }),
		stroke: 'none',
		...stroke,
		...(stroke.stroke === undefined ? {} : copied(STROKE_PROPERTIES, style)),
		...(isText ? textLook(style) : {}),
		'paint-order': style.getPropertyValue('paint-order') || 'normal'
	};
}

function textLook(style: CSSStyleDeclaration): Look {
	return {
		...copied(TEXT_PROPERTIES, style),
		'font-family': plainFamilies(style.fontFamily),
		'text-decoration': style.textDecorationLine
	};
}

function copied(names: readonly string[], style: CSSStyleDeclaration): Look {
	return Object.fromEntries(
		names.map((name) => {
			const value = style.getPropertyValue(name);
			if (!/^-?[\d.]/.test(value)) return [name, value];
			return [name, LENGTHS.has(name) ? `${plainNumbers(value)}px` : plainNumbers(value)];
		})
	);
}

/** What of a look must be written, given what holds without it. */
export function declarations(look: Look, inherited: Look = INITIAL): string {
	return Object.entries(look)
		.filter(([name, value]) => inherited[name] !== value)
		.map(([name, value]) => `${name}:${value}`)
		.join(';');
}

/** Fill or stroke with its opacity; empty where nothing is painted. */
function paint(kind: 'fill' | 'stroke', style: CSSStyleDeclaration): Look {
	const value = style.getPropertyValue(kind);
	const opacity = Number(style.getPropertyValue(`${kind}-opacity`));
	if (value === 'none' || opacity === 0) return {};
	const [, reference] = /^url\("?#([^")]+)"?\)/.exec(value) ?? [];
	if (reference !== undefined) {
		return { [kind]: `url(#${reference})`, [`${kind}-opacity`]: plainNumber(opacity) };
	}
	const color = plainColor(value);
	if (color.opacity === 0) return {};
	return { [kind]: color.hex, [`${kind}-opacity`]: plainNumber(opacity * color.opacity) };
}
