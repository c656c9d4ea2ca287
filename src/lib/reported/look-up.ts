import { deployForm, hasEffect, sameDesign, type Design } from '../arch/design';
import { findNamedDesign, nameOfDesign } from '../arch/named-designs';
import { isPlanned, type PlannedNetwork } from '../arch/planned-network';
import { REPORTED, SE_ABLATION } from './figures';
import type { Regime, ReportedFigures, ReportedTop1 } from './types';

const NOTHING: ReportedFigures = { latency: null, top1: [] };

/**
 * What is published for a design: exactly this design, never a near one. A training form computes what
 * its deploy form computes, so it has the same accuracy; the latencies are of the deploy form alone.
 * With the first release's branches other networks were published, so that there is nothing; nor is
 * there for a network that no choices say.
 */
export function reportedFor(network: Design | PlannedNetwork): ReportedFigures {
	if (isPlanned(network)) return NOTHING;
	const design = network;
	const deployed = reportedForDeploy(deployForm(design));
	if (design.form === 'deploy') return deployed;
	const isOther = hasEffect(design, 'branches') && design.branches === 'first-release';
	if (isOther) return NOTHING;
	// A second head is there to learn from a teacher: who has one was distilled, who has none was not.
	const top1 = hasEffect(design, 'heads')
		? deployed.top1.filter(({ regime }) => regime.endsWith('distilled') === (design.heads === 2))
		: deployed.top1;
	return { latency: null, top1 };
}

function reportedForDeploy(design: Design): ReportedFigures {
	const named = nameOfDesign(design);
	if (named) return REPORTED[named.name] ?? NOTHING;
	const ablation = SE_ABLATION.find(({ name, se }) =>
		sameDesign(design, { ...findNamedDesign(name)!.design, se })
	);
	if (!ablation) return NOTHING;
	return {
		latency: { ms: ablation.ms, where: 'Table 7', source: 'paper-v8' },
		top1: [ablation.top1]
	};
}

/** The accuracy under one training regime, or null where none was reported. */
export function top1Under(figures: ReportedFigures, regime: Regime): ReportedTop1 | null {
	return figures.top1.find((top1) => top1.regime === regime) ?? null;
}
