import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { volume } from '$lib/arch/shapes';
import { dtypeBytes, isWeightDtype, type Dtype } from '$lib/weights/safetensors/dtype';
import { SafetensorsError } from '$lib/weights/safetensors/errors';
import type { SafetensorsProblem } from '$lib/weights/safetensors/problem';
import { readSafetensors } from '$lib/weights/safetensors/read';
import { Safetensors } from '$lib/weights/safetensors/safetensors';
import { writeSafetensors, type WritableTensor } from '../../../scripts/lib/safetensors-writer';
import { BufferSource, fileOf, rawFile } from './safetensors-files';

const DTYPES: readonly Dtype[] = [
	'F32',
	'F16',
	'BF16',
	'I64',
	'F64',
	'I32',
	'U16',
	'U8',
	'BOOL',
	'F8_E4M3'
];

const names = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', '0', '17', '', '\ud800', '"', '\\')
);

const tensors = fc.uniqueArray(
	fc
		.record({
			name: names.filter((name) => name !== '__metadata__'),
			dtype: fc.constantFrom(...DTYPES),
			shape: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 })
		})
		.chain(({ name, dtype, shape }) => {
			const length = volume(shape) * dtypeBytes(dtype);
			return fc
				.uint8Array({ minLength: length, maxLength: length })
				.map((data): WritableTensor => ({ name, dtype, shape, data }));
		}),
	{ selector: ({ name }) => name, maxLength: 8 }
);

const metadata = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 });

/** What it asks a source for is there, and what readSafetensors lets through, fill can take. */
const NEVER: readonly SafetensorsProblem['code'][] = [
	'read-failed',
	'changed-while-reading',
	'out-of-memory',
	'no-such-tensor',
	'not-weights',
	'target-length'
];

/** Takes all weights out of a file; fails for a source that was asked for what it does not have. */
async function readAll(
	bytes: Uint8Array,
	sliceBytes: number
): Promise<Safetensors | SafetensorsProblem['code']> {
	try {
		const read = await readSafetensors({ source: new BufferSource(bytes), sliceBytes });
		for (const { name, dtype, shape } of read.tensors.values()) {
			if (isWeightDtype(dtype)) read.fill(name, new Float32Array(volume(shape)));
		}
		return read;
	} catch (error) {
		if (!(error instanceof SafetensorsError)) throw error;
		expect(NEVER).not.toContain(error.problem.code);
		return error.problem.code;
	}
}

describe('any tensors', () => {
	it('come back as they were, and are the same file when written again', async () => {
		await fc.assert(
			fc.asyncProperty(
				tensors,
				metadata,
				fc.integer({ min: 1, max: 300 }),
				async (written, texts, sliceBytes) => {
					const file = writeSafetensors(written, texts);
					const read = await readSafetensors({ source: new BufferSource(file), sliceBytes });
					expect(new Map(read.metadata)).toEqual(new Map(Object.entries(texts)));
					expect(read.tensors.size).toBe(written.length);
					const again = written.map((tensor) => {
						const { name, shape, dtype } = tensor;
						expect(read.tensors.get(name)).toMatchObject({ name, shape, dtype });
						if (!isWeightDtype(dtype)) {
							expect(() => read.fill(name, new Float32Array(volume(shape)))).toThrow(dtype);
							return tensor;
						}
						const data = new Float32Array(volume(shape));
						read.fill(name, data);
						return { name, shape, dtype, data };
					});
					expect(writeSafetensors(again, texts)).toEqual(file);
				}
			)
		);
	});
});

