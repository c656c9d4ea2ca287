import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CheckpointSession } from '$lib/checkpoint/session';
import { writeSafetensors } from '../../../scripts/lib/safetensors-writer';
import type { ModelReport } from '../../../scripts/lib/model-report';
import { readJson, type Expected } from '../weights/checkpoint-files';
import { folder, model } from './model-cli';
import { maxDifference, runModel, seededInput } from './runtime';

const REFERENCE = fileURLToPath(new URL('../../reference/', import.meta.url));
const OFFICIAL = join(REFERENCE, 'official-tiny/weights.safetensors');
const FUSED = join(REFERENCE, 'official-tiny/deploy.safetensors');
const TIMM = join(REFERENCE, 'timm-tiny/weights.safetensors');
const TWO_HEADS = join(REFERENCE, 'timm-tiny-2head/weights.safetensors');

/** Where right and wrong part: the slightest of typical mistakes changes a logit by 1e-3. */
const TOLERANCE = 2e-4;

function reportOf(...args: string[]): ModelReport {
	const { status, stdout, stderr } = model(...args, '--json');
	if (status !== 0) throw new Error(stderr);
	return JSON.parse(stdout) as ModelReport;
}

describe('npm run model of a checkpoint', () => {
	it.each([
		{ name: 'official-tiny', file: OFFICIAL, form: 'training', seed: 11, size: '64x64' },
		{ name: 'official-tiny', file: OFFICIAL, form: 'deploy', seed: 11, size: '64x64' },
		{ name: 'official-tiny', file: FUSED, form: 'deploy', seed: 11, size: '64x64' },
		{ name: 'timm-tiny', file: TIMM, form: 'training', seed: 12, size: '64x64' },
		{ name: 'timm-tiny', file: TIMM, form: 'deploy', seed: 12, size: '64x64' },
		{ name: 'timm-tiny-2head', file: TWO_HEADS, form: 'training', seed: 13, size: '224x224' },
		{ name: 'timm-tiny-2head', file: TWO_HEADS, form: 'deploy', seed: 13, size: '224x224' }
	])(
		'$name, $form: gives the logits that PyTorch gives',
		async ({ name, file, form, seed, size }) => {
			const expected = readJson<Expected>(`${name}/expected.json`);
			const out = join(folder, 'logits', `${name}.onnx`);
			const report = reportOf('--weights', file, '--form', form, '--size', size, '--out', out);
			const isDeploy = form === 'deploy';
			expect(report.params).toBe(isDeploy ? expected.deploy_params : expected.params);
			const { data } = await runModel(
				readFileSync(out),
				report.inputShape,
				seededInput(report.inputShape, seed)
			);
			const logits = isDeploy ? expected.deploy_logits : expected.eval_logits;
			expect(maxDifference(data, logits)).toBeLessThan(TOLERANCE);
		}
	);

	it.each([
		{ name: 'official-tiny', file: OFFICIAL, naming: 'official' },
		{ name: 'timm-tiny', file: TIMM, naming: 'timm' },
		{ name: 'timm-tiny-2head', file: TWO_HEADS, naming: 'timm' }
	])('$name: holds both forms against each other, on an oblong input too', ({ file, naming }) => {
		const { check, ...report } = reportOf('--weights', file, '--size', '40x72', '--check');
		expect(report).toMatchObject({
			form: 'deploy',
			file: 'weights-deploy.onnx',
			inputShape: [1, 3, 40, 72],
			outputShape: [1, 10],
			seed: null,
			weights: { file, naming, form: 'training', sha256: sha256(readFileSync(file)) }
		});
		expect(check).toMatchObject({ forms: ['training', 'deploy'], notFinite: 0, passed: true });
		expect(check!.share).toBeGreaterThan(0);
		expect(check!.share).toBeLessThan(1e-5);
	});

	it('runs the one form of a fused file, and says that it is one', () => {
		const args = ['--weights', FUSED, '--size', '40x72', '--check'];
		const { status, stdout } = model(...args);
		expect(status).toBe(0);
		expect(stdout).toMatch(/^weights .*deploy\.safetensors \(names of official, deploy form\)$/m);
		expect(stdout).toMatch(/^check +the file is fused, so there is one form only/m);
		expect(reportOf(...args).check).toMatchObject({
			forms: ['deploy'],
			maxDifference: null,
			share: null,
			passed: true
		});
	});

	it('writes the bytes that the site writes', async () => {
		const { file } = reportOf('--weights', TWO_HEADS);
		const session = new CheckpointSession({
			clock: () => 0,
			startBackend: () => Promise.reject(new Error('Nothing is run.')),
			onProgress: () => {},
			pixelsOf: () => {
				throw new Error('There are no pictures.');
			}
		});
		await session.answer({ type: 'open', file: new Blob([readFileSync(TWO_HEADS)]) });
		const emitted = await session.answer({ type: 'emit', form: 'deploy' });
		expect(readFileSync(join(folder, file)).equals(emitted as Uint8Array)).toBe(true);
	});

	const QUERY =
		'mixing=separated&expansion=2&widths=8-16-24-48&stem=early-conv&downsampling=deeper&classifier=simple&depths=1-2-2-1&kernel=3&se=alternate';

	it('takes the design that the file is, whatever its classes, heads and branches', () => {
		const asked = `${QUERY}&resolution=128&branches=first-release`;
		const report = reportOf(asked, '--weights', TWO_HEADS, '--form', 'training');
		expect(report.design).toMatchObject({ classes: 10, heads: 2, branches: 'current' });
		expect(report.inputShape).toEqual([1, 3, 128, 128]);
	});

	it.each([
		{
			differs: 'widths and depths',
			asked: 'repvit-m0.9',
			reasons: [
				'weights.safetensors holds RepViT of widths 8-16-24-48 and depths 1-2-2-1, and RepViT-M0.9 was asked for.',
				'widths: 8-16-24-48 in the file, 48-96-192-384 asked for',
				'depths: 1-2-2-1 in the file, 2-2-14-2 asked for'
			]
		},
		{
			differs: 'activation',
			asked: `${QUERY}&activation=relu`,
			reasons: ['activation: gelu in the file, relu asked for']
		}
	])('refuses a file that is not the design asked for: $differs', ({ asked, reasons }) => {
		const { status, stdout, stderr } = model(asked, '--weights', TWO_HEADS);
		expect(status).toBe(1);
		expect(stdout).toBe('');
		for (const reason of reasons) expect(stderr).toContain(reason);
		expect(stderr).not.toMatch(/classes|heads|branches|resolution|Usage/);
	});

	it.each([
		{
			args: ['--weights', 'none.safetensors'],
			status: 1,
			reason: "no such file or directory, open 'none.safetensors'"
		},
		{ args: ['--weights', '.'], status: 1, reason: '.: It is not a file.' },
		{ args: ['--weights', 'cut.safetensors'], status: 1, reason: 'The file is cut off' },
		{ args: ['--weights', 'page.pth'], status: 1, reason: 'page.pth: This is a web page' },
		{ args: ['--weights', 'other.safetensors'], status: 1, reason: 'They look like a ResNet' },
		{ args: ['--weights', FUSED, '--form', 'training'], status: 1, reason: 'is fused: ' },
		{ args: ['--weights', ''], status: 2, reason: '--weights takes a file name.' },
		{
			args: ['--weights', TIMM, '--seed', '0'],
			status: 2,
			reason: '--seed makes weights, and --weights brings its own'
		},
		{ args: ['a', 'b', '--weights', TIMM], status: 2, reason: '2 were given' },
		{ args: ['--weights', TIMM, '--size', '31x64'], status: 2, reason: 'both at least 32' }
	])('refuses with the reason: $reason', ({ args, status, reason }) => {
		writeFileSync(join(folder, 'cut.safetensors'), readFileSync(TIMM).subarray(0, -5));
		writeFileSync(join(folder, 'page.pth'), '<!doctype html><title>Not found</title>');
		const resnet = [{ name: 'layer1.0.conv1.weight', shape: [1], dtype: 'F32' }] as const;
		writeFileSync(
			join(folder, 'other.safetensors'),
			writeSafetensors(resnet.map((tensor) => ({ ...tensor, data: new Float32Array(1) })))
		);
		const result = model(...args);
		expect(result.status).toBe(status);
		expect(result.stdout).toBe('');
		expect(result.stderr).toContain(reason);
		expect(result.stderr.includes('Usage: npm run model')).toBe(status === 2);
		expect(result.stderr).not.toMatch(/^\s+at /m);
	});

	it('fails its check, behind the report, where the weights are damaged', () => {
		const bytes = Uint8Array.from(readFileSync(OFFICIAL));
		// The last tensor is of float32: a NaN.
		bytes.set([0, 0, 0xc0, 0x7f], bytes.length - 4);
		writeFileSync(join(folder, 'damaged.safetensors'), bytes);
		const { status, stdout, stderr } = model('--weights', 'damaged.safetensors', '--check');
		expect(status).toBe(1);
		expect(stdout).toMatch(/^check +\d+ logits are not finite/m);
		expect(stderr).toMatch(/^\d+ logits are not finite/);
	});
});

function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}
