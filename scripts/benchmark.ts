/** `npm run benchmark`: what the project promises of itself, as ratios, milliseconds and bytes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { measureDrawing, type DrawingReport, type FrameTimes } from './benchmark/drawing';
import { measureEmission } from './benchmark/emission';
import { measureFusing } from './benchmark/fusing';
import { LAB, ratioText, type LabFigure } from './benchmark/lab';
import { withBenchmarkPage } from './lib/benchmark-page';
import { parseCommandLine, parseInteger, runCommand, UsageError } from './lib/cli';
import { firstLoadFiles } from './tools/first-load.mjs';
import { buildIfNeeded, ROOT } from './tools/project.mjs';

const SITE = 'site';
const NAMES = [SITE, ...Object.keys(LAB)];

const USAGE = `Usage: npm run benchmark -- [options]

  --only NAMES   some of it, by commas: ${NAMES.join(', ')} (default: all)
  --rounds N     rounds of each comparison of latencies, at least 10 (default: 60; until it
                 can be told, where more MACs or a busy neighbour are looked for)
  --runs N       runs where runs are repeated (default: 20; of the roadmap: 10)
  --json         print one line of JSON`;

const FIRST_LOADS = ['/', '/design/'];

async function benchmark(args: readonly string[]): Promise<void> {
	const { values, positionals } = parseCommandLine(args, {
		only: { type: 'string', default: NAMES.join(',') },
		rounds: { type: 'string' },
		runs: { type: 'string' },
		json: { type: 'boolean', default: false }
	});
	if (positionals.length > 0) throw new UsageError('No design is needed: it is RepViT-M0.9.');
	const rounds =
		values.rounds === undefined ? null : parseInteger('--rounds', values.rounds, { min: 10 });
	const runs = values.runs === undefined ? null : parseInteger('--runs', values.runs, { min: 1 });
	const only = values.only.split(',');
	const unknown = only.find((name) => !NAMES.includes(name));
	if (unknown !== undefined) {
		throw new UsageError(`--only takes ${NAMES.join(', ')}, not "${unknown}".`);
	}

	const site = only.includes(SITE) ? await measureSite(rounds ?? DEFAULT_ROUNDS) : null;
	const lab = await measureLab(
		only.filter((name) => name !== SITE),
		{ rounds, runs }
	);
	if (values.json) {
		const figures = lab.map(({ name, figure }) => [name, figure.data]);
		process.stdout.write(`${JSON.stringify({ ...site, ...Object.fromEntries(figures) })}\n`);
		return;
	}
	const rows = [
		...(site ? describe(site) : []),
		...lab.map(({ name, figure }) => [LAB[name]!.title, figure.text])
	];
	process.stdout.write(`${table(rows)}\n`);
}

async function measureSite(rounds: number): Promise<Report> {
	if ((await buildIfNeeded()) !== 0) throw new Error('The site does not build.');
	return {
		firstLoadBytes: await weighFirstLoads(),
		emission: measureEmission(),
		fusing: measureFusing(),
		drawing: await measureDrawing(),
		...(await withBenchmarkPage(async (page) => {
			const toggle = await page.evaluate(() => benchmarks.toggle());
			const overhead = await page.evaluate((count) => benchmarks.overhead(count), rounds);
			const styles = await page.evaluate((count) => benchmarks.styles(count), rounds);
			return { toggle, overhead, styles };
		}))
	};
}

const DEFAULT_ROUNDS = 60;
/** Ten runs of the roadmap take as long as twenty of a pair. */
const RUNS = { memory: 10 } as const;
const DEFAULT_RUNS = 20;
/** For memory the figures do not matter, only that all of a run is done. */
const MEMORY_ROUNDS = 20;

async function measureLab(
	names: readonly string[],
	{ rounds, runs }: { readonly rounds: number | null; readonly runs: number | null }
): Promise<{ readonly name: string; readonly figure: LabFigure }[]> {
	if (names.length === 0) return [];
	return await withBenchmarkPage(async (page) => {
		const figures: { name: string; figure: LabFigure }[] = [];
		for (const name of names) {
			const isMemory = name === 'memory';
			const figure = await LAB[name]!.take(page, {
				rounds: isMemory ? Math.min(rounds ?? MEMORY_ROUNDS, MEMORY_ROUNDS) : rounds,
				runs: runs ?? (isMemory ? RUNS.memory : DEFAULT_RUNS)
			});
			figures.push({ name, figure });
			process.stderr.write(`${LAB[name]!.title}: ${figure.text}\n`);
		}
		return figures;
	});
}

