import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

/** `npm run bench` as it is, without npm: it opens the built site in a browser of its own. */
function bench(...args: readonly string[]) {
	return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
		execFile(
			process.execPath,
			['--import', 'tsx', 'scripts/bench.ts', ...args],
			(error, stdout, stderr) =>
				resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
		);
	});
}

const SMALL = 'widths=8-16-24-32&depths=1-1-1-1&resolution=128&classes=10';
const LARGER = 'widths=16-32-48-64&depths=1-1-1-1&resolution=128&classes=10';

let folder = '';
test.beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'bench-'));
});
test.afterAll(() => rm(folder, { recursive: true }));

/** A control may fail where the machine is busy: then nothing is judged, and the run is made again. */
const TRIES = 4;

interface SavedRun {
	checks: { name: string; outcome: string }[];
	candidates: {
		ratio: { value: number; low: number; high: number } | null;
		[key: string]: unknown;
	}[];
}

test('a run from the command line guards a release: what has become slower fails, and by name', async () => {
	test.setTimeout(400_000);
	const file = join(folder, 'old.json');
	const measured = await bench(
		...[SMALL, LARGER, '--samples', '200', '--target', '5%', '--save', file, '--json']
	);
	expect(measured.code, measured.stderr).toBe(0);
	const lines = measured.stdout.trim().split('\n');
	expect(lines).toHaveLength(1);
	expect(JSON.parse(lines[0]!)).toMatchObject({
		schema: 'repvit-explorer/bench',
		schemaVersion: 1,
		designs: [{ verdict: 'reference' }, { verdict: 'slower' }],
		rounds: 200
	});

	// As if the second design had taken a third of the time then.
	const run = JSON.parse(await readFile(file, 'utf8')) as SavedRun;
	const { ratio } = run.candidates[1]!;
	run.candidates[1]!.ratio = {
		...ratio!,
		value: ratio!.value / 3,
		low: ratio!.low / 3,
		high: ratio!.high / 3
	};
	const control = run.checks.find(({ name }) => name === 'control')!;
	control.outcome = 'passed';
	const doctored = join(folder, 'doctored.json');
	await writeFile(doctored, JSON.stringify(run));
	const again = [SMALL, LARGER, '--samples', '200', '--target', '5%', '--compare', doctored];
	let slower = await bench(...again);
	for (let tries = 1; slower.code === 3 && tries < TRIES; tries++) slower = await bench(...again);
	expect(slower.stderr).toContain(`${LARGER} has become`);
	expect(slower.code).toBe(1);

	// Three rounds tell nothing: that is no all-clear.
	const few = await bench(SMALL, LARGER, '--samples', '3', '--compare', file);
	expect(few.stderr).toContain('Nothing was judged.\nThis run has 3 rounds');
	expect(few.code).toBe(3);
});

test('a wrong command line is told with the usage, and nothing is measured', async () => {
	for (const [args, reason] of [
		[[], 'One design or more is needed.'],
		[[SMALL, '--backend', 'cuda'], '--backend takes wasm'],
		[[SMALL, '--profile', '--threads', '2'], '--threads says nothing here'],
		[[SMALL, '--compare', join(folder, 'none.json')], "can't be read"]
	] as const) {
		const { code, stdout, stderr } = await bench(...args);
		expect(stderr).toContain(reason);
		expect(stderr).toContain('Usage: npm run bench');
		expect([code, stdout]).toEqual([2, '']);
	}
});
