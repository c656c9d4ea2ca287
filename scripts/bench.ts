/** `npm run bench`: measures designs in headless Chromium, with the built site's own code. */
import { readFile, writeFile } from 'node:fs/promises';
import { printDesign } from '../src/lib/arch/query';
import type { Design } from '../src/lib/arch/design';
import { parseExecution, printExecution, WEBNN_DEVICES } from '../src/lib/measure/execution';
import type { RunResult } from '../src/lib/measure/types';
import { SETUP_RANGES, TARGET_PERCENTS } from '../src/lib/state/measure-address';
import { printSelection, selectionSearch } from '../src/lib/state/selection';
import { compareReports, comparisonLines, slowDowns, whyNotJudged } from './lib/bench-compare';
import { readEarlier } from './lib/bench-earlier';
import { profileOnPage, runOnPage, sweepOnPage } from './lib/bench-page';
import { profileTable } from './lib/bench-profile';
import { benchReport, failuresOf, type BenchReport } from './lib/bench-report';
import { sweepReport, sweepTable } from './lib/bench-sweep';
import {
	NotJudgedError,
	parseCommandLine,
	parseInteger,
	parsePercent,
	runCommand,
	UsageError
} from './lib/cli';
import { DESIGN_USAGE, parseDesignArgument } from './lib/design-argument';
import { buildIfNeeded } from './tools/project.mjs';

const USAGE = `Usage: npm run bench -- <design>... [options]
       npm run bench -- <design>... --profile [--json]
       npm run bench -- <design> --sweep [options]

  --backend NAME   what to run on: wasm (default), webgpu, webnn-cpu, webnn-gpu, webnn-npu;
                   with -float16 behind it in that precision, for example webgpu-float16
  --threads N      threads to ask of WASM (default: 1)
  --samples N      rounds, 3 to 10000; every round times each design at least once
                   (default: until the intervals are narrow enough)
  --target P       how narrow that is: ${TARGET_PERCENTS.map((percent) => `${percent}%`).join(', ')} (default: 2%)
  --seed N         seeds weights, inputs, orders and resampling (default: 1)
  --save FILE      keeps the run, or the sweep, as the file that the page would download:
                   /devices and the history take it
  --compare FILE   compares with an earlier run (--save or --json), and fails where a design
                   has become slower than the limit allows, or where nothing can be judged
  --limit P        that limit (default: 5%)
  --profile        where the time of each design goes, by part
  --sweep          what each choice costs, on the network of this design
  --factors LIST   choices to turn, as in the sweep page's address,
                   for example stem,se:none..alternate (default: all eight)
  --minutes N      time to give a sweep, which takes all of it (default: 5)
  --no-roadmap     leaves the nine steps out of a sweep
  --json           print one line of JSON

The first design is the reference. The same design may be given twice.
Exit codes: 0 done; 1 something failed, or has become too slow; 2 a wrong command line;
3 --compare could judge nothing.
${DESIGN_USAGE}`;

const UNNAMED = 'design';
const DEFAULT_LIMIT = 0.05;

const OPTIONS = {
	backend: { type: 'string' },
	threads: { type: 'string' },
	samples: { type: 'string' },
	target: { type: 'string' },
	seed: { type: 'string' },
	save: { type: 'string' },
	compare: { type: 'string' },
	limit: { type: 'string' },
	profile: { type: 'boolean', default: false },
	sweep: { type: 'boolean', default: false },
	factors: { type: 'string' },
	minutes: { type: 'string' },
	'no-roadmap': { type: 'boolean', default: false },
	json: { type: 'boolean', default: false }
} as const;

type Values = ReturnType<typeof parseCommandLine<typeof OPTIONS>>['values'];
type Mode = 'run' | 'profile' | 'sweep';

/** Which options each way of running takes, beside `--json`. */
const TAKES: { readonly [M in Mode]: readonly (keyof typeof OPTIONS)[] } = {
	run: ['backend', 'threads', 'samples', 'target', 'seed', 'save', 'compare', 'limit'],
	profile: ['profile'],
	sweep: ['sweep', 'backend', 'threads', 'seed', 'save', 'factors', 'minutes', 'no-roadmap']
};

async function bench(args: readonly string[]): Promise<void> {
	const { values, positionals } = parseCommandLine(args, OPTIONS);
	if (positionals.length === 0) throw new UsageError('One design or more is needed.');
	const mode = modeOf(values);
	const selected = positionals.map((text) => {
		// In the measuring page's address a query string stands in parentheses: taken here as well.
		const { name, design } = parseDesignArgument(text.replace(/^\((.*)\)$/, '$1'));
		return { name: name === UNNAMED ? null : name, design };
	});
	switch (mode) {
		case 'profile':
			return profile(
				selected.map(({ design }, index) => ({
					name: positionals[index]!,
					query: printDesign(design)
				})),
				values
			);
		case 'sweep': {
			if (selected.length !== 1) throw new UsageError('A sweep is of one design.');
			return sweep(printSelection(selected), values);
		}
		case 'run':
			return run(selected, positionals, values);
	}
}

function modeOf(values: Values): Mode {
	if (values.profile && values.sweep) {
		throw new UsageError('--profile and --sweep are two commands.');
	}
	const mode = values.profile ? 'profile' : values.sweep ? 'sweep' : 'run';
	const given = (Object.keys(OPTIONS) as (keyof typeof OPTIONS)[]).filter(
		(key) => values[key] !== undefined && values[key] !== false && key !== 'json'
	);
	const foreign = given.find((key) => !TAKES[mode].includes(key));
	if (foreign) throw new UsageError(`--${foreign} says nothing here.`);
	return mode;
}

