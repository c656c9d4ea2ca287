import { createContext } from 'svelte';
import { availableStorage } from './storage';

/** What the tour shows, in its order. */
export const TOUR_STOPS = ['plot', 'drawing', 'words', 'choices', 'take-away', 'measure'] as const;
export type TourStop = (typeof TOUR_STOPS)[number];

const STORAGE_KEY = 'tour';
const ANSWERED = 'answered';

/**
 * The tour of the site: offered at a first visit, taken or refused, left at any time, taken again at
 * will. That it was answered is remembered on the device where storage is allowed; where it is not,
 * the tour is offered again, and nothing else is lost.
 */
export class TourState {
	#phase = $state<'silent' | 'offered' | 'running'>('silent');
	#index = $state(0);
	#isAnswered = false;
	readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | null;

	constructor({
		storage = availableStorage()
	}: { storage?: Pick<Storage, 'getItem' | 'setItem'> | null } = {}) {
		this.#storage = storage;
	}

	get isOffered(): boolean {
		return this.#phase === 'offered';
	}

	/** Where the tour is; null while it does not run. */
	get stop(): TourStop | null {
		return this.#phase === 'running' ? TOUR_STOPS[this.#index]! : null;
	}

	/** Counted from 1. */
	get number(): number {
		return this.#index + 1;
	}

	get isFirst(): boolean {
		return this.#index === 0;
	}

	get isLast(): boolean {
		return this.#index === TOUR_STOPS.length - 1;
	}

	/** Offers the tour, unless it was answered before or runs already. */
	offer(): void {
		if (this.#phase === 'silent' && !this.#wasAnswered()) this.#phase = 'offered';
	}

	/** Takes an offer back without an answer: it may come again. */
	withdraw(): void {
		if (this.#phase === 'offered') this.#phase = 'silent';
	}

	/** Begins at the first stop, from wherever the tour is. */
	start(): void {
		this.#remember();
		this.#index = 0;
		this.#phase = 'running';
	}

	/** The next stop; behind the last one the tour ends. */
	next(): void {
		if (this.#phase !== 'running') return;
		if (this.isLast) this.end();
		else this.#index++;
	}

	back(): void {
		if (this.#phase === 'running' && !this.isFirst) this.#index--;
	}

	/** Refuses the offer, or leaves the tour. */
	end(): void {
		this.#remember();
		this.#phase = 'silent';
	}

	#wasAnswered(): boolean {
		try {
			return this.#isAnswered || this.#storage?.getItem(STORAGE_KEY) === ANSWERED;
		} catch {
			return this.#isAnswered;
		}
	}

	#remember(): void {
		this.#isAnswered = true;
		try {
			this.#storage?.setItem(STORAGE_KEY, ANSWERED);
		} catch {
			// Refused or full: at the next visit the tour is offered again.
		}
	}
}

export const [getTour, setTour] = createContext<TourState>();
