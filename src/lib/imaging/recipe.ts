import { isSide, PictureError, type Rectangle, type Size } from './picture';

/**
 * How a picture is brought to a network's input size when accuracy is measured; both resize with
 * {@link resizeBicubic} and cut out the middle.
 *
 * - `official`: RepViT's own evaluation, as in DeiT. The cut takes 224/256 (0.875) of the shorter side.
 * - `timm-0.95`: timm's evaluation of the same weights. The cut takes 0.95 of it.
 */
export type Recipe = 'official' | 'timm-0.95';

/** A network's input, in the order of its tensor. */
export type InputSize = readonly [height: number, width: number];

/** What to resize a picture to, and what to cut out then. */
export interface CropPlan {
	readonly size: Size;
	readonly window: Rectangle;
}

/**
 * Where a recipe resizes to and cuts, to the pixel as torchvision and timm do it.
 *
 * A square input is torchvision's `Resize` and `CenterCrop`: the shorter side becomes the recipe's,
 * the longer one keeps the proportions, cut down to whole pixels. For an input that is not square
 * torchvision has no such rule, so timm's holds for both recipes: the picture keeps its proportions
 * and is made just large enough to cover the recipe's height and width, rounded to whole pixels.
 * Either way the picture covers the cut, so nothing is ever padded.
 *
 * @param image the picture's size, which has been checked
 * @throws {PictureError} for an input size that is none
 */
export function planCrop({
	image,
	inputSize: [height, width],
	recipe
}: {
	readonly image: Size;
	readonly inputSize: InputSize;
	readonly recipe: Recipe;
}): CropPlan {
	if (!isSide(height) || !isSide(width)) {
		throw new PictureError(
			'bad-target',
			`A network's input of ${height} x ${width} is none; sides are whole numbers from 1.`
		);
	}
	const cover = { width: resizedSide(recipe, width), height: resizedSide(recipe, height) };
	const size =
		cover.width === cover.height
			? withShorterSide(image, cover.width)
			: withProportions(image, cover);
	const window = {
		left: roundHalfToEven((size.width - width) / 2),
		top: roundHalfToEven((size.height - height) / 2),
		width,
		height
	};
	return { size, window };
}

/** The side to resize to, for a side to cut. Both formulas are in float64 and truncated at their source too. */
function resizedSide(recipe: Recipe, side: number): number {
	switch (recipe) {
		case 'official':
			return Math.trunc((256 / 224) * side);
		case 'timm-0.95':
			return Math.floor(side / 0.95);
	}
}

function withShorterSide({ width, height }: Size, shorter: number): Size {
	return width <= height
		? { width: shorter, height: Math.trunc((shorter * height) / width) }
		: { width: Math.trunc((shorter * width) / height), height: shorter };
}

function withProportions({ width, height }: Size, cover: Size): Size {
	const ratio = Math.min(height / cover.height, width / cover.width);
	return { width: roundHalfToEven(width / ratio), height: roundHalfToEven(height / ratio) };
}

/** Python's `round`. */
function roundHalfToEven(value: number): number {
	const floor = Math.floor(value);
	const isHalf = value - floor === 0.5;
	return isHalf ? floor + Math.abs(floor % 2) : Math.round(value);
}
