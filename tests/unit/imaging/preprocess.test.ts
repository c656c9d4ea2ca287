import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PictureError } from '$lib/imaging/picture';
import { preprocess } from '$lib/imaging/preprocess';
import { planCrop } from '$lib/imaging/recipe';
import { reference, referencePicture, unpackFloats } from './reference';

describe('planCrop', () => {
	it('resizes and cuts where torchvision and timm do', () => {
		const rows = reference.plans.map(([width, height, inputHeight, inputWidth, recipe]) => {
			const inputSize = [inputHeight, inputWidth] as const;
			const { size, window } = planCrop({ image: { width, height }, inputSize, recipe });
			expect(window).toMatchObject({ width: inputWidth, height: inputHeight });
			const corner = [window.left, window.top];
			return [width, height, ...inputSize, recipe, size.width, size.height, ...corner];
		});
		expect(rows).toEqual(reference.plans);
	});

	it('always has the picture cover the cut', () => {
		const side = fc.integer({ min: 1, max: 9000 });
		const inputSide = fc.integer({ min: 1, max: 400 });
		const recipes = fc.constantFrom('official', 'timm-0.95');
		const inputs = fc.oneof(
			inputSide.map((length) => [length, length] as const),
			fc.tuple(inputSide, inputSide)
		);
		fc.assert(
			fc.property(side, side, inputs, recipes, (width, height, inputSize, recipe) => {
				const { size, window } = planCrop({ image: { width, height }, inputSize, recipe });
				const margins = [window.left, size.width - window.left - window.width];
				margins.push(window.top, size.height - window.top - window.height);
				expect(Math.min(...margins)).toBeGreaterThanOrEqual(0);
			}),
			{ numRuns: 2000 }
		);
	});
});

describe('preprocess', () => {
	it.each(reference.tensors)(
		'makes the tensor of the $recipe evaluation: $picture to $inputSize',
		({ picture, inputSize, recipe, values }) => {
			const tensor = preprocess({ image: referencePicture(picture), inputSize, recipe });
			// Not near, but the same: the bytes are, and so is float32.
			expect(tensor).toEqual(unpackFloats(values));
		}
	);

	it('takes little for a picture that, resized whole, would take gigabytes', () => {
		const [width, height] = [100_000, 2];
		const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
		const tensor = preprocess({
			image: { pixels, width, height },
			inputSize: [224, 224],
			recipe: 'official'
		});
		expect(tensor).toHaveLength(3 * 224 * 224);
		expect(Math.max(...tensor.subarray(0, 224 * 224))).toBe(
			Math.min(...tensor.subarray(0, 224 * 224))
		);
	});

	it('refuses a picture without pixels and an input without a size', () => {
		const image = { pixels: new Uint8ClampedArray(16), width: 2, height: 2 };
		const recipe = 'official';
		const attempt = (picture: typeof image, inputSize: readonly [number, number]) => () =>
			preprocess({ image: picture, inputSize, recipe });
		expect(attempt({ ...image, width: 0 }, [32, 32])).toThrow(PictureError);
		expect(attempt(image, [32, 0])).toThrow(/input of 32 x 0/);
		expect(attempt(image, [32.5, 32])).toThrow(/input of 32.5 x 32/);
		expect(attempt(image, [32, 32])).not.toThrow();
	});
});
