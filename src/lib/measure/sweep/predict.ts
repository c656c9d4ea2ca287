import { sameNetwork, type Design } from '../../arch/design';
import type { RunResult } from '../types';
import { effectsModel } from './effects-model';
import { knownTimes, type KnownTime } from './known-times';
import type { LatencyModel } from './latency-model';
import { partsModel } from './parts-model';
import { profileModel, type ProfiledPrices } from './profile-model';
import type { SweepPlan } from './sweep-plan';

/** What is known of a design's latency here, and how. */
export type LatencyGuess =
	| { readonly truth: 'measured'; readonly ms: number; readonly known: KnownTime }
	| {
			readonly truth: 'predicted';
			readonly ms: number;
			/** Typical error of the model on designs it had not seen: 0.03 is 3 %. */
			readonly error: number;
			readonly model: LatencyModel['kind'];
			/** How many measured designs it was fitted to. */
			readonly designs: number;
	  };

export interface Predictor {
	/** Those that could be fitted, the one that errs less first. */
	readonly models: readonly LatencyModel[];
	readonly known: readonly KnownTime[];
	/** Whether a profile can help: it is of WebAssembly, and its prices are in no proportion to a GPU's. */
	readonly takesProfile: boolean;
	/** Measured where it was, else predicted; null where no model knows the design. */
	readonly guess: (design: Design) => LatencyGuess | null;
}

/**
 * How far beyond what was measured a model is believed: a time twice as long as the slowest design's, or
 * half the fastest's (METHODOLOGY 14.4). Its error is known of designs like those measured alone.
 */
const REACH = 2;

/**
 * Everything a sweep's run knows and can tell of latencies. Of the models that know a design, the one
 * that erred least when each measured design was left out in turn has the word (METHODOLOGY 14.4).
 * @param prices what the last profile of this device paid for each kind of work
 */
export function predictor(
	plan: SweepPlan,
	result: Pick<RunResult, 'candidates' | 'referenceId'>,
	prices: ProfiledPrices | null = null
): Predictor {
	const known = knownTimes(result);
	const takesProfile = result.candidates.every(
		({ candidate: { execution } }) => execution === undefined || execution.backend === 'wasm'
	);
	const models = [
		effectsModel(plan, known),
		partsModel(known),
		prices && takesProfile ? profileModel(known, prices) : null
	]
		.filter((model) => model !== null)
		.sort((a, b) => a.errors.typical - b.errors.typical);
	const times = known.map(({ pairedMs }) => pairedMs);
	const isWithinReach = (ms: number) =>
		ms >= Math.min(...times) / REACH && ms <= Math.max(...times) * REACH;
	return {
		models,
		known,
		takesProfile,
		guess: (design) => {
			const measured = known.find((each) => sameNetwork(each.design, design));
			if (measured) return { truth: 'measured', ms: measured.medianMs.value, known: measured };
			for (const { kind, errors, predictMs } of models) {
				const ms = predictMs(design);
				if (ms === null || !isWithinReach(ms)) continue;
				const { typical: error, leftOut } = errors;
				return { truth: 'predicted', ms, error, model: kind, designs: leftOut.length };
			}
			return null;
		}
	};
}
