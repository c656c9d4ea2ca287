import type { DropReason, PauseReason } from './types';

/** What a worker can be held by. */
export type HoldReason = Exclude<PauseReason, 'another-tab'>;

/** What the worker knows of the page, as its messages arrive: the worker's side of the guards. */
export class PageLink {
	readonly #holds = new Set<HoldReason>();
	#disturbances: DropReason[] = [];
	#drawings = 0;
	#waiting: (() => void)[] = [];

	get visible(): boolean {
		return !this.#holds.has('page-hidden');
	}

	/** What the run should wait for the end of; null where it may go on. */
	get holdReason(): HoldReason | null {
		return [...this.#holds][0] ?? null;
	}

	/**
	 * How often something has spoilt a measurement, the page's being hidden included: two equal readings
	 * mean that nothing has in between.
	 */
	get timesDisturbed(): number {
		return this.#disturbances.length;
	}

	/** What was the first to spoil a measurement since there were `times`; null for nothing. */
	disturbanceSince(times: number): DropReason | null {
		return this.#disturbances[times] ?? null;
	}

	/** How often the page has drawn. */
	get drawings(): number {
		return this.#drawings;
	}

	setVisible(visible: boolean): void {
		this.setHeld('page-hidden', !visible);
	}

	/** The page or a guard of it holds the run, or lets it go. */
	setHeld(reason: HoldReason, held: boolean): void {
		if (held === this.#holds.has(reason)) return;
		if (held) {
			this.#holds.add(reason);
			// The visitor's wish can wait for the end of the round; all else spoils it.
			if (reason !== 'visitor') this.disturb(reason);
			return;
		}
		this.#holds.delete(reason);
		if (this.#holds.size > 0) return;
		for (const resume of this.#waiting.splice(0)) resume();
	}

	/** Something has spoilt what is measured now, and is over. */
	disturb(reason: DropReason): void {
		this.#disturbances.push(reason);
	}

	drawn(): void {
		this.#drawings++;
	}

	/** Resolves when nothing holds the run, at once if nothing does. */
	async untilClear(): Promise<void> {
		if (this.#holds.size > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
	}
}
