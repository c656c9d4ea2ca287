import type { MeasureEnvironment } from '../browser';
import { watchBattery } from './battery';
import { ClockJumpGuard } from './clock-jump';
import { PressureGuard, type PressureState } from './pressure';
import { ThrottleGuard } from './throttling';

/** What the guards of the page have to say to a run. */
export interface GuardHooks {
	/** The run should wait, or need not any longer. */
	readonly hold: (reason: 'battery-low' | 'pressure', held: boolean) => void;
	/** The round under way is spoilt. */
	readonly disturbed: (reason: 'page-throttled' | 'clock-jumped', detail: string) => void;
	/** Worth a place on the timeline. */
	readonly noted: (event: 'pressure' | 'battery', detail: string) => void;
}

/**
 * All guards of METHODOLOGY 5.3 that watch the device from the page, wired to what this browser has.
 * One that it lacks is left out.
 */
export class Surroundings {
	readonly #environment: MeasureEnvironment;
	readonly #hooks: GuardHooks;
	readonly #pressure = new PressureGuard();
	readonly #clock: ClockJumpGuard;
	readonly #throttle: ThrottleGuard;
	readonly #held = new Set<'battery-low' | 'pressure'>();
	readonly #cleanUps: (() => void)[] = [];
	#lastState: PressureState | null = null;
	#isBatteryOverruled = false;
	#isOver = false;

	/** @param tickMs how often {@link tick} will be called */
	constructor(environment: MeasureEnvironment, tickMs: number, hooks: GuardHooks) {
		this.#environment = environment;
		this.#hooks = hooks;
		this.#clock = new ClockJumpGuard(environment.now, () => environment.date().getTime());
		this.#throttle = new ThrottleGuard(tickMs);
		this.#watchPressure();
		void this.#watchBattery();
	}

	/** The run loads the processor from now on. */
	loaded(): void {
		this.#pressure.loaded(this.#environment.now());
	}

	/** The page has analysed and drawn, which may have taken its time. */
	drawn(): void {
		this.#throttle.excuse();
	}

	tick(): void {
		const { page, now } = this.#environment;
		const jumpMs = this.#clock.tick();
		if (jumpMs !== null) this.#hooks.disturbed('clock-jumped', `${Math.round(jumpMs)} ms`);
		const lateMs = this.#throttle.tick(now(), page.visibilityState === 'visible');
		// A clock that jumped makes every tick look late.
		if (lateMs !== null && jumpMs === null) {
			this.#hooks.disturbed('page-throttled', `a tick ${Math.round(lateMs)} ms late`);
		}
		this.#setHeld('pressure', this.#pressure.tick(now()));
	}

	/**
	 * The visitor goes on in spite of the guards that hold the run: they hold it no more.
	 * @returns the guards that this overruled
	 */
	overrule(): readonly string[] {
		const overruled = [...this.#held];
		for (const reason of overruled) {
			if (reason === 'pressure') this.#pressure.overrule();
			else this.#isBatteryOverruled = true;
			this.#setHeld(reason, false);
		}
		return overruled;
	}

	close(): void {
		this.#isOver = true;
		for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
	}

	#watchPressure(): void {
		const stop = this.#environment.watchPressure?.((state) => {
			// Browsers tell the state again and again; only a change has a place on the timeline.
			if (this.#isOver || state === this.#lastState) return;
			this.#lastState = state;
			this.#hooks.noted('pressure', state);
			this.#setHeld('pressure', this.#pressure.changed(state, this.#environment.now()));
		});
		if (stop) this.#cleanUps.push(stop);
	}

	async #watchBattery(): Promise<void> {
		const battery = await this.#environment.battery?.().catch(() => null);
		if (!battery || this.#isOver) return;
		this.#cleanUps.push(
			watchBattery(battery, (isLow, detail) => {
				this.#hooks.noted('battery', detail);
				this.#setHeld('battery-low', isLow && !this.#isBatteryOverruled);
			})
		);
	}

	#setHeld(reason: 'battery-low' | 'pressure', held: boolean): void {
		if (held === this.#held.has(reason)) return;
		if (held) this.#held.add(reason);
		else this.#held.delete(reason);
		this.#hooks.hold(reason, held);
	}
}
