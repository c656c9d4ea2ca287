import type { Place } from '../../measure/devices/order';
import type { DeviceRatio } from '../../measure/devices/ratios';
import type { Estimate } from '../../measure/types';

/** A device as it heads a column. */
export interface DeviceHead {
	readonly id: string;
	readonly name: string;
	/** Browser, execution, date: in one line. */
	readonly facts: string;
	readonly kind: 'measured' | 'reported';
}

/** What one device says of one network. */
export interface DeviceCell {
	readonly ratio: DeviceRatio;
	/** Among the networks that all devices have; null for the others. */
	readonly place: Place | null;
	/** Measured here or there, or reported; null where it stands in for nothing. */
	readonly ms: Estimate | number;
}

/** One network, with a cell a device; null where the device has no figure of it. */
export interface DeviceRow {
	readonly design: string;
	readonly label: string;
	readonly cells: readonly (DeviceCell | null)[];
}
