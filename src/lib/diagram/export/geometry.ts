import { plainNumbers } from './numbers';

/** What is drawn or refers to what is drawn, with the attributes that give its form. */
const GEOMETRY: Readonly<Record<string, readonly string[]>> = {
	path: ['d'],
	rect: ['x', 'y', 'width', 'height', 'rx', 'ry'],
	circle: ['cx', 'cy', 'r'],
	ellipse: ['cx', 'cy', 'rx', 'ry'],
	line: ['x1', 'y1', 'x2', 'y2'],
	polygon: ['points'],
	polyline: ['points'],
	text: ['x', 'y', 'dx', 'dy'],
	tspan: ['x', 'y', 'dx', 'dy'],
	g: [],
	pattern: ['x', 'y', 'width', 'height', 'patternUnits', 'patternTransform'],
	clipPath: ['clipPathUnits'],
	linearGradient: ['x1', 'y1', 'x2', 'y2', 'gradientUnits', 'gradientTransform'],
	stop: ['offset']
};

/** Whether a file can hold such an element; HTML in a drawing, and what moves it, is left out. */
export function isKnownTag(tag: string): boolean {
	return Object.hasOwn(GEOMETRY, tag);
}

/** The attributes that give an element its form; where one is set by CSS alone, its value there. */
export function geometryOf(
	element: Element,
	style: CSSStyleDeclaration
): Readonly<Record<string, string>> {
	const names = GEOMETRY[element.localName] ?? [];
	return Object.fromEntries(
		names.flatMap((name) => {
			const value = element.getAttribute(name) ?? setByCss(name, style);
			return value === null ? [] : [[name, /[a-z]{3}/.test(value) ? value : plainNumbers(value)]];
		})
	);
}

function setByCss(name: string, style: CSSStyleDeclaration): string | null {
	const value = style.getPropertyValue(name);
	const [, path] = /^path\("(.*)"\)$/.exec(value) ?? [];
	if (path !== undefined) return path;
	return /^-?[\d.]+px$/.test(value) && parseFloat(value) !== 0 ? value : null;
}
