import type { CheckpointForm } from '../../src/lib/weights/checkpoint/types';
import { parseCommandLine, parseInteger, parseSize, UsageError } from './cli';
import { DESIGN_USAGE, parseDesignArgument, type DesignArgument } from './design-argument';

export const MODEL_USAGE = `Usage: npm run model -- <design> [options]
       npm run model -- [design] --weights FILE.safetensors [options]

  --form FORM     training or deploy (default: deploy, unless the design says training)
  --weights FILE  a checkpoint: its weights, and its network where no design is given
  --size HxW      input height and width in pixels, at least 32x32 (default: the design's resolution)
  --out FILE      where to write (default: <design>.onnx, of a checkpoint <file>-<form>.onnx)
  --check         runs both forms on one input too; fails if they differ by over 0.01 % of the range
  --seed N        seeds the weights (default: 0)
  --json          print one line of JSON

${DESIGN_USAGE}`;

/** What to write: a design with weights made for it, or a file's. */
export type ModelSubject =
	| { readonly kind: 'seeded'; readonly asked: DesignArgument; readonly seed: number }
	| {
			readonly kind: 'checkpoint';
			readonly path: string;
			/** What the file must be; null where it says that itself. */
			readonly asked: DesignArgument | null;
	  };

/** The command line of `npm run model`, read and checked. */
export interface ModelRequest {
	readonly subject: ModelSubject;
	readonly form: CheckpointForm;
	/** In pixels; null for the network's own. */
	readonly size: { readonly height: number; readonly width: number } | null;
	/** Null for a name made of the subject's. */
	readonly out: string | null;
	readonly hasCheck: boolean;
	readonly isJson: boolean;
}

/** @throws {UsageError} */
export function parseModelRequest(args: readonly string[]): ModelRequest {
	const { values, positionals } = parseCommandLine(args, {
		form: { type: 'string' },
		weights: { type: 'string' },
		size: { type: 'string' },
		out: { type: 'string' },
		check: { type: 'boolean', default: false },
		seed: { type: 'string' },
		json: { type: 'boolean', default: false }
	});
	const subject = parseSubject(positionals, values);
	if (values.out === '') throw new UsageError('--out takes a file name.');
	return {
		subject,
		form: parseForm(values.form) ?? subject.asked?.design.form ?? 'deploy',
		size: values.size === undefined ? null : parseSize('--size', values.size),
		out: values.out ?? null,
		hasCheck: values.check,
		isJson: values.json
	};
}

function parseSubject(
	designs: readonly string[],
	{ weights, seed }: { readonly weights?: string; readonly seed?: string }
): ModelSubject {
	const [text] = designs;
	if (designs.length > 1 || (text === undefined && weights === undefined)) {
		throw new UsageError(`One design is needed, ${designs.length} were given.`);
	}
	if (weights !== undefined) {
		if (weights === '') throw new UsageError('--weights takes a file name.');
		if (seed !== undefined) {
			throw new UsageError('--seed makes weights, and --weights brings its own: give one of them.');
		}
		const asked = text === undefined ? null : parseDesignArgument(text);
		return { kind: 'checkpoint', path: weights, asked };
	}
	return {
		kind: 'seeded',
		asked: parseDesignArgument(text!),
		seed: parseInteger('--seed', seed ?? '0', { min: 0 })
	};
}

function parseForm(text: string | undefined): CheckpointForm | undefined {
	if (text === undefined || text === 'training' || text === 'deploy') return text;
	throw new UsageError(`--form takes training or deploy, not "${text}".`);
}
