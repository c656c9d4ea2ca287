/** Sizes in pixels. */
export interface Size {
	readonly width: number;
	readonly height: number;
}

/** A part of a picture; `left` and `top` count from its upper left corner. */
export interface Rectangle extends Size {
	readonly left: number;
	readonly top: number;
}

/** A picture as a canvas hands it out, row by row from the top. */
export interface Picture extends Size {
	/** Red, green, blue and alpha of every pixel. Alpha is never looked at. */
	readonly pixels: Uint8ClampedArray;
}

/**
 * The most pixels that a picture may have: 64 million, a quarter of a gigabyte. Phones take pictures
 * of 12 to 50 million; beyond the limit a browser tab runs out of memory rather than of patience.
 */
export const MAX_PIXELS = 64_000_000;

export type PictureProblem =
	/** A side is zero, or no whole number. */
	| 'no-size'
	/** More than {@link MAX_PIXELS}. */
	| 'too-large'
	/** The bytes are not four for each pixel. */
	| 'wrong-length'
	/** What was asked for, not the picture, has an impossible size. */
	| 'bad-target';

/** A picture, or a size to bring it to, that cannot be worked with. */
export class PictureError extends Error {
	constructor(
		readonly problem: PictureProblem,
		message: string
	) {
		super(message);
		this.name = 'PictureError';
	}
}

/**
 * Holds a picture's size against the limit. It needs no pixels, so that a page can ask before it
 * draws a decoded file to a canvas, which is what takes the memory.
 * @throws {PictureError}
 */
export function checkPictureSize(size: Size): void {
	if (!isSide(size.width) || !isSide(size.height)) {
		throw new PictureError('no-size', `A picture of ${show(size)} has no pixels.`);
	}
	if (size.width * size.height > MAX_PIXELS) {
		throw new PictureError(
			'too-large',
			`The picture has ${show(size)}, more than ${MAX_PIXELS / 1e6} million pixels; make it smaller first.`
		);
	}
}

/** @throws {PictureError} */
export function checkPicture({ pixels, width, height }: Picture): void {
	checkPictureSize({ width, height });
	const expected = width * height * 4;
	if (pixels.length !== expected) {
		throw new PictureError(
			'wrong-length',
			`A picture of ${show({ width, height })} takes ${expected} bytes as RGBA; these are ${pixels.length}.`
		);
	}
}

/** Whether a number can be the length of a picture's side. */
export function isSide(length: number): boolean {
	return Number.isSafeInteger(length) && length > 0;
}

/** A size for a message, for example `640 x 480 pixels`. */
export function show({ width, height }: Size): string {
	return `${width} x ${height} pixels`;
}
