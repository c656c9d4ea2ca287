import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findNamedDesign } from '$lib/arch/named-designs';
import { emitDesign } from '$lib/onnx/emit-design';
import type { ModelReport } from '../../../scripts/lib/model-report';
import { folder, model } from './model-cli';

describe('npm run model of a design', () => {
	it('writes the file and prints JSON', () => {
		const file = join(folder, 'sub', 'm.onnx');
		const { status, stdout } = model(
			...['repvit-m0.6', '--size', '32x96', '--seed', '9', '--json', '--out', file]
		);
		expect(status).toBe(0);
		const { design } = findNamedDesign('repvit-m0.6')!;
		const expected = emitDesign(design, { seed: 9, inputShape: [1, 3, 32, 96] });
		const bytes = readFileSync(file);
		expect(bytes.equals(expected.bytes)).toBe(true);
		expect(JSON.parse(stdout)).toMatchObject({
			params: 2_468_072,
			macs: expected.macs,
			outputShape: [1, 1000],
			bytes: bytes.length,
			sha256: createHash('sha256').update(bytes).digest('hex'),
			opset: 20,
			form: 'deploy',
			seed: 9,
			weights: null,
			check: null,
			design
		});
	});

	it('writes the training form under a name of its own, and holds both forms against each other', () => {
		const { status, stdout } = model(
			...['REPVIT-M0.6', '--form', 'training', '--size', '40x72', '--check', '--json']
		);
		expect(status).toBe(0);
		const design = { ...findNamedDesign('repvit-m0.6')!.design, form: 'training' as const };
		const expected = emitDesign(design, { seed: 0, inputShape: [1, 3, 40, 72] });
		expect(readFileSync(join(folder, 'repvit-m0.6-training.onnx')).equals(expected.bytes)).toBe(
			true
		);
		const { check, ...report } = JSON.parse(stdout) as ModelReport;
		expect(report).toMatchObject({ form: 'training', params: 2_487_292, design });
		expect(check).toMatchObject({ forms: ['training', 'deploy'], maxShare: 1e-4, passed: true });
		expect(check!.share).toBe(check!.maxDifference! / check!.range);
		expect(check!.maxDifference).toBeGreaterThan(0);
		expect(check!.range).toBe(check!.max - check!.min);
	});

	it('tells what it takes when asked, and does nothing else', () => {
		const { status, stdout, stderr } = model('repvit-m0.6', '--help');
		expect(status).toBe(0);
		expect(stdout).toMatch(/^Usage: npm run model/);
		expect(stdout).not.toContain('MACs');
		expect(stderr).toBe('');
		expect(model('-h').stdout).toBe(stdout);
	});

	it('takes the form that the query says, unless told otherwise', () => {
		const query = 'widths=16-24-32-40&classes=7&form=training';
		const [own, told] = [model(query, '--json'), model(query, '--json', '--form', 'deploy')];
		expect(JSON.parse(own.stdout)).toMatchObject({ file: 'design-training.onnx' });
		expect(JSON.parse(told.stdout)).toMatchObject({ form: 'deploy', file: 'design.onnx' });
	});

	it('takes a query string, and prints a table', () => {
		const query = 'mixing=separated&expansion=2&widths=16-24-32-40&activation=relu&classes=7';
		const { status, stdout } = model(query, '--out', join(folder, 'q.onnx'));
		expect(status).toBe(0);
		expect(stdout).toMatch(/^output\s+\(1, 7\)$/m);
		expect(stdout).toMatch(/^opset\s+17$/m);
	});

	it.each([
		{ args: [], reason: 'One design is needed, 0 were given.' },
		{ args: ['step1', 'step2'], reason: 'One design is needed, 2 were given.' },
		{ args: ['step9'], reason: 'There is no design "step9".' },
		{ args: ['mixing=both&colour=red'], reason: 'mixing=both: unknown-value' },
		{ args: ['mixing=both&colour=red'], reason: 'colour=red: unknown-key' },
		{ args: ['widths=640-640-640-640&depths=40-40-40-40'], reason: 'too-many-params' },
		{ args: ['step1', '--size', '31x64'], reason: '--size takes HxW, both at least 32' },
		{ args: ['step1', '--size', '224'], reason: '--size takes HxW, both at least 32' },
		{ args: ['step1', '--seed', '1.5'], reason: '--seed takes an integer from 0' },
		{ args: ['step1', '--form', 'fused'], reason: '--form takes training or deploy, not "fused"' },
		{ args: ['step1', '--colour'], reason: "Unknown option '--colour'" }
	])('refuses $args: $reason', ({ args, reason }) => {
		const { status, stdout, stderr } = model(...args);
		expect(status).toBe(2);
		expect(stdout).toBe('');
		expect(stderr).toContain(reason);
		expect(stderr).toContain('Usage: npm run model');
	});

	it('fails with the reason where it cannot write', () => {
		const { status, stderr } = model('repvit-m0.6', '--out', folder);
		expect(status).toBe(1);
		expect(stderr).toContain('EISDIR');
	});
});
