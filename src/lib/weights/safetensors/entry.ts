import { volume, type Shape } from '../../arch/shapes';
import { dtypeBytes, isDtype, type Dtype } from './dtype';
import { SafetensorsError } from './errors';
import { excerpt, sketch } from './excerpt';
import type { EntryField } from './problem';

/** One tensor of a file. */
export interface TensorInfo {
	readonly name: string;
	readonly dtype: Dtype;
	readonly shape: Shape;
	/** First byte, within the data section. */
	readonly begin: number;
	/** One past its last byte. */
	readonly end: number;
}

/** More dimensions than PyTorch or NumPy can make; an error can list them all. */
const MAX_DIMENSIONS = 64;

/**
 * Checks one entry of a header by itself; how entries lie to each other is `checkLayout`'s.
 * @throws {SafetensorsError}
 */
export function parseEntry(name: string, entry: unknown): TensorInfo {
	const tensor = excerpt(name);
	if (!isJsonObject(entry)) {
		throw new SafetensorsError({ code: 'entry-not-object', tensor, found: sketch(entry) });
	}
	const named = { tensor, entry };
	const dtype = parseDtype(named);
	const shape = parseIntegers(named, 'shape');
	const offsets = parseIntegers(named, 'data_offsets');
	const [begin, end] = offsets;
	if (begin === undefined || end === undefined || offsets.length > 2) {
		throw wrongType(named, 'data_offsets');
	}
	if (end < begin) throw new SafetensorsError({ code: 'offsets-order', tensor, begin, end });
	// A product that has left the safe integers does not come back, except by a 0, which is right.
	const expected = volume(shape) * dtypeBytes(dtype);
	if (!Number.isSafeInteger(expected)) {
		throw new SafetensorsError({ code: 'shape-overflow', tensor, shape });
	}
	const found = end - begin;
	if (found !== expected) {
		throw new SafetensorsError({ code: 'byte-count', tensor, dtype, shape, expected, found });
	}
	return { name, dtype, shape, begin, end };
}

type JsonObject = Readonly<Record<string, unknown>>;

/** An object of JSON, neither a list nor null. Its keys are its own: ask with `Object.hasOwn`. */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface NamedEntry {
	/** The tensor's name, as errors show it. */
	readonly tensor: string;
	readonly entry: JsonObject;
}

function parseDtype(named: NamedEntry): Dtype {
	const dtype = takeField(named, 'dtype');
	if (typeof dtype !== 'string') throw wrongType(named, 'dtype');
	if (!isDtype(dtype)) {
		const { tensor } = named;
		throw new SafetensorsError({ code: 'unknown-dtype', tensor, dtype: excerpt(dtype) });
	}
	return dtype;
}

function parseIntegers(named: NamedEntry, field: 'shape' | 'data_offsets'): readonly number[] {
	const list = takeField(named, field);
	if (!Array.isArray(list) || list.length > MAX_DIMENSIONS || !list.every(isSize)) {
		throw wrongType(named, field);
	}
	return list;
}

function isSize(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function takeField({ tensor, entry }: NamedEntry, field: EntryField): unknown {
	if (!Object.hasOwn(entry, field)) {
		throw new SafetensorsError({ code: 'field-missing', tensor, field });
	}
	return entry[field];
}

function wrongType({ tensor, entry }: NamedEntry, field: EntryField): SafetensorsError {
	return new SafetensorsError({ code: 'field-type', tensor, field, found: sketch(entry[field]) });
}
