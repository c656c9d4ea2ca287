import type { NamedDesign } from '../arch/named-designs';
import type { Candidate } from '../measure/types';
import * as m from '../paraglide/messages';
import { citation } from '../reported/citation';
import { reportedFor, top1Under } from '../reported/look-up';
import type { Regime } from '../reported/types';
import { REGIME_TEXTS } from '../ui/regime-texts';
import { isInferred } from './inferred';
import type { MeasuredFigures, PlotPoint } from './types';

/** A design to be plotted, with what is known of it on this device. */
export interface PlotDesign {
	readonly id: string;
	readonly label: string;
	readonly shortLabel: string;
	readonly design: Candidate['design'];
	readonly step: NamedDesign['step'];
	readonly measured: MeasuredFigures | null;
	readonly params: number | null;
	readonly macs: number | null;
}

/** Joins a design to what is reported for exactly it, under one training regime. */
export function plotPoint(design: PlotDesign, regime: Regime): PlotPoint {
	const figures = reportedFor(design.design);
	const top1 = top1Under(figures, regime);
	const origin = top1 ?? figures.latency;
	return {
		id: design.id,
		label: design.label,
		shortLabel: design.shortLabel,
		step: design.step,
		reported: origin && {
			latencyMs: figures.latency?.ms ?? null,
			top1: top1?.percent ?? null,
			regime: REGIME_TEXTS[regime](),
			source: citation(origin.source, origin.where)
		},
		measured: design.measured,
		params: design.params,
		macs: design.macs,
		inferred: isInferred(design.design),
		noTop1Reason: top1 === null ? noTop1Reason(figures, regime) : null
	};
}

function noTop1Reason(figures: ReturnType<typeof reportedFor>, regime: Regime): string {
	if (figures.top1.length > 0) return m.measure_no_top1_regime({ regime: REGIME_TEXTS[regime]() });
	return figures.latency ? m.measure_no_top1_any() : m.measure_no_top1_design();
}
