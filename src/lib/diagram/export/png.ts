export type PngScale = 1 | 2 | 4;

/** Chromium's and Firefox's limit for a side; Safari's is as good. */
const MAX_SIDE = 16_384;
/** Chromium's limit for an area; a phone may have less, which is noticed when it is drawn. */
const MAX_AREA = MAX_SIDE ** 2;

/** A browser has no canvas this large. */
export class PictureTooLarge extends Error {
	constructor(
		/** Pixels. */
		readonly width: number,
		readonly height: number
	) {
		super(`no canvas for ${width} × ${height} pixels`);
		this.name = 'PictureTooLarge';
	}
}

/**
 * Paints a standalone SVG as PNG, `scale` pixels to one of its own.
 * @throws {PictureTooLarge} where the browser has no canvas for it
 * @throws {DOMException} where the text is no SVG
 */
export async function pngOf(
	svgText: string,
	{ scale }: { readonly scale: PngScale }
): Promise<Blob> {
	const url = URL.createObjectURL(new Blob([svgText], { type: 'image/svg+xml' }));
	try {
		const image = new Image();
		image.src = url;
		await image.decode();
		const [width, height] = [image.width * scale, image.height * scale].map(Math.round);
		return await paint(image, width ?? 0, height ?? 0);
	} finally {
		URL.revokeObjectURL(url);
	}
}

async function paint(image: HTMLImageElement, width: number, height: number): Promise<Blob> {
	const tooLarge = new PictureTooLarge(width, height);
	if (Math.max(width, height) > MAX_SIDE || width * height > MAX_AREA) throw tooLarge;
	const canvas = document.createElement('canvas');
	canvas.width = width;
	canvas.height = height;
	const context = canvas.getContext('2d');
	if (context === null || !canPaint(context, width, height)) throw tooLarge;
	context.drawImage(image, 0, 0, width, height);
	return new Promise((resolve, reject) => {
		canvas.toBlob((blob) => (blob ? resolve(blob) : reject(tooLarge)), 'image/png');
	});
}

/** A canvas past the browser's own limit takes every call and stays empty. */
function canPaint(context: CanvasRenderingContext2D, width: number, height: number): boolean {
	const [x, y] = [width - 1, height - 1];
	context.fillRect(x, y, 1, 1);
	const isPainted = context.getImageData(x, y, 1, 1).data[3] !== 0;
	context.clearRect(x, y, 1, 1);
	return isPainted;
}
