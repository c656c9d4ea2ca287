/** Bytes that can be read piece by piece: a file the user chose, a buffer, a response kept in memory. */
export interface ByteSource {
	/** In bytes. */
	readonly size: number;
	/** The bytes from `start` up to, not including, `end`. */
	read(start: number, end: number): Promise<Uint8Array>;
}

/** Reads a Blob, or a File, by slices: the whole of it is never in memory twice. */
export function blobSource(blob: Blob): ByteSource {
	return {
		size: blob.size,
		read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer())
	};
}
