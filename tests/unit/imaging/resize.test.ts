import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PIXELS, PictureError, checkPictureSize, type Picture } from '$lib/imaging/picture';
import { resizeBicubic } from '$lib/imaging/resize';
import { reference, referencePicture, unpackBytes } from './reference';

const side = fc.integer({ min: 1, max: 24 });

const anyPicture: fc.Arbitrary<Picture> = fc
	.tuple(side, side)
	.chain(([width, height]) =>
		fc
			.uint8ClampedArray({ minLength: width * height * 4, maxLength: width * height * 4 })
			.map((pixels) => ({ pixels, width, height }))
	);

/** A part of a side: where it starts and how long it is. */
const part = fc
	.tuple(side, side)
	.chain(([whole, wanted]) =>
		fc
			.integer({ min: 0, max: whole - Math.min(whole, wanted) })
			.map((start) => ({ whole, start, length: Math.min(whole, wanted) }))
	);

function problemOf(action: () => unknown): string {
	try {
		action();
	} catch (error) {
		if (error instanceof PictureError) return error.problem;
		throw error;
	}
	return 'none';
}

const blank = (width: number, height: number): Picture => ({
	pixels: new Uint8ClampedArray(width * height * 4),
	width,
	height
});

describe('resizeBicubic', () => {
	it.each(reference.resized)(
		'gives the bytes of Pillow: $picture to $width x $height',
		({ picture, width, height, rgb }) => {
			const resized = resizeBicubic({ image: referencePicture(picture), size: { width, height } });
			expect(resized).toEqual(unpackBytes(rgb));
		}
	);

	it('computes of a part what the whole has there', () => {
		fc.assert(
			fc.property(anyPicture, part, part, (image, across, down) => {
				const size = { width: across.whole, height: down.whole };
				const window = {
					left: across.start,
					top: down.start,
					width: across.length,
					height: down.length
				};
				const whole = resizeBicubic({ image, size });
				const rows = Array.from({ length: window.height }, (_, row) => {
					const start = ((window.top + row) * size.width + window.left) * 3;
					return [...whole.subarray(start, start + window.width * 3)];
				});
				expect([...resizeBicubic({ image, size, window })]).toEqual(rows.flat());
			})
		);
	});

	it('leaves the bytes alone where the size stays', () => {
		fc.assert(
			fc.property(anyPicture, (image) => {
				const rgb = image.pixels.filter((_, i) => i % 4 !== 3);
				expect(resizeBicubic({ image, size: image })).toEqual(rgb);
			})
		);
	});

	it('keeps one colour one colour, whatever its alpha', () => {
		const colour = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));
		fc.assert(
			fc.property(anyPicture, colour, side, side, (image, rgb, width, height) => {
				const pixels = image.pixels.map((alpha, i) => rgb[i % 4] ?? alpha);
				const resized = resizeBicubic({ image: { ...image, pixels }, size: { width, height } });
				expect([...resized]).toEqual(
					Array(width * height)
						.fill(rgb)
						.flat()
				);
			})
		);
	});

	it('mirrors when the picture is turned upside down', () => {
		fc.assert(
			fc.property(anyPicture, side, side, ({ pixels, width, height }, newWidth, newHeight) => {
				const flip = (bytes: Uint8ClampedArray, rowBytes: number): number[] =>
					Array.from({ length: bytes.length / rowBytes }, (_, row) => [
						...bytes.subarray(row * rowBytes, (row + 1) * rowBytes)
					])
						.reverse()
						.flat();
				const size = { width: newWidth, height: newHeight };
				const flipped = {
					pixels: Uint8ClampedArray.from(flip(pixels, width * 4)),
					width,
					height
				};
				const straight = resizeBicubic({ image: { pixels, width, height }, size });
				const mirrored = flip(resizeBicubic({ image: flipped, size }), newWidth * 3);
				// Where a place lies exactly between two others, the two ways may round apart.
				const apart = mirrored.map((byte, i) => Math.abs(byte - straight[i]!));
				expect(Math.max(...apart)).toBeLessThanOrEqual(1);
			})
		);
	});
});

describe('what cannot be resized', () => {
	it('is named', () => {
		const size = { width: 4, height: 4 };
		const resize = (image: Picture, target = size) => resizeBicubic({ image, size: target });
		expect(problemOf(() => resize(blank(0, 4)))).toBe('no-size');
		expect(problemOf(() => resize({ ...blank(2, 2), width: 1.5 }))).toBe('no-size');
		expect(problemOf(() => resize({ ...blank(2, 2), width: 3 }))).toBe('wrong-length');
		expect(problemOf(() => resize(blank(2, 2), { width: 0, height: 4 }))).toBe('bad-target');
		expect(problemOf(() => resize(blank(2, 2), { width: NaN, height: 4 }))).toBe('bad-target');
		expect(problemOf(() => resize(blank(2, 2), { width: 1e5, height: 1e5 }))).toBe('bad-target');
		expect(problemOf(() => resize(blank(2, 2)))).toBe('none');
	});

	it('is a window that reaches out of the new picture', () => {
		const cut = (left: number, top: number, width = 3, height = 3) =>
			problemOf(() =>
				resizeBicubic({
					image: blank(2, 2),
					size: { width: 4, height: 5 },
					window: { left, top, width, height }
				})
			);
		expect(cut(1, 2)).toBe('none');
		expect(cut(2, 2)).toBe('bad-target');
		expect(cut(1, 3)).toBe('bad-target');
		expect(cut(-1, 0)).toBe('bad-target');
		expect(cut(0.5, 0)).toBe('bad-target');
		expect(cut(0, 0, 0)).toBe('bad-target');
	});

	it('is told from its size alone', () => {
		expect(problemOf(() => checkPictureSize({ width: MAX_PIXELS, height: 1 }))).toBe('none');
		expect(problemOf(() => checkPictureSize({ width: MAX_PIXELS / 8 + 1, height: 8 }))).toBe(
			'too-large'
		);
	});
});
