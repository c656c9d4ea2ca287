import type { ResultRow } from './types';

/** Columns of the export: names with units, numbers unrounded, for programs rather than people. */
const COLUMNS: readonly (readonly [string, (row: ResultRow) => string | number | null])[] = [
	['id', ({ id }) => id],
	['label', ({ label }) => label],
	['status', ({ result }) => result.status.state],
	['median_ms', ({ result }) => result.medianMs?.value ?? null],
	['median_low_ms', ({ result }) => result.medianMs?.low ?? null],
	['median_high_ms', ({ result }) => result.medianMs?.high ?? null],
	['min_ms', ({ result }) => result.minMs],
	['p10_ms', ({ result }) => result.p10Ms],
	['p90_ms', ({ result }) => result.p90Ms],
	['is_reference', ({ isReference }) => (isReference ? 1 : 0)],
	['ratio', ({ result }) => result.ratio?.value ?? null],
	['ratio_low', ({ result }) => result.ratio?.low ?? null],
	['ratio_high', ({ result }) => result.ratio?.high ?? null],
	['verdict', ({ result }) => result.verdict],
	['samples', ({ result }) => result.samples.length],
	['outliers_mild', ({ result }) => result.outliers.mild],
	['outliers_extreme', ({ result }) => result.outliers.extreme],
	['flags', ({ result }) => result.flags.join(' ')],
	['params', ({ result }) => result.params],
	['macs', ({ result }) => result.macs],
	['reported_top1_percent', ({ reported }) => reported?.top1 ?? null],
	['reported_latency_iphone12_ms', ({ reported }) => reported?.latencyMs ?? null],
	['reported_regime', ({ reported }) => reported?.regime ?? null],
	['reported_source', ({ reported }) => reported?.source ?? null],
	['model_sha256', ({ result }) => result.modelSha256]
];

/** The result table as CSV (RFC 4180: CRLF, quotes doubled). An unknown value is an empty field. */
export function resultCsv(rows: readonly ResultRow[]): string {
	const lines = [
		COLUMNS.map(([name]) => name),
		...rows.map((row) => COLUMNS.map(([, value]) => csvField(value(row))))
	];
	return lines.map((fields) => `${fields.join(',')}\r\n`).join('');
}

/**
 * One field. A text that a spreadsheet would run as a formula gets a leading apostrophe: labels can
 * come from a shared link.
 */
export function csvField(value: string | number | null): string {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
