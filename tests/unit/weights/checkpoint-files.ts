import { readFileSync } from 'node:fs';
import type { Shape } from '$lib/arch/shapes';
import type { CheckpointTensors } from '$lib/weights/checkpoint/types';

const REFERENCE = new URL('../../reference/', import.meta.url);

/** A reference network that was built, run and saved by PyTorch. */
export interface Expected {
	readonly widths: readonly number[];
	/** Blocks a stage, downsampling layers left out. */
	readonly depths: readonly number[];
	readonly distillation: boolean;
	readonly classes: number;
	readonly input_shape: Shape;
	readonly params: number;
	readonly deploy_params: number;
	readonly eval_logits: readonly number[];
	readonly deploy_logits: readonly number[];
	readonly activation_stats: Readonly<
		Record<string, { readonly shape: Shape; readonly absmax: number }>
	>;
}

export function readJson<T>(path: string): T {
	return JSON.parse(readFileSync(new URL(path, REFERENCE), 'utf8')) as T;
}

/** A safetensors file with float32 weights, read as plainly as can be. */
export interface TensorFile {
	readonly tensors: CheckpointTensors;
	readonly values: (key: string) => Float32Array;
	/** How `checkpointNetworks` asks for values. */
	readonly fill: (key: string, target: Float32Array) => void;
}

export function readTensorFile(path: string): TensorFile {
	const file = readFileSync(new URL(path, REFERENCE));
	const dataStart = 8 + Number(file.readBigUInt64LE(0));
	const header = JSON.parse(file.subarray(8, dataStart).toString('utf8')) as Record<
		string,
		{ dtype: string; shape: Shape; data_offsets: readonly [number, number] }
	>;
	delete header.__metadata__;
	const values = (key: string) => {
		const [begin, end] = header[key]!.data_offsets;
		return new Float32Array(
			Uint8Array.from(file.subarray(dataStart + begin, dataStart + end)).buffer
		);
	};
	return {
		tensors: new Map(Object.entries(header)),
		values,
		fill: (key, target) => {
			const found = values(key);
			if (found.length !== target.length) throw new Error(`${key} has ${found.length} values.`);
			target.set(found);
		}
	};
}

/** The float32 values of a NumPy file, C order. */
export function readNpy(path: string): { readonly shape: Shape; readonly data: Float32Array } {
	const file = readFileSync(new URL(path, REFERENCE));
	const start = 10 + file.readUInt16LE(8);
	const header = file.subarray(10, start).toString('latin1');
	if (!header.includes("'descr': '<f4'") || !header.includes("'fortran_order': False")) {
		throw new Error(`${path}: ${header}`);
	}
	const shape = /'shape': \(([^)]*)\)/
		.exec(header)![1]!
		.split(',')
		.filter((size) => size.trim());
	return {
		shape: shape.map(Number),
		data: new Float32Array(Uint8Array.from(file.subarray(start)).buffer)
	};
}
