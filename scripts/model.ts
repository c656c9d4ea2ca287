/** `npm run model`: writes the ONNX file of a design and prints what is in it. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { printDesign } from '../src/lib/arch/query';
import { formatShape } from '../src/lib/arch/shapes';
import { emitDesign } from '../src/lib/onnx/emit-design';
import { parseCommandLine, parseInteger, parseSize, runCommand, UsageError } from './lib/cli';
import { DESIGN_USAGE, parseDesignArgument } from './lib/design-argument';

const USAGE = `Usage: npm run model -- <design> [options]

  --size HxW   input height and width in pixels, at least 32x32 (default: the design's resolution)
  --out FILE   where to write (default: <name>.onnx)
  --seed N     seeds the weights (default: 0)
  --json       print one line of JSON

${DESIGN_USAGE}`;

interface Report {
	readonly name: string;
	readonly label: string;
	readonly file: string;
	readonly params: number;
	readonly macs: number;
	readonly inputShape: readonly number[];
	readonly outputShape: readonly number[];
	readonly bytes: number;
	readonly sha256: string;
	readonly opset: number;
	readonly seed: number;
	readonly query: string;
	readonly design: object;
}

function model(args: readonly string[]): void {
	const { values, positionals } = parseCommandLine(args, {
		size: { type: 'string' },
		out: { type: 'string' },
		seed: { type: 'string', default: '0' },
		json: { type: 'boolean', default: false }
	});
	if (positionals.length !== 1) {
		throw new UsageError(`One design is needed, ${positionals.length} were given.`);
	}
	const { name, label, design } = parseDesignArgument(positionals[0]!);
	const seed = parseInteger('--seed', values.seed, { min: 0 });
	const { height, width } =
		values.size === undefined
			? { height: design.resolution, width: design.resolution }
			: parseSize('--size', values.size);
	if (values.out === '') throw new UsageError('--out takes a file name.');

	const { bytes, ...facts } = emitDesign(design, { seed, inputShape: [1, 3, height, width] });
	const file = values.out ?? `${name}.onnx`;
	mkdirSync(dirname(resolve(file)), { recursive: true });
	writeFileSync(file, bytes);
	const report: Report = {
		name,
		label,
		file,
		...facts,
		bytes: bytes.length,
		sha256: createHash('sha256').update(bytes).digest('hex'),
		seed,
		query: printDesign(design),
		design
	};
	process.stdout.write(`${values.json ? JSON.stringify(report) : describe(report)}\n`);
}

function describe(report: Report): string {
	const rows = [
		['design', `${report.label} (${report.query})`],
		['params', report.params.toLocaleString('en')],
		['MACs', report.macs.toLocaleString('en')],
		['input', formatShape(report.inputShape)],
		['output', formatShape(report.outputShape)],
		['opset', String(report.opset)],
		['seed', String(report.seed)],
		['file', `${report.file}, ${report.bytes.toLocaleString('en')} bytes`],
		['SHA-256', report.sha256]
	] as const;
	return rows.map(([key, value]) => `${key.padEnd(9)}${value}`).join('\n');
}

await runCommand(USAGE, model);
