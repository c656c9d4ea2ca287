import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { findNamedDesign } from '$lib/arch/named-designs';
import { emitDesign } from '$lib/onnx/emit-design';

// Each case starts a process of its own.
vi.setConfig({ testTimeout: 60_000 });

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'repvit-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

function model(...args: string[]) {
	const command = ['--import', 'tsx', 'scripts/model.ts', ...args];
	return spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
}

describe('npm run model', () => {
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
			design
		});
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
