import { plainNumber } from './numbers';

/**
 * Where an element is placed by CSS or by its attribute, as a `transform` attribute; undefined where
 * it stays. Percentages and three dimensions are not looked for: no drawing has them.
 */
export function transformOf(
	element: SVGGraphicsElement,
	style: CSSStyleDeclaration
): string | undefined {
	const matrix = new DOMMatrix();
	const [dx = 0, dy = 0] = numbersOf(style.translate);
	const [originX = 0, originY = 0] = numbersOf(style.transformOrigin);
	const [degrees = 0] = numbersOf(style.rotate);
	const [scaleX = 1, scaleY = scaleX] = numbersOf(style.scale);
	matrix.translateSelf(dx + originX, dy + originY);
	matrix.rotateSelf(degrees);
	matrix.scaleSelf(scaleX, scaleY);
	matrix.multiplySelf(ownMatrix(element, style));
	matrix.translateSelf(-originX, -originY);
	return printMatrix(matrix);
}

/** Not every browser takes the attribute for a CSS property. */
function ownMatrix(element: SVGGraphicsElement, style: CSSStyleDeclaration): DOMMatrix {
	if (style.transform !== 'none') return new DOMMatrix(style.transform);
	const attribute = element.transform.baseVal.consolidate()?.matrix;
	return attribute ? DOMMatrix.fromMatrix(attribute) : new DOMMatrix();
}

function numbersOf(value: string | undefined): number[] {
	return value === undefined || value === 'none' ? [] : value.split(' ').map(parseFloat);
}

/** Moved parts, which are most, read as such. */
function printMatrix({ a, b, c, d, e, f }: DOMMatrix): string | undefined {
	const [x, y] = [plainNumber(e), plainNumber(f)];
	// Of a turn or a scale, four decimals: they are multiplied by hundreds of pixels.
	const rest = [a, b, c, d].map((value) => String(Math.round(value * 1e4) / 1e4 || 0));
	if (rest.join(' ') !== '1 0 0 1') return `matrix(${[...rest, x, y].join(' ')})`;
	return x === '0' && y === '0' ? undefined : `translate(${x} ${y})`;
}
