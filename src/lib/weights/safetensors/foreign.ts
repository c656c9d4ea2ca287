/** What people pick instead of a safetensors file, or get instead of one from a download. */
export type ForeignFormat =
	| 'pytorch-zip'
	| 'zip'
	| 'pickle'
	| 'hdf5'
	| 'gguf'
	| 'onnx'
	| 'numpy'
	| 'gzip'
	| 'picture'
	| 'html'
	| 'git-lfs'
	| 'text';

/** What `recogniseFormat` wants to see of a file: a PyTorch archive's first name, a page's doctype. */
export const RECOGNITION_BYTES = 1024;

const SIGNATURES: readonly (readonly [ForeignFormat, readonly number[]])[] = [
	['zip', [0x50, 0x4b, 0x03, 0x04]],
	['gguf', [0x47, 0x47, 0x55, 0x46]],
	['hdf5', [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]],
	['numpy', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
	['gzip', [0x1f, 0x8b]],
	['picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
	['picture', [0xff, 0xd8, 0xff]],
	['picture', [0x47, 0x49, 0x46, 0x38]],
	['picture', [0x52, 0x49, 0x46, 0x46]]
];

/**
 * Names the format of a file that is not safetensors by how it begins. Some of these beginnings are
 * lengths that a safetensors file may have too (a pickle's are those of a header of 640 bytes): ask
 * only when it cannot be one.
 */
export function recogniseFormat(start: Uint8Array): ForeignFormat | undefined {
	const text = new TextDecoder().decode(start);
	const [signed] = SIGNATURES.find(([, bytes]) => startsWith(start, bytes)) ?? [];
	// The name of an archive's first file stands near its beginning.
	if (signed === 'zip') return text.includes('/data.pkl') ? 'pytorch-zip' : 'zip';
	if (signed !== undefined) return signed;
	if (isPickle(start)) return 'pickle';
	if (isOnnx(start)) return 'onnx';
	if (/^\s*<(!doctype html|html|head|!--)/i.test(text)) return 'html';
	if (text.startsWith('version https://git-lfs')) return 'git-lfs';
	return isText(start) ? 'text' : undefined;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
	return signature.every((byte, index) => bytes[index] === byte);
}

/** The opcode PROTO and a protocol of 2 to 5. */
function isPickle([opcode = 0, protocol = 0]: Uint8Array): boolean {
	return opcode === 0x80 && protocol >= 2 && protocol <= 5;
}

/** Tags that can follow the first field of an ONNX ModelProto: wire type and field number. */
const ONNX_TAGS: ReadonlySet<number> = new Set([0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72]);

/** Protocol Buffers have no signature, but writers begin with the first field: a small IR version. */
function isOnnx([tag = 0, irVersion = 0, nextTag = 0]: Uint8Array): boolean {
	return tag === 0x08 && irVersion >= 1 && irVersion <= 0x20 && ONNX_TAGS.has(nextTag);
}

/** Fewer letters than this may be the first bytes of any file that was cut off. */
const SHORTEST_TEXT = 8;

function isText(start: Uint8Array): boolean {
	if (start.length < SHORTEST_TEXT) return false;
	try {
		// As a stream: the last character may be cut in two.
		const text = new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
		const control = /[^\P{Cc}\s]/u;
		return !control.test(text);
	} catch {
		return false;
	}
}
