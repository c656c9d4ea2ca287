import { PROTOCOL } from '../protocol';

/** What a guard of the battery needs of the browser's battery manager. */
export interface BatterySource {
	/** 0 to 1. */
	readonly level: number;
	readonly charging: boolean;
	addEventListener(type: 'levelchange' | 'chargingchange', listener: () => void): void;
	removeEventListener(type: 'levelchange' | 'chargingchange', listener: () => void): void;
}

/**
 * Tells when the battery runs low and nothing charges it (METHODOLOGY 5.3): devices then save energy by
 * clocking down. Says so at once if it is low already.
 * @param onChange `detail` holds the charge in per cent
 * @returns stops watching
 */
export function watchBattery(
	battery: BatterySource,
	onChange: (isLow: boolean, detail: string) => void
): () => void {
	let wasLow = false;
	const look = () => {
		const isLow = !battery.charging && battery.level < PROTOCOL.guards.batteryLow;
		if (isLow === wasLow) return;
		wasLow = isLow;
		const charging = battery.charging ? 'charging' : 'discharging';
		onChange(isLow, `${Math.round(battery.level * 100)} %, ${charging}`);
	};
	battery.addEventListener('levelchange', look);
	battery.addEventListener('chargingchange', look);
	look();
	return () => {
		battery.removeEventListener('levelchange', look);
		battery.removeEventListener('chargingchange', look);
	};
}
