import { describe, expect, it } from 'vitest';
import type { ForeignFormat } from '$lib/weights/safetensors/foreign';
import { SafetensorsError } from '$lib/weights/safetensors/errors';
import type { SafetensorsProblem } from '$lib/weights/safetensors/problem';
import { readSafetensors } from '$lib/weights/safetensors/read';
import { writeSafetensors } from '../../../scripts/lib/safetensors-writer';
import { BufferSource, fileOf, problemOf, rawFile, readBytes } from './safetensors-files';

type Code = SafetensorsProblem['code'];

interface Case {
	readonly attempt: () => Promise<unknown>;
	readonly problem: Omit<SafetensorsProblem, 'code'> & Readonly<Record<string, unknown>>;
}

const file = (bytes: Uint8Array, problem: Case['problem'] = {}): Case => ({
	attempt: () => readBytes(bytes),
	problem
});
const header = (value: unknown, dataBytes: number, problem: Case['problem'] = {}): Case =>
	file(rawFile(value, dataBytes), problem);
const entry = (value: unknown, problem: Case['problem'] = {}): Case =>
	header({ w: value }, 8, { tensor: 'w', ...problem });

const U8 = (begin: number, end: number) => ({
	dtype: 'U8',
	shape: [end - begin],
	data_offsets: [begin, end]
});

const length = (value: bigint, fileBytes = 8): Uint8Array => {
	const bytes = new Uint8Array(fileBytes);
	new DataView(bytes.buffer).setBigUint64(0, value, true);
	return bytes;
};

const fill = async (name: string, target: Float32Array) =>
	(
		await readBytes(
			writeSafetensors([
				{ name: 'w', shape: [2], dtype: 'F32', data: Float32Array.of(1, 2) },
				{ name: 'count', shape: [], dtype: 'I64', data: new Uint8Array(8) }
			])
		)
	).fill(name, target);

const MIB_16 = 16 * 2 ** 20;

