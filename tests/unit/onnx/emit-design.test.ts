import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeCosts } from '$lib/arch/cost';
import { BASELINE, type Design } from '$lib/arch/design';
import { walk } from '$lib/arch/module';
import { buildNetwork } from '$lib/arch/models/network';
import { findNamedDesign, NAMED_DESIGNS } from '$lib/arch/named-designs';
import { printDesign } from '$lib/arch/query';
import { inferShapes } from '$lib/arch/shapes';
import { emitDesign } from '$lib/onnx/emit-design';
import { arbitraryDesign } from '../arch/designs';
import { decodeModel } from './onnx-proto';
import { maxDifference, rootMeanSquare, runModel, seededInput } from './runtime';

const m0_6 = findNamedDesign('repvit-m0.6')!.design;
const m0_9 = findNamedDesign('repvit-m0.9')!.design;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Outputs are finite, of normal size, and follow the input. */
async function expectSaneOutput(design: Design, side: number): Promise<void> {
	const inputShape = [1, 3, side, side];
	const { bytes, outputShape } = emitDesign(design, { seed: 5, inputShape });
	const input = seededInput(inputShape);
	const { shape, data } = await runModel(bytes, inputShape, input);
	expect(shape).toEqual(outputShape);
	expect(data.every(Number.isFinite)).toBe(true);
	expect(rootMeanSquare(data)).toBeGreaterThan(0.01);
	expect(rootMeanSquare(data)).toBeLessThan(100);
	const halved = await runModel(
		bytes,
		inputShape,
		input.map((x) => x / 2)
	);
	expect(maxDifference(data, halved.data)).toBeGreaterThan(1e-3);
}

describe('the bytes of a design', () => {
	it('are the same for the same seed, others for another', () => {
		const hash = (seed: number) => sha256(emitDesign(m0_6, { seed }).bytes);
		expect(hash(3)).toBe(hash(3));
		expect(hash(3)).not.toBe(hash(4));
	});

	it('are the same on every machine: a change of these raises PRODUCER_VERSION', () => {
		expect(sha256(emitDesign(m0_9, { seed: 0 }).bytes)).toMatchInlineSnapshot(
			`"671a53ecb9411e2945ea9e1a5d4eb4a903b942fca415a1954d327f7523464eff"`
		);
	});

	it('hold the weights, and little else', () => {
		const { bytes, params } = emitDesign(m0_9, { seed: 0 });
		expect(bytes.length / (4 * params)).toBeLessThan(1.01);
	});
});

describe('a file', () => {
	const small: Design = { ...m0_6, widths: [8, 16, 24, 32], classes: 10 };
	const emitted = emitDesign(small, { seed: 7, inputShape: [1, 3, 96, 64] });
	const file = decodeModel(emitted.bytes);

	it('tells what it is', () => {
		const { metadataProps, producerName } = file;
		expect(producerName).toBe('repvit-explorer');
		expect(Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]))).toEqual({
			design: printDesign(small),
			params: String(emitted.params),
			macs: String(emitted.macs),
			seed: '7',
			form: 'deploy',
			weights: 'stored'
		});
	});

	it('has fixed shapes, batch 1, and the names that runners use', () => {
		expect(file.graph.input).toEqual([{ name: 'input', type: [1, 3, 96, 64] }]);
		expect(file.graph.output).toEqual([{ name: 'logits', type: [1, 10] }]);
		expect(emitted.outputShape).toEqual([1, 10]);
	});

	it('needs opset 20 with a GELU, else 17, and the format version of its time', () => {
		const versions = (design: Design) => {
			const { irVersion, opsetImport } = decodeModel(
				emitDesign(design, { seed: 0, weights: 'tiled' }).bytes
			);
			return [irVersion, opsetImport.map(({ version }) => version)];
		};
		expect(versions(m0_6)).toEqual([9, [20]]);
		expect(versions({ ...m0_6, activation: 'hard-swish' })).toEqual([8, [17]]);
	});

	it('gives costs at the input it was made for', () => {
		const root = buildNetwork(small);
		const costs = computeCosts(root, inferShapes(root, [1, 3, 96, 64])).get('')!;
		expect(emitted).toMatchObject({ params: costs.params, macs: costs.macs });
	});
});

describe('nodes', () => {
	it.each(NAMED_DESIGNS)('of $name are the ops and joins of its tree, by path', ({ design }) => {
		const { graph } = decodeModel(emitDesign(design, { seed: 0, weights: 'tiled' }).bytes);
		const network = graph.node.filter(({ opType }) => opType !== 'Tile');
		const expected = [...walk(buildNetwork(design))]
			.filter(({ node }) =>
				node.kind === 'op' ? node.op.type !== 'identity' : node.kind === 'branches'
			)
			.map(({ path }) => path);
		expect(network.map(({ name }) => name).sort()).toEqual(expected.sort());
	});

	it('are one operator an op', () => {
		const histogram = (design: Design) => {
			const counts: Record<string, number> = {};
			for (const { opType } of decodeModel(emitDesign(design, { seed: 0, weights: 'tiled' }).bytes)
				.graph.node) {
				counts[opType] = (counts[opType] ?? 0) + 1;
			}
			delete counts.Tile;
			return counts;
		};
		expect(histogram(m0_9)).toMatchInlineSnapshot(`
			{
			  "Add": 26,
			  "Conv": 103,
			  "Flatten": 1,
			  "Gelu": 27,
			  "Gemm": 1,
			  "GlobalAveragePool": 11,
			  "Mul": 10,
			  "Relu": 10,
			  "Sigmoid": 10,
			}
		`);
		expect(histogram({ ...BASELINE, activation: 'mobilenetv3' })).toMatchInlineSnapshot(`
			{
			  "Add": 10,
			  "Conv": 62,
			  "Flatten": 1,
			  "Gemm": 2,
			  "GlobalAveragePool": 9,
			  "HardSigmoid": 8,
			  "HardSwish": 21,
			  "Mul": 8,
			  "Relu": 19,
			}
		`);
	});
});

describe('outputs in onnxruntime-web', () => {
	it.each(NAMED_DESIGNS)('$name', async ({ design }) => {
		await expectSaneOutput(design, 64);
	});

	it('at full resolution', async () => {
		await expectSaneOutput(m0_9, 224);
	});

	const deepest = { depths: [40, 40, 40, 40], widths: [16, 24, 32, 40] } as const;
	it.each([
		{ ...m0_9, ...deepest },
		{ ...m0_9, ...deepest, se: 'every', activation: 'relu' },
		{ ...m0_9, ...deepest, se: 'none', activation: 'hard-swish', kernel: 7 },
		{ ...m0_9, ...deepest, mixing: 'coupled', se: 'every' },
		{ ...BASELINE, ...deepest, expansion: 6, stem: 'patchify' }
	] satisfies Design[])('of 160 blocks, $mixing, SE $se, $activation', async (design) => {
		await expectSaneOutput(design, 64);
	});

	it('fit the drawn shape for any choices', async () => {
		await fc.assert(
			fc.asyncProperty(
				arbitraryDesign({ small: true }),
				fc.constantFrom([32, 32], [64, 32], [40, 72]),
				async (design, [height, width]) => {
					const inputShape = [1, 3, height!, width!];
					const { bytes, outputShape } = emitDesign(design, { seed: 1, inputShape });
					const { shape, data } = await runModel(bytes, inputShape);
					expect(outputShape).toEqual([1, design.classes]);
					expect(shape).toEqual(outputShape);
					expect(data.every(Number.isFinite)).toBe(true);
				}
			),
			{ numRuns: 40, seed: 1 }
		);
	});
});
