import type { Failure } from './failure';

/**
 * Whether an output may be believed (METHODOLOGY 2.4): the right length, every value finite, not all
 * zero. A wrong answer is never a fast answer.
 */
export function checkOutput(output: Float32Array, expectedLength: number): Failure | null {
	const wrong = (detail: string): Failure => ({ reason: 'wrong-output', detail });
	if (output.length !== expectedLength) {
		return wrong(`${output.length} values where ${expectedLength} were expected`);
	}
	const odd = output.findIndex((value) => !Number.isFinite(value));
	if (odd >= 0) return wrong(`value ${odd} is ${output[odd]}`);
	if (output.every((value) => value === 0)) return wrong('all values are zero');
	return null;
}

/** FNV-1a of the float32 bytes, eight hex digits: tells two outputs apart, and no more than that. */
export function checksum(output: Float32Array): string {
	let hash = 0x811c9dc5;
	for (const byte of new Uint8Array(output.buffer, output.byteOffset, output.byteLength)) {
		hash = Math.imul(hash ^ byte, 0x01000193);
	}
	return (hash >>> 0).toString(16).padStart(8, '0');
}
