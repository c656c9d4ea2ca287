import type { Precision } from './execution';
import type { Failure } from './failure';
import { PROTOCOL } from './protocol';
import type { OutputCheck } from './types';

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

/**
 * How far an output is from the reference's (METHODOLOGY 2.5), and whether that is too far.
 * @param reference plain WebAssembly in float32, same design and input, checked itself
 */
export function compareOutputs(
	output: Float32Array,
	reference: Float32Array,
	precision: Precision
): { readonly check: OutputCheck; readonly failure: Failure | null } {
	let [maxDifference, least, most] = [0, Infinity, -Infinity];
	reference.forEach((value, i) => {
		const difference = Math.abs((output[i] ?? NaN) - value);
		maxDifference = Math.max(maxDifference, Number.isNaN(difference) ? Infinity : difference);
		least = Math.min(least, value);
		most = Math.max(most, value);
	});
	// Of one value, or many equal ones, the size stands for the range.
	const range = most > least ? most - least : Math.abs(most);
	const relative = maxDifference === 0 ? 0 : maxDifference / range;
	const tolerance = PROTOCOL.outputCheck[precision];
	const isRight = output.length === reference.length && relative <= tolerance;
	const detail = `differs from WebAssembly in float32 by ${maxDifference}, ${relative} of its range`;
	return {
		check: { maxDifference, relative, tolerance },
		failure: isRight ? null : { reason: 'wrong-output', detail }
	};
}

/** FNV-1a of the float32 bytes, eight hex digits: tells two outputs apart, and no more than that. */
export function checksum(output: Float32Array): string {
	let hash = 0x811c9dc5;
	for (const byte of new Uint8Array(output.buffer, output.byteOffset, output.byteLength)) {
		hash = Math.imul(hash ^ byte, 0x01000193);
	}
	return (hash >>> 0).toString(16).padStart(8, '0');
}