async function run(
	selected: readonly { readonly name: string | null; readonly design: Design }[],
	names: readonly string[],
	values: Values
): Promise<void> {
	const params = new URLSearchParams(selectionSearch(selected));
	setIntegers(params, values, ['threads', 'samples', 'seed']);
	setBackend(params, values);
	if (values.target !== undefined) {
		const percent = parsePercent('--target', values.target) * 100;
		const target = TARGET_PERCENTS.find((each) => Math.abs(each - percent) < 1e-9);
		if (target === undefined) {
			throw new UsageError(
				`--target takes ${TARGET_PERCENTS.join('%, ')}%, not "${values.target}".`
			);
		}
		params.set('precision', String(target));
	}
	const limit = values.limit === undefined ? DEFAULT_LIMIT : parsePercent('--limit', values.limit);
	// A file that can't be read is found out before anything is measured.
	const asked = selected.map(({ design }, index) => ({ name: names[index]!, design }));
	const earlier =
		values.compare === undefined
			? null
			: readEarlier(await textOf(values.compare), values.compare, asked);

	await build();
	const { value: result, file } = await runOnPage(`?${params}`, printProgress);
	// Kept first: whatever the comparison says, what was measured is not lost.
	await save(values.save, file);
	const report = benchReport(result, names);
	const comparison = earlier && compareReports(report, earlier, limit);
	print(
		values.json,
		{ ...report, ...(comparison && { comparison }) },
		[
			await asTable(report, result),
			...(comparison ? ['', ...comparisonLines(comparison)] : [])
		].join('\n')
	);
	const failures = [...failuresOf(report), ...(comparison ? slowDowns(comparison) : [])];
	if (failures.length > 0) throw new Error(failures.join('\n'));
	// A guard that could not look must not let through.
	const unjudged = comparison ? whyNotJudged(comparison) : [];
	if (unjudged.length > 0) {
		throw new NotJudgedError(['Nothing was judged.', ...unjudged].join('\n'));
	}
}

/** @throws {UsageError} */
function setBackend(params: URLSearchParams, { backend, threads }: Values): void {
	if (backend === undefined || backend === 'wasm') return;
	if (threads !== undefined) throw new UsageError('--threads is of WASM alone.');
	params.set('on', backendOf(backend));
}

/** @throws {UsageError} for what is none */
function backendOf(name: string): string {
	const execution = parseExecution(name);
	if (execution && execution.backend !== 'wasm') return printExecution(execution);
	throw new UsageError(
		`--backend takes wasm, webgpu or webnn-${WEBNN_DEVICES.join(', webnn-')}, the last four with -float16 too; not "${name}".`
	);
}

/** @throws {UsageError} */
async function textOf(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch {
		throw new UsageError(`${file} can't be read.`);
	}
}

/** @throws with the reason where there is no room or no right to write */
async function save(file: string | undefined, text: string): Promise<void> {
	if (file !== undefined) await writeFile(file, text);
}

async function profile(
	designs: readonly { readonly name: string; readonly query: string }[],
	values: Values
): Promise<void> {
	await build();
	for (const { name, query } of designs) {
		const found = await profileOnPage(query);
		print(values.json, found, profileTable(name, found));
	}
}

async function sweep(base: string, values: Values): Promise<void> {
	const params = new URLSearchParams({ base });
	setIntegers(params, values, ['threads', 'seed']);
	setBackend(params, values);
	if (values.factors !== undefined) params.set('factors', values.factors);
	if (values.minutes !== undefined) params.set('minutes', values.minutes);
	if (values['no-roadmap']) params.set('roadmap', '0');
	await build();
	const { value, file } = await sweepOnPage(`?${params}`, printProgress);
	await save(values.save, file);
	const report = sweepReport(value);
	print(values.json, report, sweepTable(report));
	if (report.failed.length > 0) throw new Error(report.failed.join('\n'));
}

function setIntegers(
	params: URLSearchParams,
	values: Values,
	keys: readonly ('threads' | 'samples' | 'seed')[]
): void {
	const limits = {
		threads: { min: 1, max: 1024 },
		samples: SETUP_RANGES.rounds,
		seed: SETUP_RANGES.seed
	};
	for (const key of keys) {
		const text = values[key];
		if (text !== undefined) {
			params.set(key, String(parseInteger(`--${key}`, text, limits[key])));
		}
	}
}

async function build(): Promise<void> {
	if ((await buildIfNeeded()) !== 0) throw new Error('The site does not build.');
}

function print(asJson: boolean, json: unknown, table: string): void {
	process.stdout.write(`${asJson ? JSON.stringify(json) : table}\n`);
}

function printProgress(line: string, isLast: boolean): void {
	// On a terminal the line is written over; in a log every one stays.
	const { isTTY } = process.stderr;
	process.stderr.write(`${isTTY ? '\r\u001b[2K' : ''}${line}${isTTY && !isLast ? '' : '\n'}`);
}

async function asTable(report: BenchReport, result: RunResult): Promise<string> {
	// Imported late: it writes figures as the pages do, with texts that the build has compiled.
	const { benchTable } = await import('./lib/bench-table');
	return benchTable(report, result);
}

await runCommand(USAGE, bench);
