import { analyseSweep } from '../../src/lib/measure/sweep/analyse-sweep';
import { holdsOne } from '../../src/lib/measure/checks';
import { predictor } from '../../src/lib/measure/sweep/predict';
import { planOf, type StoredSweep } from '../../src/lib/measure/sweep/stored-sweep';

/** What `npm run bench -- --sweep --json` prints. Ratios are the high value's time over the low one's. */
export interface SweepReport {
	readonly schema: 'repvit-explorer/bench-sweep';
	readonly schemaVersion: 1;
	readonly corners: number;
	readonly resolution: number | null;
	readonly rounds: number;
	/** Whether the live control holds 1 (METHODOLOGY 13.3); null where there is none to tell by. */
	readonly reliable: boolean | null;
	/** Combinations that the effects are told without. */
	readonly missing: readonly string[];
	/** Correlation from round to round, where it called for blocks. */
	readonly dependence: number | null;
	/** Networks that failed, each with its reason. */
	readonly failed: readonly string[];
	readonly effects: readonly EffectLine[];
	readonly interactions: readonly EffectLine[];
	readonly models: readonly {
		readonly kind: string;
		readonly terms: number;
		readonly typicalError: number;
		readonly largestError: number;
		readonly designs: number;
	}[];
	/** The page's own file, with the whole run. */
	readonly sweep: StoredSweep;
}

interface EffectLine {
	/** For example `stem: mobilenetv3 -> early-conv`, or `stem x se | kernel x form`. */
	readonly what: string;
	readonly ratio: number;
	readonly interval: readonly [low: number, high: number];
	readonly verdict: string;
}

/** A sweep in the words of the command line. */
export function sweepReport(sweep: StoredSweep): SweepReport {
	const plan = planOf(sweep);
	const { effects, interactions, rounds, missing, dependence } = analyseSweep(plan, sweep.run);
	const { control, candidates } = sweep.run;
	const line = (what: string, { ratio, verdict }: (typeof effects)[number]): EffectLine => ({
		what,
		ratio: ratio.value,
		interval: [ratio.low, ratio.high],
		verdict
	});
	const keyOf = (factor: number) => plan.factors[factor]!.key;
	return {
		schema: 'repvit-explorer/bench-sweep',
		schemaVersion: 1,
		corners: plan.corners.length,
		resolution: plan.resolution,
		rounds,
		reliable: control && control.ratio.roundsNeeded === undefined ? holdsOne(control.ratio) : null,
		missing: missing.map(({ id }) => id),
		dependence,
		failed: candidates.flatMap(({ candidate: { id }, status }) =>
			status.state === 'failed' ? [`${id} failed: ${status.reason}: ${status.detail}`] : []
		),
		effects: effects.map((effect) => {
			const { key, low, high } = plan.factors[effect.factor]!;
			return line(`${key}: ${String(low)} -> ${String(high)}`, effect);
		}),
		interactions: interactions.map(({ pairs, ...each }) =>
			line(pairs.map(([a, b]) => `${keyOf(a)} x ${keyOf(b)}`).join(' | '), { factor: 0, ...each })
		),
		models: predictor(plan, sweep.run).models.map(({ kind, terms, errors }) => ({
			kind,
			terms,
			typicalError: errors.typical,
			largestError: errors.largest,
			designs: errors.leftOut.length
		})),
		sweep
	};
}

/** The same as a table for a terminal. */
export function sweepTable({
	corners,
	resolution,
	rounds,
	reliable,
	missing,
	dependence,
	effects,
	interactions,
	models
}: SweepReport): string {
	const percent = (ratio: number) => `${((ratio - 1) * 100).toFixed(1)} %`;
	const row = ({ what, ratio, interval: [low, high], verdict }: EffectLine) =>
		`${what.padEnd(44)} ${percent(ratio).padStart(8)}  (${percent(low)} to ${percent(high)})  ${verdict.replace('-', ' ')}`;
	return [
		`${corners} combinations, ${resolution === null ? 'all there are' : `resolution ${resolution}`}, ${rounds} rounds`,
		...(reliable === false
			? ['Unreliable: the reference, measured twice in every round, differs from itself.']
			: []),
		...(missing.length > 0 ? [`Told without ${missing.join(', ')}`] : []),
		...(dependence === null
			? []
			: [`Rounds depend on each other (${dependence.toFixed(2)}): intervals are of blocks`]),
		'',
		...effects.map(row),
		'',
		'Interactions: by how much one choice costs more when the other is turned too',
		...interactions.map(row),
		'',
		...models.map(
			({ kind, terms, typicalError, largestError, designs }) =>
				`Sum of ${kind}, ${terms} terms: errs by ${percent(1 + typicalError)} typically, ${percent(1 + largestError)} at most, over ${designs} designs left out in turn`
		)
	].join('\n');
}