/** JavaScript that a page loads before it is alive, each file compressed as it is sent. */
async function weighFirstLoads(): Promise<Record<string, number>> {
	const weigh = async (page: string): Promise<readonly [string, number]> => {
		const files = await firstLoadFiles(page);
		const bytes = files.map((file) => gzipSync(readFileSync(join(ROOT, file))).length);
		return [page, bytes.reduce((sum, length) => sum + length, 0)];
	};
	return Object.fromEntries(await Promise.all(FIRST_LOADS.map(weigh)));
}

type Report = {
	readonly firstLoadBytes: Readonly<Record<string, number>>;
	readonly emission: ReturnType<typeof measureEmission>;
	readonly fusing: ReturnType<typeof measureFusing>;
	readonly drawing: DrawingReport;
	readonly toggle: ReturnType<typeof benchmarks.toggle>;
	readonly overhead: Awaited<ReturnType<typeof benchmarks.overhead>>;
	readonly styles: Awaited<ReturnType<typeof benchmarks.styles>>;
};

function describe({
	firstLoadBytes,
	emission,
	fusing,
	drawing,
	toggle,
	overhead,
	styles
}: Report): string[][] {
	const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
	const frames = ({ medianMs, p95Ms, maxMs }: FrameTimes): string =>
		`${medianMs.toFixed(1)} (95 %: ${p95Ms.toFixed(1)}, longest ${maxMs.toFixed(0)})`;
	return [
		...Object.entries(firstLoadBytes).map(([page, bytes]) => [
			`First load of ${page}`,
			`${(bytes / 1024).toFixed(1)} KiB of JavaScript, gzip (at most 120)`
		]),
		['A toggle, blocks shown', `${ms(toggle.blocksMs)} for tree, shapes, costs, layout (under 5)`],
		['A toggle, every op shown', `${ms(toggle.allOpsMs)}, the layout among it (under 5)`],
		[
			'RepViT-M0.9, all ops',
			`${ms(drawing.loadToDrawnMs)} from the start of a page load to the drawing; ${ms(drawing.pickToDrawnMs)} from picking it (under 100)`
		],
		...drawing.movements.map(({ throttle, pan, zoom, open }) => [
			`RepViT-M2.3, all ops, CPU / ${throttle}`,
			`ms between frames: pan ${frames(pan)}, zoom ${frames(zoom)}, open ${frames(open)} (16.7)`
		]),
		['Most SVG elements of that', `${drawing.mostElements} (at most 3,000)`],
		[
			'Emitting RepViT-M0.9',
			`${emission.ratio.toFixed(2)} of filling and copying its weights (at most 2): ${ms(emission.emitMs)} and ${ms(emission.fillAndCopyMs)}`
		],
		[
			'Fusing RepViT-M2.3',
			`${fusing.ratio.toFixed(2)} of emitting it (under 1): ${ms(fusing.fuseMs)} and ${ms(fusing.emitMs)}`
		],
		[
			'The instrument',
			`${ratioText(overhead.ratio)} of a bare loop (within 1 %): ${ms(overhead.instrumentMedianMs)} and ${ms(overhead.bareMedianMs)}`
		],
		[
			'Our graph',
			`${ratioText(styles.ratio)} of a PyTorch export's (at most 1.00): ${ms(styles.oursMs)} and ${ms(styles.pytorchMs)}; itself ${ratioText(styles.control)}; outputs within ${styles.maxAbsDifference.toExponential(1)}`
		]
	];
}

function table(rows: readonly (readonly (string | undefined)[])[]): string {
	const width = Math.max(...rows.map(([name]) => name?.length ?? 0));
	return rows.map(([name, figure]) => `${name?.padEnd(width)}   ${figure}`).join('\n');
}

await runCommand(USAGE, benchmark);
