import { isPlanned } from '../arch/planned-network';
import { printDesign } from '../arch/query';
import { reportedFor, top1Under } from '../reported/look-up';
import { executionOf, laneId, laneOf } from './execution';
import type { Candidate, RunResult } from './types';

type Cell = string | number | null;

/**
 * The result table, one row a candidate. Column names hold the units; empty cells are unknown. What is
 * reported says so in its column's name; accuracies are those of 300 epochs without distillation.
 */
export function summaryCsv({
	candidates,
	conditions,
	options,
	roundCount,
	referenceId
}: RunResult): string {
	const lanes = new Map(conditions?.lanes.map((lane) => [lane.id, lane]));
	const laneFor = (candidate: Candidate) =>
		lanes.get(laneId(laneOf(executionOf(candidate, options))));
	return toCsv(
		[
			'id',
			'label',
			'design',
			'status',
			'params',
			'macs',
			'median_ms',
			'median_low_ms',
			'median_high_ms',
			'min_ms',
			'p10_ms',
			'p25_ms',
			'p75_ms',
			'p90_ms',
			'p99_ms',
			'ratio',
			'ratio_low',
			'ratio_high',
			'verdict',
			'reference',
			'samples',
			'rounds',
			'outliers_mild',
			'outliers_extreme',
			'flags',
			'reported_iphone12_ms',
			'reported_top1_percent_300_epochs',
			'model_sha256',
			'backend',
			'device',
			'precision',
			'output_max_difference',
			'threads_asked',
			'threads_effective',
			'protocol',
			'started_at'
		],
		candidates.map((each) => [
			each.candidate.id,
			each.candidate.label,
			isPlanned(each.candidate.design) ? '' : printDesign(each.candidate.design),
			each.status.state === 'failed' ? `failed: ${each.status.reason}` : each.status.state,
			each.params,
			each.macs,
			each.medianMs?.value ?? null,
			each.medianMs?.low ?? null,
			each.medianMs?.high ?? null,
			each.minMs,
			each.p10Ms,
			each.p25Ms ?? null,
			each.p75Ms ?? null,
			each.p90Ms,
			each.p99Ms ?? null,
			each.ratio?.value ?? null,
			each.ratio?.low ?? null,
			each.ratio?.high ?? null,
			each.verdict,
			referenceId,
			each.samples.length,
			roundCount,
			each.outliers.mild,
			each.outliers.extreme,
			each.flags.join(' '),
			...reportedCells(each.candidate.design),
			each.modelSha256,
			laneFor(each.candidate)?.backend ?? null,
			laneFor(each.candidate)?.device ?? null,
			executionOf(each.candidate, options).precision,
			each.outputCheck?.maxDifference ?? null,
			laneFor(each.candidate)?.threads.asked ?? null,
			laneFor(each.candidate)?.threads.effective ?? null,
			conditions?.protocolVersion ?? null,
			conditions?.startedAt ?? null
		])
	);
}

function reportedCells(design: Candidate['design']): [number | null, number | null] {
	const figures = reportedFor(design);
	return [figures.latency?.ms ?? null, top1Under(figures, '300-epochs')?.percent ?? null];
}

/** Every timed run, one row each. */
export function samplesCsv({ candidates }: RunResult): string {
	return toCsv(
		['id', 'round', 'control', 'ms'],
		candidates.flatMap(({ candidate, samples }) =>
			samples.map(({ round, ms, control }) => [candidate.id, round, control ? 1 : 0, ms])
		)
	);
}

/** RFC 4180. */
function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
	return [header, ...rows].map((row) => `${row.map(printCell).join(',')}\r\n`).join('');
}

function printCell(cell: Cell): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return String(cell);
	// A spreadsheet would run a text that starts like a formula.
	const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
