/** `npm run bench`: measures designs in headless Chromium, with the built site's own code. */
import { selectionSearch } from '../src/lib/state/selection';
import { benchReport, failuresOf } from './lib/bench-report';
import { runOnPage } from './lib/bench-page';
import { parseCommandLine, parseInteger, runCommand, UsageError } from './lib/cli';
import { DESIGN_USAGE, parseDesignArgument } from './lib/design-argument';
import { buildIfNeeded } from './tools/project.mjs';

const USAGE = `Usage: npm run bench -- <design>... [options]

  --threads N   threads to ask of the runtime (default: 1)
  --samples N   rounds, 3 to 10000; every round times each design at least once
                (default: until the intervals are narrow enough)
  --seed N      seeds weights, inputs, orders and resampling (default: 1)
  --json        print one line of JSON

The first design is the reference. The same design may be given twice.
${DESIGN_USAGE}`;

const UNNAMED = 'design';

async function bench(args: readonly string[]): Promise<void> {
	const { values, positionals } = parseCommandLine(args, {
		threads: { type: 'string' },
		samples: { type: 'string' },
		seed: { type: 'string' },
		json: { type: 'boolean', default: false }
	});
	if (positionals.length === 0) throw new UsageError('One design or more is needed.');
	const selected = positionals.map((text) => {
		// In the measuring page's address a query string stands in parentheses: taken here as well.
		const { name, design } = parseDesignArgument(text.replace(/^\((.*)\)$/, '$1'));
		return { name: name === UNNAMED ? null : name, design };
	});
	const params = new URLSearchParams(selectionSearch(selected));
	const limits = {
		threads: { min: 1, max: 1024 },
		samples: { min: 3, max: 10_000 },
		seed: { min: 0, max: 2 ** 32 - 1 }
	};
	for (const key of ['threads', 'samples', 'seed'] as const) {
		const text = values[key];
		if (text !== undefined) {
			params.set(key, String(parseInteger(`--${key}`, text, limits[key])));
		}
	}

	if ((await buildIfNeeded()) !== 0) throw new Error('The site does not build.');
	const result = await runOnPage(`?${params}`, printProgress);
	const report = benchReport(result, positionals);
	process.stdout.write(`${values.json ? JSON.stringify(report) : await asTable(report)}\n`);
	const failures = failuresOf(report);
	if (failures.length > 0) throw new Error(failures.join('\n'));
}

function printProgress(line: string, isLast: boolean): void {
	// On a terminal the line is written over; in a log every one stays.
	const { isTTY } = process.stderr;
	process.stderr.write(`${isTTY ? '\r\u001b[2K' : ''}${line}${isTTY && !isLast ? '' : '\n'}`);
}

async function asTable(report: ReturnType<typeof benchReport>): Promise<string> {
	// Imported late: it writes figures as the pages do, with texts that the build has compiled.
	const { benchTable } = await import('./lib/bench-table');
	return benchTable(report);
}

await runCommand(USAGE, bench);
