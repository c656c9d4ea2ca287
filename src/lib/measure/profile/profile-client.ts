import * as v from 'valibot';
import type { ModuleNode } from '../../arch/module';
import type { Candidate } from '../types';
import type { WorkerLike } from '../browser';
import type { Peaks } from './calibration';
import { ProfileReply, type ProfileRequest } from './messages';
import { mapTimes, type TreeTimes } from './map-times';

/** Where the time of a network goes on this device, with the conditions that it was found under. */
export interface Profile extends TreeTimes {
	/** From call to return inside the runtime. */
	readonly runMs: number;
	/** All kernels of one run, and what that run takes beside them. */
	readonly kernelMs: number;
	readonly overheadMs: number;
	/** A run without the profiler, by the clock outside; in turn with the profiled ones. */
	readonly wallMs: number;
	/** What the device reaches at best; null where it could not be found out. */
	readonly peaks: Peaks | null;
	readonly runs: number;
	readonly runtime: { readonly name: string; readonly version: string };
}

/** Medians settle over this many runs; the first ones are cold. */
const RUNS = { warmUpRuns: 5, runs: 25 } as const;

/**
 * Profiles a network in a worker of its own: WASM, one thread, apart from anything that is timed.
 * @param root the network's tree, onto which the times are mapped
 * @throws an Error that says why there is no profile
 */
export async function profileInWorker({
	design,
	root,
	seed = 1,
	createWorker = newWorker,
	signal
}: {
	readonly design: Candidate['design'];
	readonly root: ModuleNode;
	readonly seed?: number;
	readonly createWorker?: () => WorkerLike;
	/** Ends it at once. */
	readonly signal?: AbortSignal;
}): Promise<Profile> {
	signal?.throwIfAborted();
	const worker = createWorker();
	try {
		const reply = await new Promise<unknown>((resolve, reject) => {
			worker.onmessage = ({ data }) => resolve(data);
			worker.onerror = ({ message }) => reject(new Error(message || 'the worker ended'));
			worker.onmessageerror = () => reject(new Error('a message could not be read'));
			signal?.addEventListener('abort', () => reject(new Error('it was stopped')));
			worker.postMessage({ design, seed, ...RUNS } satisfies ProfileRequest);
		});
		const parsed = v.parse(ProfileReply, reply);
		if ('error' in parsed) throw new Error(parsed.error);
		const { kernels, ...rest } = parsed;
		return { ...rest, ...mapTimes(root, kernels) };
	} finally {
		worker.terminate();
	}
}

function newWorker(): Worker {
	return new Worker(new URL('./profile.worker.ts', import.meta.url), { type: 'module' });
}
