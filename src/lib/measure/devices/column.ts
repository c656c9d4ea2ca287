import { NAMED_DESIGNS, nameOfDesign } from '../../arch/named-designs';
import { reportedFor } from '../../reported/look-up';
import type { Execution, RunSummary, SummaryCandidate } from '../share/summary';

/*
 * Devices side by side: a column is one run on one execution, or the paper's phone. What stands in a
 * column is compared with what stands in another by ratios, orders and ranks, never by milliseconds.
 */

/** A run on one execution. A run over several lanes is several columns. */
export interface MeasuredColumn {
	readonly kind: 'measured';
	readonly id: string;
	readonly summary: RunSummary;
	readonly execution: Execution;
	/** Places in `summary.candidates` by design (`SummaryCandidate.design`). */
	readonly places: ReadonlyMap<string, number>;
}

/** The paper's iPhone 12, as reported. */
export interface ReportedColumn {
	readonly kind: 'reported';
	readonly id: 'reported';
	/** Milliseconds by design. */
	readonly reportedMs: ReadonlyMap<string, number>;
}

export type DeviceColumn = MeasuredColumn | ReportedColumn;

/** The columns of a run; designs without a latency are left out, and so are networks without choices. */
export function measuredColumns(id: string, summary: RunSummary): MeasuredColumn[] {
	return summary.executions.flatMap((execution, index) => {
		const places = new Map<string, number>();
		summary.candidates.forEach((candidate, place) => {
			const { design } = candidate;
			const counts = design !== null && candidate.execution === index && hasLatency(candidate);
			// The same design twice is an A/A check: the first one stands for both.
			if (counts && !places.has(design)) places.set(design, place);
		});
		const suffix = summary.executions.length > 1 ? `/${index}` : '';
		return places.size === 0
			? []
			: [{ kind: 'measured' as const, id: id + suffix, summary, execution, places }];
	});
}

function hasLatency({ medianMs, hasFailed }: SummaryCandidate): boolean {
	return medianMs !== null && !hasFailed;
}

/** All latencies that are published for designs with a name. */
export function reportedColumn(): ReportedColumn {
	const reportedMs = new Map<string, number>();
	for (const { design } of NAMED_DESIGNS) {
		const { latency } = reportedFor(design);
		// Step 8 and RepViT-M0.9 are one design, under the name that a run gives it.
		const name = nameOfDesign(design)?.name;
		if (latency && name !== undefined) reportedMs.set(name, latency.ms);
	}
	return { kind: 'reported', id: 'reported', reportedMs };
}

/** The designs of a column, in its order. */
export function designsOf(column: DeviceColumn): string[] {
	return [...(column.kind === 'measured' ? column.places : column.reportedMs).keys()];
}

/** `1` of `1.0.0`: results of different majors are never plotted together (METHODOLOGY, head). */
export function protocolMajor({
	conditions
}: {
	readonly conditions: Pick<RunSummary['conditions'], 'protocolVersion'>;
}): string {
	return conditions.protocolVersion.split('.')[0] ?? '';
}
