import type { Analysis } from '../arch/analysis';
import type { Design } from '../arch/design';
import { printDesign } from '../arch/query';
import { profileFailureOf, type ProfileFailureReason } from '../measure/profile/failure';
import type { Profile, ProfileWait, profileInWorker } from '../measure/profile/profile-client';

/** What became of the profile that was asked for last. */
export type ProfileStatus =
	| { readonly state: 'idle' }
	| { readonly state: 'running' }
	| { readonly state: 'waiting'; readonly reason: ProfileWait }
	| { readonly state: 'failed'; readonly reason: ProfileFailureReason; readonly detail: string };

/** The profiles of one visit: where the time of each design goes on this device. */
export class Profiles {
	readonly #profileDesign: typeof profileInWorker;
	#byDesign = $state.raw<ReadonlyMap<string, Profile>>(new Map());
	#last = $state.raw<{ readonly design: Design; readonly profile: Profile } | null>(null);
	#status = $state.raw<ProfileStatus>({ state: 'idle' });
	#running: AbortController | null = null;

	/** @param profileDesign starts a worker, and is fetched with the first one; tests pass a false one */
	constructor(profileDesign: typeof profileInWorker = fetchAndProfile) {
		this.#profileDesign = profileDesign;
	}

	get status(): ProfileStatus {
		return this.#status;
	}

	/** The one that was made last. */
	get last(): { readonly design: Design; readonly profile: Profile } | null {
		return this.#last;
	}

	/** The profile of a design; undefined where there is none yet. */
	of({ design }: Pick<Analysis, 'design'>): Profile | undefined {
		return this.#byDesign.get(printDesign(design));
	}

	/** Profiles a design. Resolves when that has ended, however it has; never rejects. */
	async run({ design, root }: Pick<Analysis, 'design' | 'root'>): Promise<void> {
		this.stop();
		const controller = new AbortController();
		this.#running = controller;
		this.#status = { state: 'running' };
		try {
			const profile = await this.#profileDesign({
				design,
				root,
				signal: controller.signal,
				onWait: (reason) => {
					if (this.#running !== controller) return;
					this.#status = reason === null ? { state: 'running' } : { state: 'waiting', reason };
				}
			});
			this.#byDesign = new Map(this.#byDesign).set(printDesign(design), profile);
			this.#last = { design, profile };
			if (this.#running === controller) this.#status = { state: 'idle' };
		} catch (error) {
			// What was stopped has ended as asked.
			if (this.#running === controller) {
				// Fetching what profiles may fail too.
				const { reason, message } = profileFailureOf(error, 'runtime-refused');
				this.#status = { state: 'failed', reason, detail: message };
			}
		}
	}

	/** Ends the profile that is being made. */
	stop(): void {
		this.#running?.abort();
		this.#running = null;
		this.#status = { state: 'idle' };
	}
}

const fetchAndProfile: typeof profileInWorker = async (options) => {
	const client = await import('../measure/profile/profile-client');
	return client.profileInWorker(options);
};
