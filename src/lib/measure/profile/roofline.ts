import type { Peaks } from './calibration';

/** The work of one part, and how long it took. */
export interface PartWork {
	readonly macs: number;
	/** As if nothing were fused and nothing stayed in a cache: see `arch/intensity`. */
	readonly bytes: number;
	readonly ms: number;
}

/**
 * What limits a part on this device (METHODOLOGY 15).
 * - `compute`: it reaches half of what arithmetic can do, or more
 * - `memory`: it moves half of what memory can, or more
 * - `cache`: it moves more than memory could, so that its data comes from nearer by
 * - `neither`: it is far from both roofs: how its kernel is written, or the call itself, takes the time
 */
export type Limit = 'compute' | 'memory' | 'cache' | 'neither';

export interface RooflinePlace {
	/** MACs a byte. */
	readonly intensity: number;
	readonly macsPerSecond: number;
	/** Of the arithmetic peak, and of the memory peak: 1 is all of it. */
	readonly ofCompute: number;
	readonly ofMemory: number;
	readonly limit: Limit;
}

/** From this share of a roof on, the roof is what holds a part. */
export const NEAR_ROOF = 0.5;
/** Beyond the memory roof by more than its own uncertainty. */
const OVER_ROOF = 1.1;

/** Where a part stands under the roofs; null for one without multiply-accumulates, time or bytes. */
export function rooflinePlace({ macs, bytes, ms }: PartWork, peaks: Peaks): RooflinePlace | null {
	if (macs <= 0 || bytes <= 0 || ms <= 0) return null;
	const macsPerSecond = (macs / ms) * 1000;
	const ofCompute = macsPerSecond / peaks.macsPerSecond;
	const ofMemory = ((bytes / ms) * 1000) / peaks.bytesPerSecond;
	return {
		intensity: macs / bytes,
		macsPerSecond,
		ofCompute,
		ofMemory,
		limit: limitOf(ofCompute, ofMemory)
	};
}

function limitOf(ofCompute: number, ofMemory: number): Limit {
	const isOver = ofMemory > OVER_ROOF;
	if (ofCompute >= NEAR_ROOF && (isOver || ofCompute >= ofMemory)) return 'compute';
	if (isOver) return 'cache';
	return ofMemory >= NEAR_ROOF ? 'memory' : 'neither';
}

/** The best that peaks allow at an intensity, in MACs a second. */
export function roofAt(intensity: number, { macsPerSecond, bytesPerSecond }: Peaks): number {
	return Math.min(macsPerSecond, intensity * bytesPerSecond);
}
