import {
	checkedRatioInterval,
	DEPENDENT_ABOVE,
	lagOneCorrelation,
	memoisedBlocks,
	type DrawBlocks
} from '../../stats/dependence';
import { simultaneousLevel } from '../../stats/interval';
import { leastSquaresWeights } from '../../stats/linear';
import { present } from '../../stats/paired';
import { deriveSeed, mulberry32 } from '../../stats/random';
import { drawResamples } from '../../stats/resample';
import { verdictOf } from '../../stats/verdict';
import { PROTOCOL } from '../protocol';
import type { Estimate, RunResult, Verdict } from '../types';
import { ratioValues, tableOfResult, type VisitTable } from '../visit-table';
import type { Corner, SweepPlan } from './sweep-plan';

/** What turning one choice costs, over all settings of the others (geometric mean). */
export interface Effect {
	/** Place among the plan's factors. */
	readonly factor: number;
	/** Time at the high value over time at the low one. */
	readonly ratio: Estimate;
	readonly verdict: Verdict;
}

/** By how much one choice's ratio changes when another is turned too. */
export interface Interaction {
	/** More than one where the plan cannot tell them apart: then it is all of theirs together. */
	readonly pairs: readonly (readonly [number, number])[];
	readonly ratio: Estimate;
	readonly verdict: Verdict;
}

export interface SweepAnalysis {
	/** In the order of the factors; empty where too many corners failed. */
	readonly effects: readonly Effect[];
	/** In the order of the plan; empty where they can't be told from main effects. */
	readonly interactions: readonly Interaction[];
	/** Rounds that hold every corner. */
	readonly rounds: number;
	/** Corners that are left out: without figures, or lost so early that they have few. */
	readonly missing: readonly Corner[];
	/** Mean correlation of an effect from one round to the next, where it called for blocks. */
	readonly dependence: number | null;
}

/**
 * Main effects and two-way interactions of a sweep (METHODOLOGY 13). All are contrasts of the
 * logarithms of one round's visits, so what a round shares cancels, as in a ratio of two designs.
 */
export function analyseSweep(
	plan: SweepPlan,
	result: Pick<RunResult, 'candidates' | 'options' | 'referenceId'>
): SweepAnalysis {
	const table = tableOfResult(result);
	const { known, missing } = cornersOf(plan, table);
	const logs = known.map(({ id }) => logsOf(table, id, result.referenceId ?? ''));
	const rounds = logs[0]
		? Array.from(logs[0].keys()).filter((row) => logs.every((log) => !Number.isNaN(log[row]!)))
				.length
		: 0;
	const mains = plan.factors.length;
	const both = known.map(({ levels }) => [
		1,
		...levels,
		...plan.interactions.map(productAt(levels))
	]);
	const weights =
		leastSquaresWeights(both) ?? leastSquaresWeights(known.map(({ levels }) => [1, ...levels]));
	if (weights === null || rounds < 2) {
		return { effects: [], interactions: [], rounds, missing, dependence: null };
	}
	// Levels are -1 and 1: an effect spans two of them, a difference of differences four.
	const contrast = (index: number, span: number) =>
		Float64Array.from({ length: table.rounds }, (_, row) =>
			logs.reduce((sum, log, corner) => sum + span * weights[index]![corner]! * log[row]!, 0)
		);
	const effectLogs = plan.factors.map((_, factor) => contrast(1 + factor, 2));
	const interactionLogs = weights
		.slice(1 + mains)
		.map((_, index) => contrast(1 + mains + index, 4));
	const correlations = [...effectLogs, ...interactionLogs].map(dependenceOf);
	// All contrasts weigh the same visits: their mean is steadier than any of them.
	const dependence = correlations.reduce((sum, each) => sum + each, 0) / correlations.length;
	const draw = memoisedBlocks((blockLength) =>
		drawResamples({
			rounds: table.rounds,
			random: mulberry32(deriveSeed(result.options.seed, 'sweep')),
			blockLength
		})
	);
	const effects = estimates(effectLogs, draw, dependence).map((each, factor) => ({
		factor,
		...each
	}));
	const interactions = estimates(interactionLogs, draw, dependence).map((each, index) => ({
		pairs: plan.interactions[index]!,
		...each
	}));
	return {
		effects,
		interactions,
		rounds,
		missing,
		dependence: dependence > DEPENDENT_ABOVE ? dependence : null
	};
}

/**
 * Only rounds with every corner tell an effect. One that was lost early would cost nearly all of them:
 * without it the other corners keep theirs.
 */
function cornersOf({ corners }: SweepPlan, { values }: VisitTable) {
	const counts = corners.map(({ id }) => present(values.get(id) ?? new Float64Array()).length);
	const enough = Math.max(1, Math.max(...counts) / 2);
	return {
		known: corners.filter((_, place) => counts[place]! >= enough),
		missing: corners.filter((_, place) => counts[place]! < enough)
	};
}

function logsOf(table: VisitTable, id: string, referenceId: string): Float64Array {
	return ratioValues(table, id, referenceId).map(Math.log);
}

function productAt(levels: readonly number[]) {
	return ([pair]: readonly (readonly [number, number])[]): number =>
		levels[pair![0]]! * levels[pair![1]]!;
}

/** One family: its intervals hold together at 95 %. */
function estimates(family: readonly Float64Array[], draw: DrawBlocks, dependence: number) {
	const level = simultaneousLevel(PROTOCOL.report.level, family.length);
	return family.map((logs) => {
		const ratio = checkedRatioInterval(logs, draw, level, dependence)!.interval;
		return { ratio, verdict: verdictOf(ratio) };
	});
}

/** From few rounds, or equal ones, the dependence of neighbours says nothing. */
function dependenceOf(logs: Float64Array): number {
	const values = present(logs);
	return values.length < MIN_FOR_LAG ? 0 : lagOneCorrelation(values) || 0;
}

const MIN_FOR_LAG = 20;
