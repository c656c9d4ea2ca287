import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { readSafetensors, type ReadProgress } from '$lib/weights/safetensors/read';
import { blobSource } from '$lib/weights/safetensors/source';
import { writeSafetensors } from '../../../scripts/lib/safetensors-writer';
import { BufferSource, problemOf, rawFile, readBytes } from './safetensors-files';

const REFERENCE = new URL('../../reference/', import.meta.url);

const FIXTURES = ['official-tiny', 'timm-tiny', 'timm-tiny-2head'].flatMap((folder) =>
	readdirSync(new URL(folder, REFERENCE))
		.filter((file) => file.endsWith('.safetensors'))
		.map((file) => `${folder}/${file}`)
);

interface PlainEntry {
	readonly dtype: string;
	readonly shape: readonly number[];
	readonly data_offsets: readonly [number, number];
}

/** A reader of trusted files in a few lines, which shares nothing with the one under test. */
function plainTensors(file: Buffer) {
	const dataStart = 8 + Number(file.readBigUInt64LE(0));
	const header = JSON.parse(file.toString('utf8', 8, dataStart)) as Record<string, PlainEntry>;
	delete header.__metadata__;
	return Object.entries(header).map(
		([
			name,
			{
				dtype,
				shape,
				data_offsets: [begin, end]
			}
		]) => {
			const data = file.subarray(dataStart + begin, dataStart + end);
			const values = Array.from({ length: Math.floor(data.length / 4) }, (_, i) =>
				dtype === 'F32' ? data.readFloatLE(4 * i) : 0
			);
			return { name, dtype, shape, begin, end, values };
		}
	);
}

describe.each(FIXTURES)('a checkpoint that safetensors for Python wrote: %s', (path) => {
	const file = readFileSync(new URL(path, REFERENCE));

	it('is read value by value', async () => {
		const read = await readSafetensors({ source: blobSource(new Blob([file])) });
		const plain = plainTensors(file);
		expect(read.tensors.size).toBe(plain.length);
		expect(read.byteLength).toBe(file.length);
		expect([...read.metadata]).toEqual([['format', 'pt']]);
		for (const { name, dtype, shape, begin, end, values } of plain) {
			expect(read.tensors.get(name)).toEqual({ name, dtype, shape, begin, end });
			if (dtype !== 'F32') continue;
			const target = new Float32Array(values.length);
			read.fill(name, target);
			expect([...target]).toEqual(values);
		}
	});

	it('has as many parameters as the network it is of', async () => {
		const { tensors } = await readBytes(file);
		const expected = JSON.parse(
			readFileSync(new URL(path.replace(/[^/]+$/, 'expected.json'), REFERENCE), 'utf8')
		) as { readonly params: number; readonly deploy_params?: number };
		let parameters = 0;
		for (const { name, shape } of tensors.values()) {
			if (/running_|num_batches/.test(name)) continue;
			parameters += shape.reduce((product, size) => product * size, 1);
		}
		const isDeployed = path.endsWith('deploy.safetensors');
		expect(parameters).toBe(isDeployed ? expected.deploy_params : expected.params);
	});
});

