import { findNamedDesign, nameOfDesign, type NamedDesign } from '$lib/arch/named-designs';
import { isPlanned } from '$lib/arch/planned-network';
import { printDesign } from '$lib/arch/query';
import { SIDE_POINTS, stepName } from '$lib/arch/roadmap';
import { isInferred } from '$lib/charts/inferred';
import { plotPoint } from '$lib/charts/plot-points';
import { stepChanges } from '$lib/charts/step-changes';
import type { PlotPoint, ResultRow, StepChange } from '$lib/charts/types';
import type { Candidate, Conditions, RunResult } from '$lib/measure/types';
import * as m from '$lib/paraglide/messages';
import { citation } from '$lib/reported/citation';
import { reportedFor } from '$lib/reported/look-up';
import type { Regime } from '$lib/reported/types';
import { networkId, runOnTheSame } from '$lib/state/executions';
import { linkTo } from '$lib/state/links';
import { executionName, laneName } from '$lib/ui/backend-texts';
import { trainingDetails } from '$lib/ui/design-names';
import { formatDateTime } from '$lib/ui/format';
import { listed } from '$lib/ui/join-texts';
import { SIDE_POINT_SHORT_TEXTS } from '$lib/ui/step-texts';

/** The conditions that stand beside every measured figure; several lanes are all named. */
export function conditionsText(conditions: Conditions | null): string | null {
	if (!conditions) return null;
	const lanes = conditions.lanes.filter(({ use }) => use === 'measuring').map(laneName);
	return listed([...lanes, formatDateTime(conditions.startedAt)]);
}

/** The named design that a candidate is, if it is one. A repeated candidate keeps its base name. */
function namedOf({ id, design }: Candidate) {
	return (
		findNamedDesign(networkId(id).replace(/#\d+$/, '')) ??
		(isPlanned(design) ? undefined : nameOfDesign(design))
	);
}

function hrefOf(candidate: Candidate): string {
	const { design } = candidate;
	if (isPlanned(design)) return linkTo('/checkpoint');
	const step = namedOf(candidate)?.step;
	const isStep = step !== null && step !== undefined && candidate.id.startsWith(stepName(step));
	return isStep && design.form === 'deploy'
		? linkTo('/steps/[step]', { step: String(step) })
		: `${linkTo('/design')}?${printDesign(design)}`;
}

/** A label short enough to stand beside a mark; of a network that ran on several things, with what. */
function shortLabelOf(candidate: Candidate): string {
	const { id, execution } = candidate;
	const short = shortDesignLabel(candidate);
	return execution && networkId(id) !== id ? listed([short, executionName(execution)]) : short;
}

function shortDesignLabel(candidate: Candidate): string {
	const named = namedOf(candidate);
	if (!named) return candidate.label.replace(/ \(.*/, '');
	const { training } = named;
	if (training === null) return shortNameOf(named);
	const short = m.measure_short_training({ name: shortNameOf(findNamedDesign(training.of)!) });
	return listed([short, trainingDetails(training)]);
}

function shortNameOf({ group, step, name, label }: NamedDesign): string {
	if (group === 'roadmap') return String(step);
	const side = SIDE_POINTS.find((point) => point.name === name);
	return side
		? listed([String(side.step), SIDE_POINT_SHORT_TEXTS[side.id]()])
		: label.replace('RepViT-', '');
}

/** Whether a design can stand on the joined roadmap line, which is of deploy forms. */
function stepOf(candidate: Candidate) {
	const named = findNamedDesign(candidate.id);
	return named?.group === 'roadmap' && named.training === null ? named.step : null;
}

export function plotPoints(result: RunResult, regime: Regime): PlotPoint[] {
	const conditions = conditionsText(result.conditions) ?? '';
	return result.candidates.map(({ candidate, medianMs, ratio, params, macs }) =>
		plotPoint(
			{
				id: candidate.id,
				label: candidate.label,
				shortLabel: shortLabelOf(candidate),
				design: candidate.design,
				step: stepOf(candidate),
				measured: medianMs && { medianMs, ratio, conditions },
				params,
				macs
			},
			regime
		)
	);
}

/**
 * The same points, each design's reported latency once: the paper's phone knows nothing of what a network
 * ran on here.
 */
export function withReportedOnce(points: readonly PlotPoint[]): PlotPoint[] {
	return points.map((point) =>
		networkId(point.id) === point.id
			? point
			: { ...point, reported: point.reported && { ...point.reported, latencyMs: null } }
	);
}

export function resultRows(result: RunResult, points: readonly PlotPoint[]): ResultRow[] {
	return result.candidates.map((candidateResult, index) => ({
		id: candidateResult.candidate.id,
		label: candidateResult.candidate.label,
		href: hrefOf(candidateResult.candidate),
		isReference: candidateResult.candidate.id === result.referenceId,
		inferred: points[index]!.inferred,
		result: candidateResult,
		reported: points[index]!.reported
	}));
}

/**
 * Changes from step to step, for the roadmap steps of the run that have their predecessor in it, in the
 * order of the roadmap and wherever the two stand in the run.
 */
export function measuredSteps(result: RunResult): StepChange[] {
	const steps = result.candidates.flatMap(({ candidate }) => {
		const step = stepOf(candidate);
		if (step === null) return [];
		const { latency } = reportedFor(candidate.design);
		return [
			{
				id: candidate.id,
				step,
				label: candidate.label,
				inferred: isInferred(candidate.design),
				reportedLatencyMs: latency?.ms ?? null,
				source: latency && citation(latency.source, latency.where),
				href: hrefOf(candidate)
			}
		];
	});
	return stepChanges(steps, result.pairs);
}

/**
 * Reported latencies on the paper's phone, by candidate id; candidates without one are left out. Of a
 * network on several things the first one's stands: orders are compared on one.
 */
export function reportedLatencies(result: RunResult): Map<string, number> {
	return new Map(
		result.candidates.flatMap(({ candidate }) => {
			const { latency } = reportedFor(candidate.design);
			return latency && networkId(candidate.id) === candidate.id
				? [[candidate.id, latency.ms] as const]
				: [];
		})
	);
}

/** Where the reported latencies of two designs stand, for a tag's detail. */
export function reportedSources(result: RunResult, ids: readonly (string | null)[]): string {
	const sources = result.candidates.flatMap(({ candidate }) => {
		const { latency } = reportedFor(candidate.design);
		return latency && ids.includes(candidate.id) ? [citation(latency.source, latency.where)] : [];
	});
	return [...new Set(sources)].join('; ');
}

/**
 * Whom the first sentence is about: the last design of the run that runs on what the reference does, or
 * the last of all, against the reference.
 */
export function headline(result: RunResult): { designId: string; startedFrom: boolean } | null {
	const others = result.candidates.filter(({ candidate }) => candidate.id !== result.referenceId);
	const reference = result.candidates.find(({ candidate }) => candidate.id === result.referenceId);
	const alike = others.filter(
		({ candidate }) => reference && runOnTheSame(candidate, reference.candidate)
	);
	const last = alike.at(-1) ?? others.at(-1);
	if (!last) return null;
	return {
		designId: last.candidate.id,
		startedFrom: result.referenceId === 'step0' && last.candidate.id === 'step8'
	};
}
