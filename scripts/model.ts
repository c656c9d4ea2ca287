/** `npm run model`: writes the ONNX file of a design or of a checkpoint, and tells what is in it. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { printDesign } from '../src/lib/arch/query';
import { runCommand } from './lib/cli';
import { checkForms } from './lib/forms-check';
import { loadModelNetwork } from './lib/model-network';
import { describeModel, failureOf, type ModelReport } from './lib/model-report';
import { MODEL_USAGE, parseModelRequest } from './lib/model-request';

async function model(args: readonly string[]): Promise<void> {
	const { subject, form, size, out, hasCheck, isJson } = parseModelRequest(args);
	const network = await loadModelNetwork(subject);
	const { name, label, seed, weights, forms, resolution } = network;
	const { height, width } = size ?? { height: resolution, width: resolution };
	const { bytes, ...facts } = network.emit(form, [1, 3, height, width]);
	const file = out ?? network.fileFor(form);
	mkdirSync(dirname(resolve(file)), { recursive: true });
	writeFileSync(file, bytes);

	const { inputShape } = facts;
	const bytesOf = (each: typeof form) =>
		each === form ? bytes : network.emit(each, inputShape).bytes;
	const check = hasCheck ? await checkForms({ forms, inputShape, bytesOf }) : null;
	const design = network.designIn(form);
	const report: ModelReport = {
		name,
		label,
		form,
		file,
		...facts,
		bytes: bytes.length,
		sha256: createHash('sha256').update(bytes).digest('hex'),
		seed,
		weights,
		check,
		query: design && printDesign(design),
		design
	};
	process.stdout.write(`${isJson ? JSON.stringify(report) : describeModel(report)}\n`);
	const failure = check && failureOf(check);
	if (failure !== null) throw new Error(failure);
}

await runCommand(MODEL_USAGE, model);
