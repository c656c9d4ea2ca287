import { findDuplicateKey } from './duplicate-key';
import { isJsonObject, parseEntry, type TensorInfo } from './entry';
import { SafetensorsError } from './errors';
import { excerpt, sketch } from './excerpt';
import { recogniseFormat } from './foreign';
import { checkLayout, compareByPlace } from './layout';

/** What a file says of itself, all of it checked against the file's size. */
export interface SafetensorsHeader {
	/** By name, in the order of their data. */
	readonly tensors: ReadonlyMap<string, TensorInfo>;
	readonly metadata: ReadonlyMap<string, string>;
}

/** A file begins with its header's length, as a little-endian 64-bit integer. */
export const LENGTH_BYTES = 8;

/**
 * The longest header that is read: 160 bytes for each of MAX_TENSORS entries, which is one with a
 * long name. (The reference implementation stops at 100 MB; but a page holds the text and what is
 * parsed from it, several times as much, before it knows whether the file is any good.)
 */
const MAX_HEADER_BYTES = 16 * 2 ** 20;

/** RepViT-M0.9's checkpoint has 713, in a header of 76 kB. */
const MAX_TENSORS = 100_000;

const METADATA_KEY = '__metadata__';

/**
 * The header's length in bytes, from the file's first ones.
 * @param start RECOGNITION_BYTES of it, or all if it has fewer
 * @throws {SafetensorsError}
 */
export function parseHeaderLength(start: Uint8Array, fileBytes: number): number {
	if (start.length === 0) throw new SafetensorsError({ code: 'empty-file' });
	const headerBytes = start.length < LENGTH_BYTES ? undefined : readLength(start);
	const beginsWell =
		headerBytes !== undefined && headerBytes <= MAX_HEADER_BYTES && start[LENGTH_BYTES] === BRACE;
	const format = beginsWell ? undefined : recogniseFormat(start);
	if (format !== undefined) throw new SafetensorsError({ code: 'foreign-format', format });
	if (headerBytes === undefined) throw new SafetensorsError({ code: 'too-short', fileBytes });
	if (headerBytes === 0) throw new SafetensorsError({ code: 'header-empty' });
	if (headerBytes > MAX_HEADER_BYTES) {
		const limitBytes = MAX_HEADER_BYTES;
		throw new SafetensorsError({ code: 'header-too-long', headerBytes, limitBytes });
	}
	if (headerBytes > fileBytes - LENGTH_BYTES) {
		throw new SafetensorsError({ code: 'header-beyond-file', headerBytes, fileBytes });
	}
	return headerBytes;
}

const BRACE = '{'.charCodeAt(0);

/** Rounded above 2^53, where it is refused anyway. */
function readLength(start: Uint8Array): number {
	const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
	return Number(view.getBigUint64(0, true));
}

/**
 * Parses a header and checks everything in it, so that nothing read by it later can be amiss.
 * @param headerText the header's bytes, without the length before them
 * @throws {SafetensorsError}
 */
export function parseHeader(headerText: Uint8Array, fileBytes: number): SafetensorsHeader {
	// A map, in which a name such as "__proto__" is one like any other.
	const entries = new Map(Object.entries(parseJsonObject(headerText)));
	const metadata = parseMetadata(entries.get(METADATA_KEY));
	entries.delete(METADATA_KEY);
	const count = entries.size;
	if (count > MAX_TENSORS) {
		throw new SafetensorsError({ code: 'too-many-tensors', count, limit: MAX_TENSORS });
	}
	const tensors = [...entries].map(([name, entry]) => parseEntry(name, entry)).sort(compareByPlace);
	const dataBytes = fileBytes - LENGTH_BYTES - headerText.length;
	checkLayout(tensors, { dataBytes, fileBytes });
	return { tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])), metadata };
}

function parseJsonObject(headerText: Uint8Array): Readonly<Record<string, unknown>> {
	const text = decodeUtf8(headerText);
	const header = parseJson(text);
	if (!isJsonObject(header) || !text.startsWith('{')) {
		throw new SafetensorsError({ code: 'header-not-object' });
	}
	const duplicate = findDuplicateKey(text);
	if (duplicate !== undefined) {
		throw new SafetensorsError({ code: 'duplicate-name', tensor: excerpt(duplicate) });
	}
	return header;
}

function decodeUtf8(bytes: Uint8Array): string {
	try {
		// A byte order mark is kept, and refused as what it is: not JSON.
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch (cause) {
		throw new SafetensorsError({ code: 'header-not-utf8' }, { cause });
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new SafetensorsError({ code: 'header-not-json' }, { cause });
	}
}

function parseMetadata(value: unknown): ReadonlyMap<string, string> {
	const metadata = new Map<string, string>();
	if (value === undefined) return metadata;
	if (!isJsonObject(value)) {
		throw new SafetensorsError({ code: 'metadata-not-texts', found: sketch(value) });
	}
	for (const [key, text] of Object.entries(value)) {
		if (typeof text !== 'string') {
			const found = `${sketch(text)} as ${sketch(key)}`;
			throw new SafetensorsError({ code: 'metadata-not-texts', found });
		}
		metadata.set(key, text);
	}
	return metadata;
}
