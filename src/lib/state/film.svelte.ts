/** Calls back before the next frame is drawn, with the time in milliseconds; `cancel` takes it back. */
export interface FrameClock {
	request(callback: (timeMs: number) => void): number;
	cancel(handle: number): void;
}

const browserClock: FrameClock = {
	request: (callback) => requestAnimationFrame(callback),
	cancel: (handle) => cancelAnimationFrame(handle)
};

/** How long the way from one stop to the next takes. */
export const MS_PER_STEP = 2000;
/** How long it rests at a stop on its way. */
export const HOLD_MS = 700;
/** A longer gap between two frames is a tab that was away: the film goes on where it stood. */
const LONGEST_FRAME_MS = 100;

/** One stretch that a film plays: up to where, and whether it rests at the stops between. */
interface Run {
	readonly target: number;
	readonly msPerStep: number;
	lastMs: number | null;
	holdMs: number;
}

/**
 * A way with stops at 0, 1, 2 ... `last`, and where on it the visitor is. It plays, is scrubbed,
 * goes from stop to stop, and can be stopped anywhere between. Where motion is reduced it stands at
 * stops alone, and everything that would move is a cut.
 */
export class Film {
	readonly last: number;
	readonly #clock: FrameClock;
	readonly #isReduced: () => boolean;
	#position = $state(0);
	#run = $state.raw<Run | null>(null);
	#handle: number | null = null;

	constructor({
		last,
		clock = browserClock,
		isReduced = () => false
	}: {
		/** Number of the last stop. */
		readonly last: number;
		/** The browser's; tests pass a false one. */
		readonly clock?: FrameClock;
		/** Whether the visitor asks for less motion; read anew each time. */
		readonly isReduced?: () => boolean;
	}) {
		this.last = last;
		this.#clock = clock;
		this.#isReduced = isReduced;
	}

	/** From 0 to `last`; whole at a stop. */
	get position(): number {
		return this.#isReduced() ? Math.round(this.#position) : this.#position;
	}

	/** Whether it moves by itself: it plays, or is on its way to a stop. */
	get isPlaying(): boolean {
		return this.#run !== null && !this.#isReduced();
	}

	/** Whether motion is reduced: then there is nothing to play. */
	get isReduced(): boolean {
		return this.#isReduced();
	}

	/** Goes there at once, and stops playing. */
	seek(position: number): void {
		this.pause();
		const within = Math.min(this.last, Math.max(0, position));
		this.#position = this.#isReduced() ? Math.round(within) : within;
	}

	/** Plays to the end, resting at each stop; from the start again where it has ended. */
	play(): void {
		if (this.#isReduced()) return;
		if (this.#position >= this.last) this.#position = 0;
		this.#begin(this.last, MS_PER_STEP);
	}

	/** Stops where it is, half way or not. */
	pause(): void {
		if (this.#handle !== null) this.#clock.cancel(this.#handle);
		this.#handle = null;
		this.#run = null;
	}

	toggle(): void {
		if (this.isPlaying) this.pause();
		else this.play();
	}

	/** On to the next stop; asked for again on the way, to the one behind it. */
	next(): void {
		this.#go(Math.floor(this.#origin('up')) + 1);
	}

	previous(): void {
		this.#go(Math.ceil(this.#origin('down')) - 1);
	}

	/** Where a step counts from: the stop it is heading for in that direction, else where it is. */
	#origin(direction: 'up' | 'down'): number {
		const run = this.#run;
		if (run === null || run.msPerStep === MS_PER_STEP) return this.position;
		const isUp = run.target > this.position;
		return isUp === (direction === 'up') ? run.target : this.position;
	}

	#go(stop: number): void {
		const target = Math.min(this.last, Math.max(0, stop));
		if (this.#isReduced()) this.seek(target);
		else if (target !== this.#position) this.#begin(target, MS_PER_STEP / 2);
	}

	#begin(target: number, msPerStep: number): void {
		this.pause();
		this.#run = { target, msPerStep, lastMs: null, holdMs: 0 };
		this.#handle = this.#clock.request((timeMs) => this.#tick(timeMs));
	}

	#tick(timeMs: number): void {
		const run = this.#run;
		if (run === null) return;
		if (this.#isReduced()) {
			this.seek(run.target);
			return;
		}
		let leftMs = run.lastMs === null ? 0 : Math.min(LONGEST_FRAME_MS, timeMs - run.lastMs);
		run.lastMs = timeMs;
		const heldMs = Math.min(run.holdMs, leftMs);
		run.holdMs -= heldMs;
		leftMs -= heldMs;
		this.#advance(run, leftMs / run.msPerStep);
		if (this.#position === run.target) this.pause();
		else this.#handle = this.#clock.request((nextMs) => this.#tick(nextMs));
	}

	/** At most to the next stop: a film that plays rests there, one that goes to a stop does not. */
	#advance(run: Run, by: number): void {
		if (by <= 0) return;
		const isUp = run.target > this.#position;
		const stop = isUp ? Math.floor(this.#position) + 1 : Math.ceil(this.#position) - 1;
		const to = isUp ? Math.min(stop, this.#position + by) : Math.max(stop, this.#position - by);
		this.#position = to;
		if (to === stop && to !== run.target && run.msPerStep === MS_PER_STEP) run.holdMs = HOLD_MS;
	}
}
