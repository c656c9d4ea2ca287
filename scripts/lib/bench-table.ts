import type { Estimate } from '../../src/lib/measure/types';
import { formatMs, formatMsInterval, formatRatio, NO_VALUE } from '../../src/lib/ui/format';
import type { BenchDesign, BenchReport } from './bench-report';

/** A run as a table for a terminal, the conditions under it. */
export function benchTable(report: BenchReport): string {
	const { designs, control } = report;
	const reference = designs.find(({ verdict }) => verdict === 'reference');
	const head = ['design', 'median', 'p90', `ratio to ${reference?.name ?? NO_VALUE}`, 'verdict'];
	const lines = alignColumns([head, ...designs.map(cells)]);
	if (control) {
		const ratio = formatRatio(estimate(control.ratio, control.interval));
		lines.push('', `The reference against itself: ${ratio}, ${spoken(control.verdict)}.`);
		if (!report.reliable) {
			lines.push('So the machine was too busy: do not rely on this run, repeat it.');
		}
	}
	return [...lines, ...conditionLines(report)].join('\n');
}

function cells(design: BenchDesign): string[] {
	const { name, medianMs, medianInterval, p90Ms, ratio, interval, verdict, status, flags } = design;
	const state = verdict ? spoken(verdict) : status;
	return [
		name,
		formatMsInterval(estimate(medianMs, medianInterval)),
		formatMs(p90Ms),
		verdict === 'reference' ? '1' : formatRatio(estimate(ratio, interval)),
		[state, ...flags.map(spoken)].join(', ')
	];
}

function estimate(value: number, interval: readonly [number, number]): Estimate;
function estimate(
	value: number | null,
	interval: readonly [number, number] | null
): Estimate | null;
function estimate(
	value: number | null,
	interval: readonly [number, number] | null
): Estimate | null {
	return value === null || interval === null
		? null
		: { value, low: interval[0], high: interval[1] };
}

function spoken(code: string): string {
	return code.replaceAll('-', ' ');
}

function conditionLines({ conditions, rounds, status, reason }: BenchReport): string[] {
	if (!conditions) return [];
	const { lanes, crossOriginIsolated, logicalCores, seed } = conditions;
	return [
		'',
		...lanes.map(({ runtime, backend, device, threads }) =>
			[
				`${runtime.name} ${runtime.version}, ${backend}${device ? ` ${device}` : ''}`,
				`threads ${threads.effective} of ${threads.asked} asked`
			].join(' · ')
		),
		[
			crossOriginIsolated ? 'isolated' : 'not isolated',
			`${logicalCores ?? 'unknown'} cores`,
			`seed ${seed}`
		].join(' · '),
		`${rounds} rounds, ${status}${reason ? ` (${spoken(reason)})` : ''} · ${conditions.userAgent}`
	];
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0))
	);
	return rows.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('   ')
			.trimEnd()
	);
}
