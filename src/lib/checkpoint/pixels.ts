import { checkPictureSize, type Picture } from '../imaging/picture';

/**
 * The pixels of a decoded picture, through a canvas that is never shown. For workers: a photo's bytes
 * take longer to copy than a page may stand still.
 * @throws {PictureError} for one that is too large to hold
 */
export function pixelsOf(bitmap: ImageBitmap): Picture {
	const { width, height } = bitmap;
	try {
		checkPictureSize({ width, height });
		const context = new OffscreenCanvas(width, height).getContext('2d', {
			willReadFrequently: true
		});
		if (!context) throw new Error('This browser gives a worker no canvas to read pixels with.');
		context.drawImage(bitmap, 0, 0);
		return { pixels: context.getImageData(0, 0, width, height).data, width, height };
	} finally {
		bitmap.close();
	}
}
