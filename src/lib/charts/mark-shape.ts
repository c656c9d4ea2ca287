import { symbol, symbolCircle, symbolSquare, symbolTriangle, symbolWye, type SymbolType } from 'd3';
import { MARK_RADIUS } from './panel-parts';

/** One shape per training regime; the diamond is kept for predictions. */
const SHAPES: readonly SymbolType[] = [symbolCircle, symbolSquare, symbolTriangle, symbolWye];

const AREA = Math.PI * MARK_RADIUS ** 2;

/** SVG path of a regime's mark, centred on 0, 0. More regimes than shapes share the last one. */
export function markShape(regime: number): string {
	const shape = SHAPES[Math.min(regime, SHAPES.length - 1)] ?? symbolCircle;
	return symbol(shape, AREA)() ?? '';
}
