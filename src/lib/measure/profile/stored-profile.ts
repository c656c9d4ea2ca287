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
	readonly kernelMs: number;
	readonly unmappedMs: number;
	readonly overheadMs: number;
	readonly peaks: Profile['peaks'];
	/** By path in the tree. */
	readonly timesMs: Readonly<Record<string, number>>;
}

export function storedProfile(design: Design, profile: Profile): StoredProfile {
	const { timesMs, ...rest } = profile;
	return {
		schema: 'repvit-explorer/profile',
		schemaVersion: 1,
		design: printDesign(design),
		threads: 1,
		...rest,
		timesMs: Object.fromEntries(timesMs)
	};
}
