import { printDesign } from '../../arch/query';
import type { Design } from '../../arch/design';
import type { Profile } from './profile-client';

/** A profile as a file holds it, schema `repvit-explorer/profile` version 1. Times are milliseconds. */
export interface StoredProfile {
	readonly schema: 'repvit-explorer/profile';
	readonly schemaVersion: 1;
	/** As a query string. */
	readonly design: string;
	readonly runtime: Profile['runtime'];
	readonly threads: 1;
	readonly runs: number;
	readonly runMs: number;
	readonly wallMs: number;
	readonly unmappedMs: number;
	readonly overheadMs: number;
	readonly peaks: Profile['peaks'];
	/** By path in the tree. */
	readonly timesMs: Readonly<Record<string, number>>;
}

export function storedProfile(design: Design, profile: Profile): StoredProfile {
	const { runtime, runs, runMs, wallMs, unmappedMs, peaks, timesMs } = profile;
	return {
		schema: 'repvit-explorer/profile',
		schemaVersion: 1,
		design: printDesign(design),
		runtime,
		threads: 1,
		runs,
		runMs,
		wallMs,
		unmappedMs,
		overheadMs: overheadMs(profile),
		peaks,
		timesMs: Object.fromEntries(timesMs)
	};
}

/** All kernels that stand for a part of the tree. */
export function mappedMs({ timesMs }: Pick<Profile, 'timesMs'>): number {
	return [...timesMs.values()].reduce((sum, ms) => sum + ms, 0);
}

/** What is left of a run beside its kernels: the runtime's own work between them. */
export function overheadMs(profile: Pick<Profile, 'timesMs' | 'unmappedMs' | 'runMs'>): number {
	return Math.max(0, profile.runMs - mappedMs(profile) - profile.unmappedMs);
}
