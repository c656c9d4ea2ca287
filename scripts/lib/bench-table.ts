import {
	checkRows,
	OUTCOME_SIGNS,
	reliabilityText,
	type CheckRow
} from '../../src/lib/charts/check-texts';
import { shortfallText } from '../../src/lib/charts/shortfall-text';
import { isReliable } from '../../src/lib/measure/checks';
import type { Estimate, RunResult } from '../../src/lib/measure/types';
import * as m from '../../src/lib/paraglide/messages';
import { formatMs, formatMsInterval, formatRatio, NO_VALUE } from '../../src/lib/ui/format';
import type { BenchDesign, BenchReport } from './bench-report';

/**
 * A run as a table for a terminal; what it says of itself and its conditions under it.
 * @param result the run that the report is of
 */
export function benchTable(report: BenchReport, result: RunResult): string {
	const { designs } = report;
	const reference = designs.find(({ verdict }) => verdict === 'reference');
	const head = ['design', 'median', 'p90', `ratio to ${reference?.name ?? NO_VALUE}`, 'verdict'];
	const lines = alignColumns([head, ...designs.map(cells)]);
	const checks = checkRows(result);
	if (checks.length > 0) lines.push('', ...checks.map(checkLine));
	const reliability =
		isReliable(result) === false ? m.checks_unreliable() : reliabilityText(result);
	const said = [reliability, shortfallText(result)].filter((text) => text !== null);
	if (said.length > 0) lines.push('', ...said);
	return [...lines, ...conditionLines(report)].join('\n');
}

function checkLine({ name, outcome, text }: CheckRow): string {
	return `${outcome ? OUTCOME_SIGNS[outcome] : ' '} ${name}: ${text}`;
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
