import { sameDesign, type Design } from '../arch/design';
import { isPlanned } from '../arch/planned-network';
import { knownTimes } from '../measure/sweep/known-times';
import { planOf, type StoredSweep } from '../measure/sweep/stored-sweep';
import { workOf } from '../measure/sweep/work';
import { predictor, type LatencyGuess, type Predictor } from '../measure/sweep/predict';
import type { CandidateResult, Conditions, RunResult } from '../measure/types';
import { localSweepStore, type SweepStore } from './sweep-store';

/** What the device's own runs say of a design: measured or predicted, and under which conditions. */
export interface KnownLatency {
	readonly guess: LatencyGuess;
	readonly conditions: Conditions | null;
	/** How many designs a prediction rests on. */
	readonly designs: number;
}

/** Tells designs' latencies from the last sweep that this device keeps. */
export class Predictions {
	readonly #predictor: Predictor | null;
	readonly #conditions: Conditions | null;

	constructor(sweep: StoredSweep | null) {
		this.#predictor = sweep && predictor(planOf(sweep), sweep.run);
		this.#conditions = sweep?.run.conditions ?? null;
	}

	/**
	 * From the sweep that is kept. Building its networks takes tens of milliseconds each: one at a time,
	 * so that the page stays alive between them.
	 */
	static async fromStore(
		store: SweepStore = localSweepStore(),
		pause: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve))
	): Promise<Predictions> {
		const sweep = store.load();
		for (const { design } of sweep ? knownTimes(sweep.run) : []) {
			workOf(design);
			await pause();
		}
		return new Predictions(sweep);
	}

	/** Whether there is a sweep at all. */
	get hasSweep(): boolean {
		return this.#predictor !== null;
	}

	/**
	 * Measured in a run of this visit, else what the sweep knows; null where nothing is known. Of a
	 * design that ran on several backends it is the figure of WebAssembly, as in a sweep.
	 * @param lastRun the last run that this visit made
	 */
	of(design: Design, lastRun: RunResult | null): KnownLatency | null {
		const found = (lastRun?.candidates ?? []).filter(
			({ candidate, medianMs }) =>
				medianMs && !isPlanned(candidate.design) && sameDesign(candidate.design, design)
		);
		const isOnWasm = ({ candidate: { execution } }: CandidateResult) =>
			execution === undefined || execution.backend === 'wasm';
		const fresh = found.find(isOnWasm) ?? found[0];
		if (lastRun && fresh?.medianMs) {
			const { value } = fresh.medianMs;
			const known = { id: fresh.candidate.id, design, medianMs: fresh.medianMs, pairedMs: value };
			return {
				guess: { truth: 'measured', ms: value, known },
				conditions: lastRun.conditions,
				designs: 1
			};
		}
		const guess = this.#predictor?.guess(design) ?? null;
		return (
			guess && {
				guess,
				conditions: this.#conditions,
				designs: this.#predictor?.known.length ?? 0
			}
		);
	}
}
