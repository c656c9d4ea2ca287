import { volume } from '../../arch/shapes';
import { isWeightDtype } from './dtype';
import type { TensorInfo } from './entry';
import { SafetensorsError } from './errors';
import { excerpt } from './excerpt';
import type { SafetensorsHeader } from './header';
import { writeFloat32 } from './values';

/** A file that has been read and checked: its tensors stay in one buffer, in the file's types. */
export class Safetensors {
	/** By name, in the order of their data. */
	readonly tensors: ReadonlyMap<string, TensorInfo>;
	readonly metadata: ReadonlyMap<string, string>;
	/** Of the whole file. */
	readonly byteLength: number;
	readonly #data: Uint8Array;

	/** @param data the file's data section, which `header` has been checked against */
	constructor({
		header,
		data,
		byteLength
	}: {
		readonly header: SafetensorsHeader;
		readonly data: Uint8Array;
		readonly byteLength: number;
	}) {
		this.tensors = header.tensors;
		this.metadata = header.metadata;
		this.byteLength = byteLength;
		this.#data = data;
	}

	/**
	 * Writes a tensor's values to `target` as float32, in C order.
	 * @throws {SafetensorsError} where there is no such tensor, where its type is none of weights, and
	 * where `target` is not as long as it
	 */
	fill(name: string, target: Float32Array): void {
		const tensor = this.tensors.get(name);
		const label = excerpt(name);
		if (!tensor) throw new SafetensorsError({ code: 'no-such-tensor', tensor: label });
		const { dtype, shape, begin, end } = tensor;
		if (!isWeightDtype(dtype)) {
			throw new SafetensorsError({ code: 'not-weights', tensor: label, dtype });
		}
		const found = volume(shape);
		if (found !== target.length) {
			const expected = target.length;
			throw new SafetensorsError({ code: 'target-length', tensor: label, expected, found });
		}
		writeFloat32({ dtype, bytes: this.#data.subarray(begin, end), target });
	}
}