describe('a file that was tampered with', () => {
	interface Edit {
		readonly kind: 'change' | 'insert' | 'remove' | 'cut';
		readonly at: number;
		readonly bytes: Uint8Array;
	}

	const edits = fc.array(
		fc.record<Edit>({
			kind: fc.constantFrom('change', 'insert', 'remove', 'cut'),
			// Anywhere, but more often in the header, and in the data's end.
			at: fc.oneof(
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.double({ min: 0, max: 0.3, noNaN: true }),
				fc.double({ min: 0.9, max: 1, noNaN: true })
			),
			bytes: fc.oneof(
				fc.uint8Array({ minLength: 1, maxLength: 4 }),
				fc
					.constantFrom('"', '{', '}', '[', ']', ',', ':', '0', '9', '-', '1e99', 'null', '\\')
					.map((token) => new TextEncoder().encode(token))
			)
		}),
		{ minLength: 1, maxLength: 3 }
	);

	function apply(file: Uint8Array, { kind, at, bytes }: Edit): Uint8Array {
		const place = Math.floor(at * file.length);
		const [before, after] = [file.subarray(0, place), file.subarray(place)];
		switch (kind) {
			case 'change':
				return Uint8Array.of(...before, ...bytes, ...after.subarray(bytes.length));
			case 'insert':
				return Uint8Array.of(...before, ...bytes, ...after);
			case 'remove':
				return Uint8Array.of(...before, ...after.subarray(bytes.length));
			case 'cut':
				return before.slice();
		}
	}

	/** Edits the header alone, and states its new length: what is wrong shows later. */
	function editHeader(file: Uint8Array, list: readonly Edit[]): Uint8Array {
		const dataStart = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
		const frame = fileOf(list.reduce(apply, file.slice(8, dataStart)), file.length - dataStart);
		frame.set(file.subarray(dataStart), frame.length - (file.length - dataStart));
		return frame;
	}

	it.each([
		['anywhere', (file: Uint8Array, list: readonly Edit[]) => list.reduce(apply, file)],
		['in its header', editHeader]
	])('%s is read or refused: nothing else, and never beyond its end', async (_, edit) => {
		const outcomes = new Set<string>();
		await fc.assert(
			fc.asyncProperty(tensors, edits, async (written, list) => {
				const file = edit(writeSafetensors(written), list);
				const read = await readAll(file, 64);
				const isRead = read instanceof Safetensors;
				expect(isRead ? read.byteLength : file.length).toBe(file.length);
				outcomes.add(isRead ? 'read' : read);
			}),
			{ numRuns: 1000 }
		);
		// It gets past the first checks, and past the last.
		expect(outcomes).toContain('read');
		expect(outcomes.size).toBeGreaterThan(6);
	});

	it('is told from a complete one wherever it was cut off', async () => {
		const file = writeSafetensors([
			{ name: 'a', shape: [5], dtype: 'F32', data: new Float32Array(5) },
			{ name: 'b', shape: [3], dtype: 'F16', data: new Float32Array(3) }
		]);
		const codes = new Set<string>();
		for (let length = 0; length < file.length; length++) {
			const reading = readSafetensors({ source: new BufferSource(file.subarray(0, length)) });
			const error: unknown = await reading.catch((reason: unknown) => reason);
			expect(error).toBeInstanceOf(SafetensorsError);
			codes.add((error as SafetensorsError).problem.code);
		}
		expect([...codes]).toEqual(['empty-file', 'too-short', 'header-beyond-file', 'truncated']);
	});
});

describe('any header', () => {
	const size = fc.oneof(
		fc.integer({ min: -1, max: 9 }),
		fc.constantFrom(0.5, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 1e300, -0)
	);
	const nearlyEntry = fc.record(
		{
			dtype: fc.oneof(fc.constantFrom(...DTYPES), fc.jsonValue()),
			shape: fc.oneof(fc.array(size, { maxLength: 5 }), fc.jsonValue()),
			data_offsets: fc.oneof(fc.tuple(size, size), fc.array(size), fc.jsonValue())
		},
		{ requiredKeys: [] }
	);
	const nearlyHeader = fc.dictionary(
		fc.oneof(names, fc.constant('__metadata__')),
		fc.oneof({ arbitrary: nearlyEntry, weight: 4 }, { arbitrary: fc.jsonValue(), weight: 1 })
	);

	it.each([
		['entries that are nearly right', nearlyHeader.map((header) => rawFile(header, 9))],
		['JSON', fc.json().map((text) => rawFile(text, 3))],
		['text', fc.string({ unit: 'binary' }).map((text) => rawFile(`{${text}`, 3))],
		['bytes', fc.uint8Array({ maxLength: 64 }).map((bytes) => fileOf(bytes, 3))],
		['no header', fc.uint8Array({ maxLength: 64 })]
	])('is read or refused: %s', async (_, files) => {
		await fc.assert(
			fc.asyncProperty(files, async (file) => {
				const read = await readAll(file, 16);
				expect(read instanceof Safetensors ? read.byteLength : file.length).toBe(file.length);
			}),
			{ numRuns: 500 }
		);
	});
});
