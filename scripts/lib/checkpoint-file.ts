import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { Checkpoint } from '../../src/lib/weights/checkpoint/types';
import { identifyCheckpoint } from '../../src/lib/weights/checkpoint/identify';
import { readSafetensors } from '../../src/lib/weights/safetensors/read';
import type { Safetensors } from '../../src/lib/weights/safetensors/safetensors';
import type { ByteSource } from '../../src/lib/weights/safetensors/source';

/** A file of weights that has been read, and the network that it is. */
export interface CheckpointFile {
	/** As it was given. */
	readonly path: string;
	readonly file: Safetensors;
	readonly checkpoint: Checkpoint;
	/** Of the whole file. */
	readonly sha256: string;
}

/**
 * Reads a file of weights, once and by slices.
 * @throws with the path and what is wrong, for a file that can't be used
 */
export async function readCheckpointFile(path: string): Promise<CheckpointFile> {
	const handle = await open(path);
	try {
		const stat = await handle.stat();
		if (!stat.isFile()) throw new Error('It is not a file. Give the path of a .safetensors file.');
		const source = new HashedFile(handle, stat.size);
		const file = await readSafetensors({ source });
		return { path, file, checkpoint: identifyCheckpoint(file.tensors), sha256: source.sha256() };
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new Error(`${path}: ${reason}`, { cause });
	} finally {
		await handle.close();
	}
}

/** A file on disk, hashed while it is read for the first time, from its first byte to its last. */
class HashedFile implements ByteSource {
	readonly #handle: FileHandle;
	readonly #hash: Hash = createHash('sha256');
	#hashedBytes = 0;

	constructor(
		handle: FileHandle,
		readonly size: number
	) {
		this.#handle = handle;
	}

	async read(start: number, end: number): Promise<Uint8Array> {
		const buffer = new Uint8Array(end - start);
		const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, start);
		const bytes = buffer.subarray(0, bytesRead);
		// The beginning is read twice: once to recognise the format, once as header.
		if (start <= this.#hashedBytes) {
			this.#hash.update(bytes.subarray(this.#hashedBytes - start));
			this.#hashedBytes = Math.max(this.#hashedBytes, start + bytesRead);
		}
		return bytes;
	}

	sha256(): string {
		if (this.#hashedBytes !== this.size) throw new Error('Only a part of the file was read.');
		return this.#hash.digest('hex');
	}
}
