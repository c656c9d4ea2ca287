import { createContext } from 'svelte';
import type { Design } from '../arch/design';

/** The design that the visitor had on the design page last, so that other pages can offer it. */
export class LastDesign {
	#design = $state.raw<Design | null>(null);

	/** Null until the design page has been visited. */
	get design(): Design | null {
		return this.#design;
	}

	keep(design: Design): void {
		this.#design = design;
	}
}

export const [getLastDesign, setLastDesign] = createContext<LastDesign>();
