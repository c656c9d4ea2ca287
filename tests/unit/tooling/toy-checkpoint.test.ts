import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { designOfPlan } from '$lib/arch/models/design-of-plan';
import { emitNetwork } from '$lib/onnx/emit-network';
import { storedParameters } from '$lib/onnx/parameters';
import { checkpointNetworks } from '$lib/weights/checkpoint/networks';
import { identifyCheckpoint } from '$lib/weights/checkpoint/identify';
import { dtypeBytes } from '$lib/weights/safetensors/dtype';
import { readSafetensors } from '$lib/weights/safetensors/read';
import type { Safetensors } from '$lib/weights/safetensors/safetensors';
import { blobSource } from '$lib/weights/safetensors/source';
import { compareForms } from '../../../scripts/lib/forms-check';
import { renderToyCheckpoint, TOY_DESIGN } from '../../../scripts/lib/toy-checkpoint';
import { runModel, seededInput } from '../onnx/runtime';

const FILE = new URL('../../../static/models/toy-checkpoint.safetensors', import.meta.url);

describe('the toy checkpoint', () => {
	const bytes = readFileSync(FILE);
	let file: Safetensors;
	beforeAll(async () => {
		file = await readSafetensors({ source: blobSource(new Blob([bytes])) });
	});

	it('is what `npm run models` writes now: run it if this fails', () => {
		expect(bytes.equals(renderToyCheckpoint())).toBe(true);
	});

	it('is small, says that it is untrained, and has each tensor where its type wants it', () => {
		expect(bytes.length).toBeLessThan(1e6);
		expect(file.metadata.get('description')).toMatch(/untrained/);
		const misplaced = [...file.tensors.values()].filter(
			({ dtype, begin }) => begin % dtypeBytes(dtype) !== 0
		);
		expect(misplaced).toEqual([]);
	});

	it('is found to be what it is', () => {
		const checkpoint = identifyCheckpoint(file.tensors);
		expect(checkpoint).toMatchObject({
			naming: 'timm',
			form: 'training',
			heads: 2,
			classes: 1000,
			member: null
		});
		expect(checkpoint.ignored.length).toBeGreaterThan(0);
		expect(designOfPlan(checkpoint.plan)).toEqual({ ...TOY_DESIGN, form: 'deploy' });
	});

	it('gives the same logits in both forms, and others for another picture', async () => {
		const networks = checkpointNetworks(identifyCheckpoint(file.tensors), (key, target) =>
			file.fill(key, target)
		);
		const inputShape = [1, 3, 64, 64];
		const run = (form: 'training' | 'deploy', seed: number) => {
			const { root, source } = networks[form]!;
			const parameters = storedParameters(source);
			const model = emitNetwork({ root, inputShape, parameters, metadata: {} });
			return runModel(model.bytes, inputShape, seededInput(inputShape, seed));
		};
		const [training, deploy, other] = [
			await run('training', 1),
			await run('deploy', 1),
			await run('deploy', 2)
		];
		const forms = new Map([['training', training.data] as const, ['deploy', deploy.data] as const]);
		expect(compareForms(forms)).toMatchObject({ notFinite: 0, passed: true });
		const pictures = new Map([['training', other.data] as const, ['deploy', deploy.data] as const]);
		expect(compareForms(pictures).share).toBeGreaterThan(0.01);
	});
});
