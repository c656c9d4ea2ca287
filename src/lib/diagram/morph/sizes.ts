import type { Box, Part } from '../layout/types';
import { between } from './timing';
import type { BoxSize } from './types';

/** Whether two parts differ in place alone. */
export function keepsShape(a: Part, b: Part): boolean {
	if (a.kind !== b.kind) return false;
	const [one, other] = [sizeOf(a), sizeOf(b)];
	return (Object.keys(one) as (keyof BoxSize)[]).every((key) => one[key] === other[key]);
}

/** `face` in a size between that of two parts, of which it is one. */
export function sizedBetween(face: Part, before: Part, after: Part, share: number): Part {
	const [from, to] = [sizeOf(before), sizeOf(after)];
	const at = (key: keyof BoxSize) => between(from[key], to[key], share);
	const outer = { left: at('left'), right: at('right'), height: at('height') };
	if (face.kind === 'frame') return { ...face, ...outer };
	return {
		...face,
		...outer,
		topWidth: at('topWidth'),
		bottomWidth: at('bottomWidth'),
		shoulder: at('shoulder'),
		cellsHeight: at('cellsHeight')
	} satisfies Box;
}

/** A frame as a box: straight, as wide as it is. */
function sizeOf(part: Part): BoxSize {
	const { left, right, height } = part;
	if (part.kind === 'box') {
		const { topWidth, bottomWidth, shoulder, cellsHeight } = part;
		return { left, right, height, topWidth, bottomWidth, shoulder, cellsHeight };
	}
	const width = left + right;
	return {
		left,
		right,
		height,
		topWidth: width,
		bottomWidth: width,
		shoulder: 0,
		cellsHeight: 0
	};
}
