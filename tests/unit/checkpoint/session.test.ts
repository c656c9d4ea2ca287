import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import * as ort from 'onnxruntime-web/wasm';
import { CheckpointSession } from '$lib/checkpoint/session';
import type { CheckpointSummary, FormOutputs } from '$lib/checkpoint/events';
import type { Backend } from '$lib/measure/backend';
import type { ReadProgress } from '$lib/weights/safetensors/read';
import '../onnx/runtime';

/** The runtime itself, in Node, behind the interface that the browser's adapter has. */
async function nodeBackend(): Promise<Backend> {
	return {
		info: {
			name: 'wasm',
			runtime: { name: 'onnxruntime-web', version: 'node' },
			threads: { asked: 1, effective: 1 },
			sessionOptions: {},
			startMs: 0
		},
		async load({ bytes, inputShape }, input) {
			const session = await ort.InferenceSession.create(bytes);
			const feeds = { input: new ort.Tensor('float32', input, [...inputShape]) };
			let output = new Float32Array();
			return {
				run: async () => {
					const { logits } = await session.run(feeds);
					output = logits!.data as Float32Array<ArrayBuffer>;
				},
				output: () => Float32Array.from(output),
				release: () => session.release()
			};
		}
	};
}

const PIXELS = { width: 64, height: 48 };

async function open(file: string) {
	const progress: ReadProgress[] = [];
	let starts = 0;
	let ms = 0;
	const session = new CheckpointSession({
		// Each look at it takes long, so that warming up is soon over.
		clock: () => (ms += 200),
		startBackend: () => {
			starts++;
			return nodeBackend();
		},
		onProgress: (step) => progress.push(step),
		pixelsOf: () => ({
			...PIXELS,
			pixels: Uint8ClampedArray.from({ length: 64 * 48 * 4 }, (_, i) => (i * 37) % 256)
		})
	});
	const bytes = await readFile(new URL(`../../reference/${file}`, import.meta.url));
	const summary = (await session.answer({
		type: 'open',
		file: new Blob([bytes])
	})) as CheckpointSummary;
	return { session, summary, progress, starts: () => starts };
}

describe('a training file', () => {
	let opened: Awaited<ReturnType<typeof open>>;
	beforeAll(async () => {
		opened = await open('timm-tiny-2head/weights.safetensors');
	});

	it('is told of in a few figures, and read with progress to its end', () => {
		const { summary, progress } = opened;
		expect(summary).toMatchObject({
			naming: 'timm',
			form: 'training',
			heads: 2,
			classes: 10,
			memberName: null,
			byteLength: 221_000
		});
		expect(summary.dtypes).toEqual(['F32']);
		expect(progress.at(-1)).toEqual({ readBytes: 221_000, totalBytes: 221_000 });
	});

	it('gives the reference logits in both forms', async () => {
		const expected = JSON.parse(
			await readFile(
				new URL('../../reference/timm-tiny-2head/expected.json', import.meta.url),
				'utf8'
			)
		) as { eval_logits: number[] };
		const { outputs, maxDifference, range } = (await opened.session.answer({
			type: 'compare',
			seed: 13
		})) as FormOutputs;
		expect(outputs.map(({ form }) => form)).toEqual(['training', 'deploy']);
		for (const { logits } of outputs) {
			for (const [i, value] of logits.entries()) {
				expect(Math.abs(value - expected.eval_logits[i]!)).toBeLessThan(2e-4);
			}
		}
		expect(maxDifference).toBeLessThan(1e-4 * range);
	});

	it('classifies pictures, each one anew, with the runtime started once', async () => {
		const ask = (recipe: 'official' | 'timm-0.95') =>
			opened.session.answer({
				type: 'classify',
				bitmap: null as unknown as ImageBitmap,
				recipe
			}) as Promise<FormOutputs>;
		const [first, other, again] = [
			await ask('official'),
			await ask('timm-0.95'),
			await ask('official')
		];
		expect(first.outputs[0]!.logits).toEqual(again.outputs[0]!.logits);
		expect(first.outputs[0]!.logits).not.toEqual(other.outputs[0]!.logits);
		expect(opened.starts()).toBe(1);
	});

	it('hands out tensors of its own form', async () => {
		const path = 'stages.0.blocks.0.token_mixer.conv.branches.pointwise';
		const [weight, bias] = (await opened.session.answer({
			type: 'tensors',
			tensors: [
				{ path, name: 'weight', shape: [8, 1, 1, 1] },
				{ path, name: 'bias', shape: [8] }
			]
		})) as Float32Array[];
		expect(weight).toHaveLength(8);
		expect(bias!.some((value) => value !== 0)).toBe(true);
	});
});

describe('a fused file', () => {
	it('has one form, and says so where the other is asked for', async () => {
		const { session, summary } = await open('official-tiny/deploy.safetensors');
		expect(summary).toMatchObject({ naming: 'official', form: 'deploy', heads: 1 });
		const { outputs, maxDifference } = (await session.answer({
			type: 'compare',
			seed: 1
		})) as FormOutputs;
		expect(outputs).toHaveLength(1);
		expect(maxDifference).toBeNull();
		await expect(session.answer({ type: 'emit', form: 'training' })).rejects.toThrow(
			/deploy form only/
		);
	});
});

it('refuses to run what is not open', async () => {
	const session = new CheckpointSession({
		clock: () => 0,
		startBackend: nodeBackend,
		onProgress: () => {},
		pixelsOf: () => ({ ...PIXELS, pixels: new Uint8ClampedArray() })
	});
	await expect(session.answer({ type: 'emit', form: 'deploy' })).rejects.toThrow(/No checkpoint/);
});
