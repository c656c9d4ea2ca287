import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import type { Picture } from '$lib/imaging/picture';
import type { InputSize, Recipe } from '$lib/imaging/recipe';

/** Made by Pillow: see make.py beside it. */
interface Reference {
	readonly pictures: Readonly<
		Record<string, { readonly width: number; readonly height: number; readonly rgba: string }>
	>;
	readonly resized: readonly {
		readonly picture: string;
		readonly width: number;
		readonly height: number;
		readonly rgb: string;
	}[];
	readonly tensors: readonly {
		readonly picture: string;
		readonly inputSize: InputSize;
		readonly recipe: Recipe;
		readonly values: string;
	}[];
	readonly plans: readonly (readonly [
		width: number,
		height: number,
		inputHeight: number,
		inputWidth: number,
		recipe: Recipe,
		resizedWidth: number,
		resizedHeight: number,
		left: number,
		top: number
	])[];
}

export const reference = JSON.parse(
	readFileSync(new URL('../../reference/imaging/expected.json', import.meta.url), 'utf8')
) as Reference;

export function unpackBytes(packed: string): Uint8ClampedArray {
	return new Uint8ClampedArray(inflateSync(Buffer.from(packed, 'base64')));
}

/** Little-endian, as are all machines that run this. */
export function unpackFloats(packed: string): Float32Array {
	return new Float32Array(unpackBytes(packed).buffer);
}

export function referencePicture(name: string): Picture {
	const { width, height, rgba } = reference.pictures[name]!;
	return { pixels: unpackBytes(rgba), width, height };
}
