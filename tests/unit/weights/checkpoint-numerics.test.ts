import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ops, sequential, type ModuleNode } from '$lib/arch/module';
import { volume, type Shape } from '$lib/arch/shapes';
import { emitOnnx } from '$lib/onnx/emit';
import { storedParameters } from '$lib/onnx/parameters';
import { identifyCheckpoint } from '$lib/weights/checkpoint/identify';
import { checkpointNetworks, type WeightedNetwork } from '$lib/weights/checkpoint/networks';
import { opTensors } from '$lib/weights/source';
import { maxDifference, runModel, seededInput } from '../onnx/runtime';
import { readJson, readNpy, readTensorFile, type Expected } from './checkpoint-files';

/** Separates right from wrong: the smallest typical mistake moves these logits by 3e-3. */
const LOGIT_TOLERANCE = 2e-4;
/** Of the largest activation of a map: float32 in another order of summation. */
const ACTIVATION_TOLERANCE = 1e-4;

const FIXTURES = [
	{ name: 'official-tiny', seed: 11 },
	{ name: 'timm-tiny', seed: 12 },
	{ name: 'timm-tiny-2head', seed: 13 }
] as const;

function load(file: string) {
	const { tensors, fill, values } = readTensorFile(file);
	const checkpoint = identifyCheckpoint(tensors);
	return { checkpoint, values, ...checkpointNetworks(checkpoint, fill) };
}

async function run(
	{ root, source }: WeightedNetwork,
	inputShape: Shape,
	seed: number
): Promise<{ readonly shape: Shape; readonly data: Float32Array }> {
	const { bytes } = emitOnnx({ root, inputShape, parameters: storedParameters(source) });
	return runModel(bytes, inputShape, seededInput(inputShape, seed));
}

/** A network up to its stem, or to the end of a stage. */
function upTo(root: ModuleNode, part: string): ModuleNode {
	if (root.kind !== 'sequential') throw new Error('The network is no row of parts.');
	const [stem, stages] = root.children;
	if (stages?.kind !== 'sequential') throw new Error('The network has no stages.');
	const count = part === 'stem' ? 0 : Number(part.slice('stage'.length)) + 1;
	return sequential('network', [stem!, sequential('stages', stages.children.slice(0, count))]);
}

const isStored = (path: string) => existsSync(new URL(`../../reference/${path}`, import.meta.url));

it.each(FIXTURES.filter(({ name }) => isStored(`${name}/input.npy`)))(
	'$name was run on the input that its rule gives',
	({ name, seed }) => {
		const { shape, data } = readNpy(`${name}/input.npy`);
		expect(shape).toEqual(readJson<Expected>(`${name}/expected.json`).input_shape);
		expect(seededInput(shape, seed)).toEqual(data);
	}
);

describe.each(FIXTURES)('$name', ({ name, seed }) => {
	const expected = readJson<Expected>(`${name}/expected.json`);
	const { training, deploy } = load(`${name}/weights.safetensors`);
	const parts = ['stem', 'stage0', 'stage1', 'stage2', 'stage3'].filter((part) =>
		isStored(`${name}/${part}.npy`)
	);

	it('has reference activations', () => {
		expect(parts).toEqual(expect.arrayContaining(['stage1', 'stage2', 'stage3']));
	});

	describe.each([
		{ form: 'training', network: training!, logits: expected.eval_logits },
		{ form: 'deploy', network: deploy, logits: expected.deploy_logits }
	])('in $form form', ({ network, logits }) => {
		it("gives PyTorch's logits", async () => {
			const { shape, data } = await run(network, expected.input_shape, seed);
			expect(shape).toEqual([1, expected.classes]);
			expect(maxDifference(data, expected.eval_logits)).toBeLessThan(LOGIT_TOLERANCE);
			expect(maxDifference(data, logits)).toBeLessThan(LOGIT_TOLERANCE);
		});

		it.each(parts)("gives PyTorch's activations behind the %s", async (part) => {
			const reference = readNpy(`${name}/${part}.npy`);
			const { shape, absmax } = expected.activation_stats[part]!;
			expect(reference.shape).toEqual(shape);
			const truncated = { ...network, root: upTo(network.root, part) };
			const output = await run(truncated, expected.input_shape, seed);
			expect(output.shape).toEqual(shape);
			expect(maxDifference(output.data, reference.data)).toBeLessThan(
				ACTIVATION_TOLERANCE * absmax
			);
		});
	});

	it('has as many parameters in either form', () => {
		const count = ({ root }: WeightedNetwork) =>
			[...ops(root)]
				.flatMap(({ node }) => opTensors(node.op))
				.filter((tensor) => !tensor.name.startsWith('running_'))
				.reduce((sum, { shape }) => sum + volume(shape), 0);
		expect([count(training!), count(deploy)]).toEqual([expected.params, expected.deploy_params]);
	});
});

describe('official-tiny, fused by the official code', () => {
	const fused = load('official-tiny/deploy.safetensors');
	const { eval_logits, input_shape } = readJson<Expected>('official-tiny/expected.json');

	it('has a deploy form only, and gives the same logits', async () => {
		expect(fused.training).toBeNull();
		const { data } = await run(fused.deploy, input_shape, 11);
		expect(maxDifference(data, eval_logits)).toBeLessThan(LOGIT_TOLERANCE);
	});

	it('holds what our folding makes of the training form, tensor by tensor', () => {
		const { deploy } = load('official-tiny/weights.safetensors');
		expect(deploy.root).toEqual(fused.deploy.root);
		for (const { node, path } of ops(deploy.root)) {
			for (const spec of opTensors(node.op)) {
				const tensor = { path, ...spec };
				const ours = new Float32Array(volume(spec.shape));
				deploy.source(tensor, ours);
				const theirs = fused.values(fused.checkpoint.keyOf(tensor));
				const scale = theirs.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
				expect(maxDifference(ours, theirs), `${path}.${spec.name}`).toBeLessThan(1e-5 * scale);
			}
		}
	});
});