describe('readSafetensors', () => {
	const values = Float32Array.from({ length: 5000 }, (_, index) => index);
	const file = writeSafetensors([
		{ name: 'a', shape: [50, 40], dtype: 'F32', data: values.subarray(0, 2000) },
		{ name: 'b', shape: [3000], dtype: 'F32', data: values.subarray(2000) }
	]);
	const dataStart = file.length - values.byteLength;

	it('asks for a slice at a time, and for every byte of data once', async () => {
		const source = new BufferSource(file);
		const read = await readSafetensors({ source, sliceBytes: 999 });
		expect(Math.max(...source.reads.map(({ start, end }) => end - start))).toBe(999);
		const data = source.reads.slice(source.reads.findIndex(({ start }) => start === dataStart));
		expect(data.at(-1)!.end).toBe(file.length);
		expect(data.slice(1).map(({ start }) => start)).toEqual(
			data.slice(0, -1).map(({ end }) => end)
		);
		const target = new Float32Array(3000);
		read.fill('b', target);
		expect(target).toEqual(values.subarray(2000));
	});

	it('allocates the data once', async () => {
		const allocated: number[] = [];
		const Original = Uint8Array;
		vi.stubGlobal(
			'Uint8Array',
			new Proxy(Original, {
				construct: (target, args: [number]) => {
					if (typeof args[0] === 'number') allocated.push(args[0]);
					return new target(...args);
				}
			})
		);
		try {
			await readSafetensors({ source: new BufferSource(file), sliceBytes: 999 });
		} finally {
			vi.unstubAllGlobals();
		}
		expect(allocated.filter((bytes) => bytes > 1024)).toEqual([values.byteLength]);
	});

	it('reads no data before the header is known to be right', async () => {
		const source = new BufferSource(rawFile({ w: { dtype: 'F32', shape: [2] } }, 1_000_000));
		expect((await problemOf(readSafetensors({ source }))).code).toBe('field-missing');
		expect(Math.max(...source.reads.map(({ end }) => end))).toBeLessThanOrEqual(1024);
	});

	it('tells how far it is, up to the end', async () => {
		const told: ReadProgress[] = [];
		await readSafetensors({
			source: new BufferSource(file),
			sliceBytes: 999,
			onProgress: (progress) => told.push(progress)
		});
		const read = told.map(({ readBytes }) => readBytes);
		expect(read.length).toBeGreaterThan(values.byteLength / 999);
		expect(read.slice(1).every((bytes, index) => bytes > read[index]!)).toBe(true);
		expect(read.at(-1)).toBe(file.length);
		expect(told.every(({ totalBytes }) => totalBytes === file.length)).toBe(true);
	});

	it('ends its progress with a file that has no data, too', async () => {
		const onProgress = vi.fn();
		await readSafetensors({ source: new BufferSource(rawFile({})), onProgress });
		expect(onProgress).toHaveBeenLastCalledWith({ readBytes: 10, totalBytes: 10 });
	});

	it.each([
		['the reason given', new Error('Another file was picked.')],
		['an AbortError', undefined]
	])('stops between slices, with %s', async (_, reason) => {
		const source = new BufferSource(file);
		const abort = new AbortController();
		const reading = readSafetensors({
			source,
			sliceBytes: 999,
			signal: abort.signal,
			onProgress: ({ readBytes }) => {
				if (readBytes > 5000) abort.abort(reason);
			}
		});
		const error: unknown = await reading.catch((caught: unknown) => caught);
		expect(error).toBe(abort.signal.reason);
		expect(error).toMatchObject({ name: reason ? 'Error' : 'AbortError' });
		expect(Math.max(...source.reads.map(({ end }) => end))).toBeLessThan(5000 + 3 * 999);
	});

	it('asks for nothing when it is cancelled before it starts', async () => {
		const source = new BufferSource(file);
		const reading = readSafetensors({ source, signal: AbortSignal.abort() });
		await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
		expect(source.reads).toEqual([]);
	});

	it('takes a failure after a cancellation for the cancellation', async () => {
		const abort = new AbortController();
		const reading = readSafetensors({
			source: {
				size: 100,
				read: () => {
					abort.abort();
					return Promise.reject(new Error('The source was closed.'));
				}
			},
			signal: abort.signal
		});
		await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
	});

	it('notices a file that grew, or lost its end', async () => {
		const blob = new Blob([file]);
		const source = blobSource(blob);
		const grown = { ...source, size: blob.size + 4 };
		expect((await problemOf(readSafetensors({ source: grown }))).code).toBe('trailing-bytes');
		const cut = { ...source, read: blobSource(blob.slice(0, -4)).read };
		expect(await problemOf(readSafetensors({ source: cut, sliceBytes: 1024 }))).toMatchObject({
			code: 'changed-while-reading'
		});
		const generous = {
			...source,
			read: async (start: number, end: number) => source.read(start, end + 1)
		};
		expect(await problemOf(readSafetensors({ source: generous }))).toMatchObject({
			code: 'changed-while-reading',
			expected: 1024,
			found: 1025
		});
	});

	it('keeps the order of the data, not that of the header', async () => {
		const empty = (at: number) => ({ dtype: 'U8', shape: [0], data_offsets: [at, at] });
		const tensors = {
			last: { dtype: 'U8', shape: [4], data_offsets: [4, 8] },
			between: empty(4),
			first: { dtype: 'U8', shape: [4], data_offsets: [0, 4] }
		};
		const read = await readBytes(rawFile(tensors, 8));
		expect([...read.tensors.keys()]).toEqual(['first', 'between', 'last']);
	});
});
