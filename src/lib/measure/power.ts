import type { BatterySource } from './guards/battery';
import { PRESSURE_STATES, type PressureState } from './guards/pressure';

/*
 * Two interfaces that not all browsers have, and that TypeScript does not know. Whatever they do, a run
 * goes on without them.
 */

/** The battery that the browser tells of; null where it tells of none. */
export async function batteryOf(navigator: object): Promise<BatterySource | null> {
	const { getBattery } = navigator as { getBattery?: () => Promise<BatterySource> };
	try {
		return (await getBattery?.call(navigator)) ?? null;
	} catch {
		return null;
	}
}

interface PressureObserverLike {
	observe(source: 'cpu', options: { readonly sampleInterval: number }): Promise<void>;
	disconnect(): void;
}

type PressureObserverConstructor = new (
	callback: (records: readonly { readonly state: string }[]) => void
) => PressureObserverLike;

const SAMPLE_MS = 1000;

/**
 * Observes the processor's pressure, where the browser can.
 * @returns stops observing
 */
export function pressureOf(scope: object, onState: (state: PressureState) => void): () => void {
	const { PressureObserver } = scope as { PressureObserver?: PressureObserverConstructor };
	if (!PressureObserver) return () => {};
	try {
		const observer = new PressureObserver((records) => {
			const last = records.at(-1)?.state;
			const state = PRESSURE_STATES.find((each) => each === last);
			if (state) onState(state);
		});
		// Refused by policy, or no sensor here.
		observer.observe('cpu', { sampleInterval: SAMPLE_MS }).catch(() => {});
		return () => observer.disconnect();
	} catch {
		return () => {};
	}
}
