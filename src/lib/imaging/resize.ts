import { bicubicBlend, ROUNDING, WEIGHT_BITS, type Blend } from './bicubic';
import {
	checkPicture,
	isSide,
	MAX_PIXELS,
	PictureError,
	show,
	type Picture,
	type Rectangle,
	type Size
} from './picture';

/**
 * Resizes a picture byte for byte as Pillow does (`convert('RGB').resize(size, BICUBIC)`): with
 * antialiasing, in fixed point, rows first, and rounded to bytes in between. A network's accuracy was
 * measured on such pictures; a canvas resizes differently in every browser.
 *
 * Newer releases of Pillow take columns first where a picture is over a hundred times as high as
 * wide, which gives other bytes; here rows are always first, as when RepViT was evaluated.
 *
 * @param window the part of the new picture that is wanted. What lies outside it is not computed,
 * and what is inside is the same as in the whole.
 * @returns red, green and blue of every pixel of the window, row by row
 * @throws {PictureError} for a picture or a size that cannot be worked with
 */
export function resizeBicubic({
	image,
	size,
	window = { left: 0, top: 0, ...size }
}: {
	readonly image: Picture;
	readonly size: Size;
	readonly window?: Rectangle;
}): Uint8ClampedArray {
	checkPicture(image);
	checkTarget(size, window);
	const rows = bicubicBlend({
		oldLength: image.height,
		newLength: size.height,
		from: window.top,
		count: window.height
	});
	const firstRow = rows.first[0]!;
	const lastRow = rows.first.at(-1)! + rows.count.at(-1)! - 1;
	const rowCount = lastRow - firstRow + 1;
	checkMemory({ width: window.width, height: Math.max(window.height, rowCount) });
	const columns = bicubicBlend({
		oldLength: image.width,
		newLength: size.width,
		from: window.left,
		count: window.width
	});
	const narrowed = blendColumns({ image, columns, firstRow, rowCount });
	return blendRows({ narrowed, rows, firstRow, rowBytes: window.width * 3 });
}

function checkTarget(size: Size, window: Rectangle): void {
	if (![size.width, size.height, window.width, window.height].every(isSide)) {
		throw new PictureError(
			'bad-target',
			`${show(window)} of ${show(size)} are no size to resize to; sides are whole numbers from 1.`
		);
	}
	const fits = (start: number, length: number, whole: number): boolean =>
		Number.isInteger(start) && start >= 0 && start + length <= whole;
	if (
		!fits(window.left, window.width, size.width) ||
		!fits(window.top, window.height, size.height)
	) {
		throw new PictureError(
			'bad-target',
			`A window of ${show(window)} at (${window.left}, ${window.top}) does not lie within ${show(size)}.`
		);
	}
}

function checkMemory(size: Size): void {
	if (size.width * size.height > MAX_PIXELS) {
		throw new PictureError(
			'bad-target',
			`Resizing would take ${show(size)}, more than ${MAX_PIXELS / 1e6} million.`
		);
	}
}

/** Brings rows to their new width; drops alpha. Nearly all of the time goes here. */
function blendColumns({
	image: { pixels, width },
	columns: { first, count, weights, stride },
	firstRow,
	rowCount
}: {
	readonly image: Picture;
	readonly columns: Blend;
	readonly firstRow: number;
	readonly rowCount: number;
}): Uint8ClampedArray {
	const columnCount = first.length;
	const narrowed = new Uint8ClampedArray(rowCount * columnCount * 3);
	let target = 0;
	for (let row = firstRow; row < firstRow + rowCount; row++) {
		for (let column = 0; column < columnCount; column++) {
			let red = ROUNDING;
			let green = ROUNDING;
			let blue = ROUNDING;
			let source = (row * width + first[column]!) * 4;
			const start = column * stride;
			const end = start + count[column]!;
			for (let tap = start; tap < end; tap++, source += 4) {
				const weight = weights[tap]!;
				red = (red + Math.imul(weight, pixels[source]!)) | 0;
				green = (green + Math.imul(weight, pixels[source + 1]!)) | 0;
				blue = (blue + Math.imul(weight, pixels[source + 2]!)) | 0;
			}
			// The array clamps what overshoots.
			narrowed[target] = red >> WEIGHT_BITS;
			narrowed[target + 1] = green >> WEIGHT_BITS;
			narrowed[target + 2] = blue >> WEIGHT_BITS;
			target += 3;
		}
	}
	return narrowed;
}

/** Brings columns to their new height: whole rows are added up, in the order they lie in memory. */
function blendRows({
	narrowed,
	rows: { first, count, weights, stride },
	firstRow,
	rowBytes
}: {
	readonly narrowed: Uint8ClampedArray;
	readonly rows: Blend;
	/** The row of the old picture with which `narrowed` begins. */
	readonly firstRow: number;
	readonly rowBytes: number;
}): Uint8ClampedArray {
	const resized = new Uint8ClampedArray(first.length * rowBytes);
	const sums = new Int32Array(rowBytes);
	for (let row = 0; row < first.length; row++) {
		sums.fill(ROUNDING);
		for (let tap = 0; tap < count[row]!; tap++) {
			const weight = weights[row * stride + tap]!;
			const source = (first[row]! + tap - firstRow) * rowBytes;
			for (let i = 0; i < rowBytes; i++) {
				sums[i] = sums[i]! + Math.imul(weight, narrowed[source + i]!);
			}
		}
		const target = row * rowBytes;
		for (let i = 0; i < rowBytes; i++) resized[target + i] = sums[i]! >> WEIGHT_BITS;
	}
	return resized;
}
