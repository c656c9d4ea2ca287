import { readSafetensors } from '$lib/weights/safetensors/read';
import { SafetensorsError } from '$lib/weights/safetensors/errors';
import type { SafetensorsProblem } from '$lib/weights/safetensors/problem';
import type { Safetensors } from '$lib/weights/safetensors/safetensors';
import type { ByteSource } from '$lib/weights/safetensors/source';

/** A source that fails, as `read-failed`, when it is asked for what it does not have. */
export class BufferSource implements ByteSource {
	readonly size: number;
	/** Every range asked for. */
	readonly reads: { readonly start: number; readonly end: number }[] = [];

	constructor(readonly bytes: Uint8Array) {
		this.size = bytes.length;
	}

	read(start: number, end: number): Promise<Uint8Array> {
		if (!(Number.isInteger(start) && 0 <= start && start < end && end <= this.size)) {
			return Promise.reject(new RangeError(`${start} to ${end} of ${this.size}`));
		}
		this.reads.push({ start, end });
		return Promise.resolve(this.bytes.slice(start, end));
	}
}

export function readBytes(bytes: Uint8Array): Promise<Safetensors> {
	return readSafetensors({ source: new BufferSource(bytes) });
}

/** A file with this header, whatever it says, and `dataBytes` bytes behind it. */
export function rawFile(header: unknown, dataBytes = 0): Uint8Array {
	const text = typeof header === 'string' ? header : JSON.stringify(header);
	return fileOf(new TextEncoder().encode(text), dataBytes);
}

/** A file whose header is these bytes. */
export function fileOf(headerText: Uint8Array, dataBytes = 0): Uint8Array {
	const file = new Uint8Array(8 + headerText.length + dataBytes);
	new DataView(file.buffer).setBigUint64(0, BigInt(headerText.length), true);
	file.set(headerText, 8);
	return file;
}

/** What a promise fails with; anything but a SafetensorsError is thrown on. */
export async function problemOf(promise: Promise<unknown>): Promise<SafetensorsProblem> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof SafetensorsError) return error.problem;
		throw error;
	}
	throw new Error('There was no error.');
}
