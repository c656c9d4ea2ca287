import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WeightDtype } from '$lib/weights/safetensors/dtype';
import { writeFloat32 } from '$lib/weights/safetensors/values';
import { writeSafetensors } from '../../../scripts/lib/safetensors-writer';
import { rawFile, readBytes } from './safetensors-files';

const PATTERNS = Uint16Array.from({ length: 65536 }, (_, index) => index);

/** All values a 16-bit type has, by its definition: sign, exponent, fraction, with a double's room. */
function definedValues({
	exponentBits,
	fractionBits
}: {
	readonly exponentBits: number;
	readonly fractionBits: number;
}): Float64Array {
	const bias = 2 ** (exponentBits - 1) - 1;
	const fractions = 2 ** fractionBits;
	return Float64Array.from(PATTERNS, (pattern) => {
		const sign = pattern >= 32768 ? -1 : 1;
		const exponent = Math.floor((pattern % 32768) / fractions);
		const fraction = pattern % fractions;
		if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : NaN;
		const [lead, power] = exponent === 0 ? [0, 1] : [1, exponent];
		return sign * (lead + fraction / fractions) * 2 ** (power - bias);
	});
}

const DEFINED = {
	F16: definedValues({ exponentBits: 5, fractionBits: 10 }),
	BF16: definedValues({ exponentBits: 8, fractionBits: 7 })
} as const;

function convert(dtype: WeightDtype, bytes: Uint8Array, count: number): Float32Array {
	const target = new Float32Array(count);
	writeFloat32({ dtype, bytes, target });
	return target;
}

const bytesOf = (values: Float32Array | Uint16Array) =>
	new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** The data section of a file with one tensor. */
function writtenBits(dtype: 'F16' | 'BF16', data: Float32Array): Uint16Array {
	const file = writeSafetensors([{ name: 'w', shape: [data.length], dtype, data }]);
	return new Uint16Array(file.slice(file.length - 2 * data.length).buffer);
}

describe.each(['F16', 'BF16'] as const)('%s', (dtype) => {
	it('gives every one of its values: subnormals, infinities and NaN too', () => {
		const values = convert(dtype, bytesOf(PATTERNS), PATTERNS.length);
		expect(Float64Array.from(values)).toEqual(DEFINED[dtype]);
		expect(Object.is(values[0x8000], -0)).toBe(true);
	});

	it('is written as it was read, every pattern of it', () => {
		const values = convert(dtype, bytesOf(PATTERNS), PATTERNS.length);
		expect(writtenBits(dtype, values)).toEqual(PATTERNS);
	});

	it('is written as the nearest value there is, and the even one of two', () => {
		const finite = DEFINED[dtype].subarray(0, DEFINED[dtype].indexOf(Infinity));
		fc.assert(
			fc.property(fc.float({ noNaN: true }), (value) => {
				const pattern = writtenBits(dtype, Float32Array.of(value))[0]!;
				expect(pattern >= 0x8000).toBe(value < 0 || Object.is(value, -0));
				const size = Math.abs(value);
				const at = pattern & 0x7fff;
				// Infinity stands where the next value would.
				const place = (index: number) =>
					finite[index] ?? 2 * finite[index - 1]! - finite[index - 2]!;
				const off = Math.abs(size - place(at));
				if (at === finite.length) {
					expect(size).toBeGreaterThanOrEqual((place(at) + place(at - 1)) / 2);
					return;
				}
				for (const other of [at - 1, at + 1]) {
					if (other < 0) continue;
					const isNearer = Math.abs(size - place(other)) < off;
					const isTie = Math.abs(size - place(other)) === off;
					expect(isNearer || (isTie && at % 2 === 1)).toBe(false);
				}
			})
		);
	});

	it('rounds half to even at every half', () => {
		const finite = DEFINED[dtype].subarray(0, DEFINED[dtype].indexOf(Infinity));
		const halves = Float32Array.from(finite.subarray(1), (value, i) => (value + finite[i]!) / 2);
		const even = Uint16Array.from(halves, (_, i) => (i % 2 === 0 ? i : i + 1));
		expect(writtenBits(dtype, halves)).toEqual(even);
	});
});

describe('fill', () => {
	it('reads from any byte on', async () => {
		const values = Float32Array.of(1.5, -2.25, 3e-40, Infinity);
		const halves = Uint16Array.of(0x3e00, 0xc080, 0x0001, 0x7c00);
		for (let before = 0; before < 8; before++) {
			const file = writeSafetensors([
				{ name: 'before', shape: [before], dtype: 'BOOL', data: new Uint8Array(before) },
				{ name: 'F32', shape: [4], dtype: 'F32', data: values },
				{ name: 'F16', shape: [2, 2], dtype: 'F16', data: bytesOf(halves) }
			]);
			const read = await readBytes(file);
			const [f32, f16] = ['F32', 'F16'].map((name) => {
				const target = new Float32Array(4);
				read.fill(name, target);
				return [...target];
			});
			expect(read.tensors.get('F32')).toMatchObject({ begin: before, end: before + 16 });
			expect(f32).toEqual([...values]);
			expect(f16).toEqual([1.5, -2.25, 2 ** -24, Infinity]);
		}
	});

	it('fills a part of a larger array, and nothing beside it', async () => {
		const file = writeSafetensors([
			{ name: 'F32', shape: [2], dtype: 'F32', data: Float32Array.of(1, 2) },
			{ name: 'BF16', shape: [2], dtype: 'BF16', data: Float32Array.of(3, 4) }
		]);
		const read = await readBytes(file);
		const all = new Float32Array(6);
		read.fill('F32', all.subarray(1, 3));
		read.fill('BF16', all.subarray(3, 5));
		expect([...all]).toEqual([0, 1, 2, 3, 4, 0]);
	});

	it('takes scalars and empty tensors', async () => {
		const read = await readBytes(
			writeSafetensors([
				{ name: 'scalar', shape: [], dtype: 'F32', data: Float32Array.of(7) },
				{ name: 'empty', shape: [3, 0], dtype: 'F16', data: new Uint8Array() }
			])
		);
		const scalar = new Float32Array(1);
		read.fill('scalar', scalar);
		expect([...scalar]).toEqual([7]);
		expect(() => read.fill('empty', new Float32Array())).not.toThrow();
	});

	it('reads a header that is not padded', async () => {
		const header = { w: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } };
		for (let spaces = 0; spaces < 4; spaces++) {
			const file = rawFile(JSON.stringify(header) + ' '.repeat(spaces), 4);
			new DataView(file.buffer).setFloat32(file.length - 4, 0.1, true);
			const target = new Float32Array(1);
			(await readBytes(file)).fill('w', target);
			expect(target[0]).toBe(Math.fround(0.1));
		}
	});
});
