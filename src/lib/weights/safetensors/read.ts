import { SafetensorsError } from './errors';
import { RECOGNITION_BYTES } from './foreign';
import { LENGTH_BYTES, parseHeader, parseHeaderLength } from './header';
import { Safetensors } from './safetensors';
import type { ByteSource } from './source';

/** Large enough that slices cost nothing, small enough to cancel and to show progress between them. */
const SLICE_BYTES = 2 ** 20;

/** How much of a file has been read. */
export interface ReadProgress {
	readonly readBytes: number;
	readonly totalBytes: number;
}

export interface ReadOptions {
	readonly source: ByteSource;
	/** Heeded between slices; reading then ends in the signal's reason. */
	readonly signal?: AbortSignal;
	/** Called after every slice; the last time, all has been read. */
	readonly onProgress?: (progress: ReadProgress) => void;
	/** The most bytes asked of the source at a time. */
	readonly sliceBytes?: number;
}

/**
 * Reads a safetensors file. The header is read and checked against the file's size first, so a file
 * that is none costs no memory; then the tensors, slice by slice into one buffer.
 * @throws {SafetensorsError} where the file cannot be used
 */
export async function readSafetensors({
	source,
	signal,
	onProgress,
	sliceBytes = SLICE_BYTES
}: ReadOptions): Promise<Safetensors> {
	const byteLength = source.size;
	const reader = { source, signal, sliceBytes: Math.max(1, Math.floor(sliceBytes)) };
	const report = (readBytes: number) => onProgress?.({ readBytes, totalBytes: byteLength });

	signal?.throwIfAborted();
	const start = await readRange(reader, { start: 0, end: Math.min(byteLength, RECOGNITION_BYTES) });
	const dataStart = LENGTH_BYTES + parseHeaderLength(start, byteLength);
	const headerText = await readRange(reader, { start: LENGTH_BYTES, end: dataStart, report });
	const header = parseHeader(headerText, byteLength);
	const data = await readRange(reader, { start: dataStart, end: byteLength, report });
	return new Safetensors({ header, data, byteLength });
}

interface Reader {
	readonly source: ByteSource;
	readonly signal: AbortSignal | undefined;
	readonly sliceBytes: number;
}

interface Range {
	readonly start: number;
	readonly end: number;
}

/** @param report told where in the file reading has come to */
async function readRange(
	reader: Reader,
	{ start, end, report }: Range & { readonly report?: (position: number) => void }
): Promise<Uint8Array> {
	const buffer = allocate(end - start);
	let position = start;
	while (position < end) {
		const sliceEnd = Math.min(position + reader.sliceBytes, end);
		const slice = await readSlice(reader, { start: position, end: sliceEnd });
		buffer.set(slice, position - start);
		position += slice.length;
		report?.(position);
	}
	return buffer;
}

async function readSlice({ source, signal }: Reader, { start, end }: Range): Promise<Uint8Array> {
	let slice: Uint8Array;
	try {
		slice = await source.read(start, end);
	} catch (cause) {
		signal?.throwIfAborted();
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new SafetensorsError({ code: 'read-failed', detail }, { cause });
	}
	signal?.throwIfAborted();
	if (slice.length !== end - start) {
		throw new SafetensorsError({
			code: 'changed-while-reading',
			position: start,
			expected: end - start,
			found: slice.length
		});
	}
	return slice;
}

function allocate(bytes: number): Uint8Array {
	try {
		return new Uint8Array(bytes);
	} catch (cause) {
		throw new SafetensorsError({ code: 'out-of-memory', bytes }, { cause });
	}
}
