import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, vi } from 'vitest';

// Each case starts a process of its own.
vi.setConfig({ testTimeout: 60_000 });

const TSX = import.meta.resolve('tsx');
const SCRIPT = fileURLToPath(new URL('../../../scripts/model.ts', import.meta.url));

/** Where the commands run, and so where they write; removed when the tests of a file are through. */
export const folder = mkdtempSync(join(tmpdir(), 'repvit-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `npm run model` as it is, without npm. */
export function model(...args: string[]) {
	const command = ['--import', TSX, SCRIPT, ...args];
	return spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' });
}
