import { sameDesign, type Design } from '../arch/design';
import { isPlanned } from '../arch/planned-network';
import { executionOf, printExecution, type Execution } from '../measure/execution';
import { knownTimes } from '../measure/sweep/known-times';
import { planOf, type StoredSweep } from '../measure/sweep/stored-sweep';
import type { ProfiledPrices } from '../measure/sweep/profile-model';
import { workOf } from '../measure/sweep/work';
import { predictor, type LatencyGuess, type Predictor } from '../measure/sweep/predict';
import type { CandidateResult, Conditions, Estimate, RunResult } from '../measure/types';
import { loadPrices } from './prices-store';
import { localSweepStore, type SweepStore } from './sweep-store';

/** What the device's own runs say of a design: measured or predicted, and under which conditions. */
export interface KnownLatency {
	/** Null where nothing is known of it on what the sweep ran on. */
	readonly guess: LatencyGuess | null;
	readonly conditions: Conditions | null;
	/**
	 * Measured on something else than the sweep was: beside the figure and not in its place,
	 * since all that a page says of designs must be of one device to be compared.
	 */
	readonly elsewhere:
		(Pick<Fresh, 'execution' | 'medianMs'> & Pick<KnownLatency, 'conditions'>) | null;
}

/** Tells designs' latencies from the last sweep that this device keeps. */
export class Predictions {
	readonly #predictor: Predictor | null;
	readonly #conditions: Conditions | null;
	/** What the sweep ran on, as `printExecution` names it; null where there is none. */
	readonly #execution: string | null;

	/** @param prices of the last profile; null without one */
	constructor(sweep: StoredSweep | null, prices: ProfiledPrices | null = null) {
		this.#predictor = sweep && predictor(planOf(sweep), sweep.run, prices);
		this.#conditions = sweep?.run.conditions ?? null;
		this.#execution = sweep && codeIn(sweep.run, sweep.run.candidates[0]);
	}

	/**
	 * From the sweep that is kept. Building its networks takes tens of milliseconds each: one at a time,
	 * so that the page stays alive between them.
	 */
	static async fromStore(
		{
			store = localSweepStore(),
			prices = loadPrices()
		}: { readonly store?: SweepStore; readonly prices?: ProfiledPrices | null } = {},
		pause: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve))
	): Promise<Predictions> {
		const sweep = store.load();
		for (const { design } of sweep ? knownTimes(sweep.run) : []) {
			workOf(design);
			await pause();
		}
		return new Predictions(sweep, prices);
	}

	/** Whether there is a sweep at all. */
	get hasSweep(): boolean {
		return this.#predictor !== null;
	}

	/** Whether a profile may tell what the sweep alone does not. */
	get takesProfile(): boolean {
		return this.#predictor?.takesProfile ?? false;
	}

	/**
	 * Measured in a run, else what the sweep knows; null where nothing is known. A run's figure takes the
	 * place of the sweep's where both ran on the same; without a sweep WebAssembly's is preferred.
	 * @param runs of this device, the newest first
	 */
	of(design: Design, runs: readonly RunResult[]): KnownLatency | null {
		const fresh = runs.flatMap((run) => freshOf(design, run));
		const same = fresh.find(({ code }) => code === this.#execution);
		const guess = same ? null : (this.#predictor?.guess(design) ?? null);
		const other = fresh.find(({ execution }) => execution.backend === 'wasm') ?? fresh[0];
		const measured = same ?? (this.#execution === null ? other : undefined);
		if (measured) {
			const { id, medianMs, conditions } = measured;
			const known = { id, design, medianMs, pairedMs: medianMs.value };
			const guess = { truth: 'measured', ms: medianMs.value, known } as const;
			return { guess, conditions, elsewhere: null };
		}
		if (!guess && !other) return null;
		return { guess, conditions: this.#conditions, elsewhere: other ?? null };
	}
}

interface Fresh {
	readonly id: string;
	readonly execution: Execution;
	readonly code: string;
	readonly medianMs: Estimate;
	readonly conditions: Conditions | null;
}

/** Of a design in a run, one for each thing that it ran on. */
function freshOf(design: Design, { candidates, conditions, options }: RunResult): readonly Fresh[] {
	return candidates.flatMap(({ candidate, medianMs }) => {
		if (!medianMs || isPlanned(candidate.design) || !sameDesign(candidate.design, design))
			return [];
		const execution = executionOf(candidate, options);
		const code = printExecution(execution);
		return [{ id: candidate.id, execution, code, medianMs, conditions }];
	});
}

function codeIn({ options }: RunResult, first: CandidateResult | undefined): string | null {
	return first ? printExecution(executionOf(first.candidate, options)) : null;
}
