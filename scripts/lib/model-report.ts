import type { Design } from '../../src/lib/arch/design';
import { formatShape, type Shape } from '../../src/lib/arch/shapes';
import type { CheckpointForm, NamingName } from '../../src/lib/weights/checkpoint/types';
import type { FormsCheck } from './forms-check';

/** What `npm run model -- --json` prints. */
export interface ModelReport {
	readonly name: string;
	readonly label: string;
	readonly form: CheckpointForm;
	readonly file: string;
	readonly params: number;
	readonly macs: number;
	readonly inputShape: Shape;
	readonly outputShape: Shape;
	readonly bytes: number;
	readonly sha256: string;
	readonly opset: number;
	/** Null where the weights are a file's. */
	readonly seed: number | null;
	/** Null where they are seeded. */
	readonly weights: WeightsReport | null;
	/** Null unless asked for. */
	readonly check: FormsCheck | null;
	/** Null, as is the design, for a network that no design is. */
	readonly query: string | null;
	readonly design: Design | null;
}

/** The file that weights are from. */
export interface WeightsReport {
	readonly file: string;
	readonly naming: NamingName;
	/** As the file has it, not as it was written. */
	readonly form: CheckpointForm;
	readonly sha256: string;
}

/** A report as lines for a terminal. */
export function describeModel(report: ModelReport): string {
	const { label, query, seed, weights, check } = report;
	const rows: readonly (readonly [string, string])[] = [
		['design', query === null || query === label ? label : `${label} (${query})`],
		['form', report.form],
		['params', report.params.toLocaleString('en')],
		['MACs', report.macs.toLocaleString('en')],
		['input', formatShape(report.inputShape)],
		['output', formatShape(report.outputShape)],
		['opset', String(report.opset)],
		...(seed === null ? [] : [['seed', String(seed)] as const]),
		...(weights ? [['weights', describeWeights(weights)] as const] : []),
		['file', `${report.file}, ${report.bytes.toLocaleString('en')} bytes`],
		['SHA-256', report.sha256],
		...(check ? describeCheck(check).map((line) => ['check', line] as const) : [])
	];
	return rows.map(([key, value]) => `${key.padEnd(9)}${value}`).join('\n');
}

function describeWeights({ file, naming, form }: WeightsReport): string {
	return `${file} (names of ${naming}, ${form} form)`;
}

function describeCheck(check: FormsCheck): string[] {
	const { maxDifference, share, min, max, range } = check;
	const verdict =
		maxDifference === null || share === null
			? 'the file is fused, so there is one form only, and nothing to compare it with'
			: `the forms agree: at most ${digits(maxDifference, 2)}, ${percent(share)} of the logits' range`;
	return [
		failureOf(check) ?? verdict,
		`logits ${digits(min)} to ${digits(max)}, a range of ${digits(range)}`,
		`${check.runtime}, input of seed ${check.inputSeed}`
	];
}

/** Why a check failed; null where it did not. */
export function failureOf({
	notFinite,
	maxDifference,
	share,
	maxShare
}: FormsCheck): string | null {
	if (notFinite > 0) {
		return `${notFinite} logits are not finite: the weights are damaged, or too large for float32.`;
	}
	if (maxDifference === null || share === null || share <= maxShare) return null;
	return `The forms differ by up to ${digits(maxDifference, 2)}, ${percent(share)} of the logits' range, and rounding explains ${percent(maxShare)} at most.`;
}

function digits(value: number, count = 4): string {
	return String(Number(value.toPrecision(count)));
}

function percent(share: number): string {
	return `${digits(share * 100, 2)} %`;
}