/** One for each code: TypeScript refuses this table when one is missing. */
const CASES: Record<Code, Case> = {
	'empty-file': file(new Uint8Array()),
	'too-short': file(Uint8Array.of(1, 2, 3), { fileBytes: 3 }),
	'foreign-format': file(Uint8Array.of(0x1f, 0x8b), { format: 'gzip' }),
	'header-empty': file(length(0n)),
	'header-too-long': file(length(2n ** 24n + 1n), {
		headerBytes: MIB_16 + 1,
		limitBytes: MIB_16
	}),
	'header-beyond-file': file(length(12n, 19), { headerBytes: 12, fileBytes: 19 }),
	'header-not-utf8': file(fileOf(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d))),
	'header-not-json': header('{"w": }', 0),
	'header-not-object': header('[1]', 0),
	'too-many-tensors': header(
		Object.fromEntries(Array.from({ length: 100_001 }, (_, index) => [index, 0])),
		0,
		{ count: 100_001, limit: 100_000 }
	),
	'duplicate-name': header(
		`{"w":${JSON.stringify(U8(0, 8))},"x":{},"\\u0077":${JSON.stringify(U8(0, 8))}}`,
		8,
		{ tensor: 'w' }
	),
	'metadata-not-texts': header({ __metadata__: { epochs: 300 } }, 0, { found: '300 as "epochs"' }),
	'entry-not-object': entry([1, [2], { a: 3 }, 'four', null], {
		found: '[1, […], {…}, "four", null]'
	}),
	'field-missing': entry({ dtype: 'U8', shape: [8] }, { field: 'data_offsets' }),
	'field-type': entry({ ...U8(0, 8), shape: [8, -1] }, { field: 'shape', found: '[8, -1]' }),
	'unknown-dtype': entry({ ...U8(0, 8), dtype: 'F4' }, { dtype: 'F4' }),
	'shape-overflow': entry(
		{ dtype: 'U8', shape: [2 ** 30, 2 ** 30], data_offsets: [0, 8] },
		{ shape: [2 ** 30, 2 ** 30] }
	),
	'offsets-order': entry({ ...U8(0, 8), data_offsets: [8, 0] }, { begin: 8, end: 0 }),
	'byte-count': entry(
		{ dtype: 'F32', shape: [3, 1], data_offsets: [0, 8] },
		{ dtype: 'F32', shape: [3, 1], expected: 12, found: 8 }
	),
	'offsets-outside': header({ a: U8(0, 4), w: U8(8, 12) }, 8, {
		tensor: 'w',
		begin: 8,
		end: 12,
		dataBytes: 8
	}),
	overlap: header({ second: U8(3, 8), first: U8(0, 4) }, 8, {
		first: 'first',
		second: 'second',
		expected: 4,
		found: 3
	}),
	hole: header({ a: U8(0, 3), b: U8(5, 8) }, 8, { before: 'a', after: 'b', holeBytes: 2 }),
	truncated: header({ a: U8(0, 4), b: U8(4, 12) }, 9, {
		missingBytes: 3,
		fileBytes: rawFile({ a: U8(0, 4), b: U8(4, 12) }, 9).length
	}),
	'trailing-bytes': header({ a: U8(0, 4) }, 5, { extraBytes: 1 }),
	'out-of-memory': {
		attempt: () => {
			// A file of four million gigabytes, which no machine can hold; only its header is asked for.
			const start = rawFile({ w: U8(0, 2 ** 52) });
			const source = new BufferSource(new Uint8Array([...start, ...new Uint8Array(1024)]));
			return readSafetensors({
				source: {
					size: start.length + 2 ** 52,
					read: (begin, end) => source.read(begin, end)
				}
			});
		},
		problem: { bytes: 2 ** 52 }
	},
	'changed-while-reading': {
		attempt: () => {
			const source = new BufferSource(rawFile({ w: U8(0, 2000) }, 2000));
			return readSafetensors({
				source: {
					size: source.size,
					read: async (start, end) => (await source.read(start, end)).subarray(0, 1500)
				}
			});
		},
		problem: {
			position: 8 + JSON.stringify({ w: U8(0, 2000) }).length,
			expected: 2000,
			found: 1500
		}
	},
	'read-failed': {
		attempt: () =>
			readSafetensors({
				source: { size: 100, read: () => Promise.reject(new Error('The disk is gone.')) }
			}),
		problem: { detail: 'The disk is gone.' }
	},
	'no-such-tensor': { attempt: () => fill('v', new Float32Array(2)), problem: { tensor: 'v' } },
	'not-weights': {
		attempt: () => fill('count', new Float32Array(1)),
		problem: { tensor: 'count', dtype: 'I64' }
	},
	'target-length': {
		attempt: () => fill('w', new Float32Array(3)),
		problem: { tensor: 'w', expected: 3, found: 2 }
	}
};

