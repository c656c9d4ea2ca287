import { analyseSweep } from '../../src/lib/measure/sweep/analyse-sweep';
import { predictor } from '../../src/lib/measure/sweep/predict';
import { planOf, type StoredSweep } from '../../src/lib/measure/sweep/stored-sweep';

/** What `npm run bench -- --sweep --json` prints. Ratios are the high value's time over the low one's. */
export interface SweepReport {
	readonly corners: number;
	readonly resolution: number | null;
	readonly rounds: number;
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
	const { effects, interactions, rounds } = analyseSweep(plan, sweep.run);
	const line = (what: string, { ratio, verdict }: (typeof effects)[number]): EffectLine => ({
		what,
		ratio: ratio.value,
		interval: [ratio.low, ratio.high],
		verdict
	});
	const keyOf = (factor: number) => plan.factors[factor]!.key;
	return {
		corners: plan.corners.length,
		resolution: plan.resolution,
		rounds,
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
	effects,
	interactions,
	models
}: SweepReport): string {
	const percent = (ratio: number) => `${((ratio - 1) * 100).toFixed(1)} %`;
	const row = ({ what, ratio, interval: [low, high], verdict }: EffectLine) =>
		`${what.padEnd(44)} ${percent(ratio).padStart(8)}  (${percent(low)} to ${percent(high)})  ${verdict.replace('-', ' ')}`;
	return [
		`${corners} combinations, ${resolution === null ? 'all there are' : `resolution ${resolution}`}, ${rounds} rounds`,
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
