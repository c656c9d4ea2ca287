import * as m from '../paraglide/messages';
import {
	formatCount,
	formatMs,
	formatMsInterval,
	formatRatio,
	formatReportedMs,
	formatSignificant,
	formatTop1,
	NO_VALUE
} from '../ui/format';
import type { TruthKind } from '../ui/truth';
import type { SortKey } from './sort-rows';
import type { ResultRow } from './types';

export interface ResultColumn {
	readonly key: Exclude<SortKey, 'order' | 'label'>;
	readonly title: () => string;
	/** What the column's figures rest on, as a tag in its head. */
	readonly truth: TruthKind | null;
	/** The cell's text, or the truth that stands there instead of a figure. */
	readonly cell: (row: ResultRow) => string | { readonly missing: TruthKind };
}

/** The columns of figures, in reading order. The verdict follows the ratio; samples and state come last. */
export const RESULT_COLUMNS: readonly ResultColumn[] = [
	{
		key: 'median',
		title: m.charts_median,
		truth: 'measured',
		cell: ({ result }) => formatMsInterval(result.medianMs)
	},
	{
		key: 'ratio',
		title: m.charts_ratio,
		truth: 'measured',
		cell: ({ result, isReference }) =>
			isReference ? m.charts_reference() : formatRatio(result.ratio)
	},
	{
		key: 'top1',
		title: m.charts_top1,
		truth: 'reported',
		cell: ({ reported }) =>
			reported && reported.top1 !== null ? formatTop1(reported.top1) : { missing: 'not-reported' }
	},
	{
		key: 'reportedLatency',
		title: m.charts_iphone_latency,
		truth: 'reported',
		cell: ({ reported }) =>
			reported && reported.latencyMs !== null
				? formatReportedMs(reported.latencyMs)
				: { missing: 'not-reported' }
	},
	{
		key: 'params',
		title: m.charts_params,
		truth: null,
		cell: ({ result }) => formatCount(result.params)
	},
	{
		key: 'macs',
		title: m.charts_macs,
		truth: null,
		cell: ({ result }) => formatCount(result.macs)
	},
	{ key: 'min', title: m.charts_min, truth: null, cell: ({ result }) => formatMs(result.minMs) },
	{ key: 'p10', title: m.charts_p10, truth: null, cell: ({ result }) => formatMs(result.p10Ms) },
	{
		key: 'middleHalf',
		title: m.checks_middle_half,
		truth: null,
		cell: ({ result: { p25Ms, p75Ms } }) =>
			p25Ms == null || p75Ms == null
				? NO_VALUE
				: m.checks_range({ low: formatSignificant(p25Ms), high: formatMs(p75Ms) })
	},
	{ key: 'p90', title: m.charts_p90, truth: null, cell: ({ result }) => formatMs(result.p90Ms) },
	{
		key: 'p99',
		title: m.checks_p99,
		truth: null,
		cell: ({ result }) => formatMs(result.p99Ms ?? null)
	}
];