describe('what can be wrong with a file', () => {
	it.each(Object.entries(CASES))('is told: %s', async (code, { attempt, problem }) => {
		const error: unknown = await attempt().catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(SafetensorsError);
		const { problem: found, message } = error as SafetensorsError;
		expect(found).toEqual({ code, ...problem });
		// What is wrong, and what to do: two sentences at least.
		expect(message).toMatch(/^\S.+[.:] [A-Z"].+\.$/);
		expect(message).not.toMatch(/undefined|NaN|\[object/);
	});

	it.each([
		['a scalar', 7],
		['null', null],
		['a text', 'F32'],
		['a list', []]
	])('refuses %s for an entry', async (_, value) => {
		expect(await problemOf(readBytes(rawFile({ w: value }, 8)))).toMatchObject({
			code: 'entry-not-object',
			tensor: 'w'
		});
	});

	it.each([
		['dtype', 7],
		['dtype', ['U8']],
		['shape', 8],
		['shape', '8'],
		['shape', [8.5]],
		['shape', ['8']],
		['shape', [null]],
		['shape', { length: 1, 0: 8 }],
		['shape', [2 ** 53]],
		['shape', Array.from({ length: 65 }, () => 1)],
		['data_offsets', [0]],
		['data_offsets', []],
		['data_offsets', [0, 8, 8]],
		['data_offsets', [-8, 0]],
		['data_offsets', [0, '8']]
	])('refuses a %s of %j', async (field, value) => {
		const problem = await problemOf(readBytes(rawFile({ w: { ...U8(0, 8), [field]: value } }, 8)));
		expect(problem).toMatchObject({ code: 'field-type', tensor: 'w', field });
	});

	it.each(['f32', 'constructor', '__proto__', '', 'F6_E2M3'])('knows no type %j', async (dtype) => {
		const problem = await problemOf(readBytes(rawFile({ w: { ...U8(0, 8), dtype } }, 8)));
		expect(problem).toEqual({ code: 'unknown-dtype', tensor: 'w', dtype });
	});

	it.each([
		[1, ['BOOL', 'U8', 'I8', 'F8_E5M2', 'F8_E4M3', 'F8_E8M0', 'F8_E4M3FNUZ', 'F8_E5M2FNUZ']],
		[2, ['U16', 'I16', 'F16', 'BF16']],
		[4, ['U32', 'I32', 'F32']],
		[8, ['U64', 'I64', 'F64', 'C64']]
	])('knows the types of %i bytes', async (size, dtypes) => {
		for (const dtype of dtypes) {
			const entry = (end: number) => ({ w: { dtype, shape: [3], data_offsets: [0, end] } });
			const right = await readBytes(rawFile(entry(3 * size), 3 * size));
			expect(right.tensors.get('w')).toMatchObject({ dtype, begin: 0, end: 3 * size });
			const wrong = problemOf(readBytes(rawFile(entry(3 * size + 1), 3 * size + 1)));
			expect(await wrong).toMatchObject({ code: 'byte-count', expected: 3 * size });
		}
	});

	it('takes no field from a prototype', async () => {
		const inherited = `{"w":{"__proto__":${JSON.stringify(U8(0, 8))}}}`;
		expect(await problemOf(readBytes(rawFile(inherited, 8)))).toEqual({
			code: 'field-missing',
			tensor: 'w',
			field: 'dtype'
		});
	});

	it.each(['null', '"a"', '[]', '{"a":null}', '{"a":{"b":"c"}}'])(
		'refuses %s for metadata',
		async (metadata) => {
			const problem = await problemOf(readBytes(rawFile(`{"__metadata__":${metadata}}`)));
			expect(problem.code).toBe('metadata-not-texts');
		}
	);

	it('finds a name twice, whatever its value, and only outermost names', async () => {
		const twice = `{"a":{"a":"b","c":["a",{"a":1}]} , "b":"\\"a\\":" ,"a" :1}`;
		expect(await problemOf(readBytes(rawFile(twice)))).toEqual({
			code: 'duplicate-name',
			tensor: 'a'
		});
		const once = twice.replace('"a" :1', '"d" :1');
		expect((await problemOf(readBytes(rawFile(once)))).code).toBe('field-missing');
		const proto = `{"__proto__":${JSON.stringify(U8(0, 0))},"__proto__":1}`;
		expect(await problemOf(readBytes(rawFile(proto)))).toEqual({
			code: 'duplicate-name',
			tensor: '__proto__'
		});
	});

	it('tells a first hole, a tensor within another, and an empty one out of place', async () => {
		const problem = async (tensors: object) => problemOf(readBytes(rawFile(tensors, 8)));
		expect(await problem({ a: U8(2, 8) })).toEqual({
			code: 'hole',
			before: undefined,
			after: 'a',
			holeBytes: 2
		});
		expect(await problem({ a: U8(0, 8), b: U8(2, 4) })).toMatchObject({ code: 'overlap' });
		expect(await problem({ a: U8(0, 8), b: U8(0, 8) })).toMatchObject({ code: 'overlap' });
		expect(await problem({ a: U8(0, 8), b: U8(5, 5) })).toMatchObject({ code: 'overlap' });
		expect(await problem({ a: U8(0, 8), b: U8(9, 9) })).toMatchObject({ code: 'offsets-outside' });
	});

	it('takes lengths of a header beyond 2^53 for what they are', async () => {
		for (const value of [2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n]) {
			expect(await problemOf(readBytes(length(value, 64)))).toMatchObject({
				code: 'header-too-long',
				headerBytes: Number(value)
			});
		}
	});

	it('refuses white space before the brace and takes it behind', async () => {
		expect((await problemOf(readBytes(rawFile(' {}')))).code).toBe('header-not-object');
		expect((await problemOf(readBytes(rawFile('\uFEFF{}')))).code).toBe('header-not-json');
		expect((await readBytes(rawFile('{}   '))).tensors.size).toBe(0);
	});

	it('cuts names that cannot be shown, and spells out control characters', async () => {
		const long = 'w'.repeat(1_000_000);
		const problem = await problemOf(readBytes(rawFile({ [long]: 1 })));
		expect(problem).toMatchObject({ tensor: `${'w'.repeat(120)}…` });
		const clear = readBytes(rawFile({ '\u001b[2J': 1 }));
		await expect(clear).rejects.toThrow('"\\u001b[2J"');
	});

	it('survives nesting without end', async () => {
		const depth = 200_000;
		const nested = `{"w":{"dtype":"U8","data_offsets":[0,0],"shape":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
		const problem = await problemOf(readBytes(rawFile(nested)));
		// An engine may give up on it: that is as good an answer.
		expect(['field-type', 'header-not-json']).toContain(problem.code);
	});
});

const text = (value: string) => new TextEncoder().encode(value);
const bytes = (...values: (number | string)[]) =>
	new Uint8Array(
		values.flatMap((value) => (typeof value === 'string' ? [...text(value)] : [value]))
	);

const FOREIGN: Record<ForeignFormat, readonly Uint8Array[]> = {
	'pytorch-zip': [
		bytes('PK', 3, 4, 0, 0, 8, 8, ...new Array<number>(22).fill(0), 'repvit_m0_9/data.pklFB')
	],
	zip: [
		bytes('PK', 3, 4, 20, 0, 0, 0, ...new Array<number>(22).fill(0), 'weights.safetensors'),
		// Whose first eight bytes are a length of 64 MiB.
		bytes('PK', 3, 4, 0, 0, 0, 0)
	],
	pickle: [
		bytes(0x80, 2, 0x8a, 0x0a, 'l', 0xfc, 0x9c, 'F', 0xf9, ' j', 0xa8, 'P', 0x19, '.'),
		bytes(0x80, 4, 0x95, ...new Array<number>(20).fill(0))
	],
	hdf5: [bytes(0x89, 'HDF\r\n', 0x1a, '\n', 0, 0, 0)],
	gguf: [bytes('GGUF', 3, 0, 0, 0, 10, 0, 0)],
	onnx: [bytes(8, 8, 0x12, 7, 'pytorch', 0x1a, 5), bytes(8, 10, 0x3a, 0x80, 2)],
	numpy: [bytes(0x93, 'NUMPY', 1, 0, 'v', 0)],
	gzip: [bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3)],
	picture: [
		bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR'),
		bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 'JFIF'),
		bytes('GIF89a', 1, 0, 1, 0),
		bytes('RIFF', 36, 0, 0, 0, 'WEBPVP8 ')
	],
	html: [text('<!DOCTYPE html>\n<title>Sign in</title>'), text('\n  <html lang="en">')],
	'git-lfs': [text('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 20\n')],
	text: [
		text('Entry not found'),
		text('{"error": "Repository not found"}'),
		text(`${'ü'.repeat(511)}aü`)
	]
};

describe('a file of another format', () => {
	it.each(Object.entries(FOREIGN))('is named: %s', async (format, files) => {
		for (const content of files) {
			expect(await problemOf(readBytes(content))).toEqual({ code: 'foreign-format', format });
		}
		await expect(readBytes(files[0]!)).rejects.toThrow(/^This .+\. [A-Z].+\.$/);
	});

	it('is not what happens to have a length that is another format’s beginning', async () => {
		// 80 02: a header of 640 bytes, or a pickle of protocol 2.
		const header = JSON.stringify({ w: U8(0, 4) }).padEnd(0x280);
		const content = rawFile(header, 4);
		expect([...content.subarray(0, 2)]).toEqual([0x80, 2]);
		expect((await readBytes(content)).tensors.get('w')).toMatchObject({ begin: 0, end: 4 });
		// 1f 8b 00: a header of 35615 bytes, or gzip.
		const cut = rawFile('{'.padEnd(0x8b1f)).subarray(0, 100);
		expect((await problemOf(readBytes(cut))).code).toBe('header-beyond-file');
	});
});
