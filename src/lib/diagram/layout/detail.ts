/**
 * How much of each part is drawn: everything; shapes and short names in larger type; outlines alone.
 * What would be too small to read is not drawn, so that a large network stays light.
 */
export type Detail = 'full' | 'names' | 'shapes';

/** Sizes of type in the drawing's own pixels. */
export const NAME_SIZE = 13.5;
export const DETAIL_SIZE = 12;
/** Where names stand alone, they have the room to be larger. */
export const LONE_NAME_SIZE = 16;

/** Smaller than this on the screen, in CSS pixels, text is only a texture. */
const MIN_READABLE = 7;

/** Whether nothing but outlines can be told at a scale. */
export function isTooSmall(scale: number): boolean {
	return detailAt(scale) === 'shapes';
}

/** @param scale CSS pixels on the screen for one pixel of the drawing */
export function detailAt(scale: number): Detail {
	if (DETAIL_SIZE * scale >= MIN_READABLE) return 'full';
	return LONE_NAME_SIZE * scale >= MIN_READABLE ? 'names' : 'shapes';
}
