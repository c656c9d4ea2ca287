import { createContext } from 'svelte';
import type { Design } from '../arch/design';
import { nameOfDesign } from '../arch/named-designs';
import { printDesign } from '../arch/query';
import type { Estimate } from '../measure/types';

/** Latencies of a network in both its forms, from one run. */
export interface FormLatencies {
	readonly trainingMs: Estimate;
	readonly deployMs: Estimate;
	/** Training over deploy, from paired rounds. */
	readonly ratio: Estimate;
}

/** What the runs of this visit said of networks in both forms, so that other pages can show it. */
export class MeasuredForms {
	#byName = $state.raw<ReadonlyMap<string, FormLatencies>>(new Map());

	/** @param training a design in training form */
	of(training: Design): FormLatencies | undefined {
		return this.#byName.get(nameOf(training));
	}

	/** Keeps what a run found; of a network that was measured before, the last figures. */
	take(
		found: readonly ({ readonly design: Design | null } & {
			readonly [K in keyof FormLatencies]: FormLatencies[K] | null;
		})[]
	): void {
		const known = new Map(this.#byName);
		for (const { design, trainingMs, deployMs, ratio } of found) {
			if (design && trainingMs && deployMs && ratio) {
				known.set(nameOf(design), { trainingMs, deployMs, ratio });
			}
		}
		this.#byName = known;
	}
}

/** Choices without effect do not count, where a design has a name. */
function nameOf(design: Design): string {
	return nameOfDesign(design)?.name ?? printDesign(design);
}

export const [getMeasuredForms, setMeasuredForms] = createContext<MeasuredForms>();
