import * as v from 'valibot';
import type { ModuleNode } from '../../arch/module';
import { browserEnvironment, type MeasureEnvironment } from '../browser';
import { takeTurn } from '../guards/one-run';
import { SILENCE, SilenceGuard } from '../guards/silence';
import { watchVisibility } from '../guards/visibility';
import type { Candidate, PauseReason } from '../types';
import type { Peaks } from './calibration';
import { ProfileError, profileFailureOf } from './failure';
import { mapTimes, type TreeTimes } from './map-times';
import { ProfileReply, type ProfileRequest, type ProfileTold } from './messages';

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

/** What a profile waits for: the end of another tab's run, or the page being seen. */
export type ProfileWait = Extract<PauseReason, 'another-tab' | 'page-hidden'>;

/** What a profile needs of the browser; tests pass a false one. */
export type ProfileEnvironment = Pick<
	MeasureEnvironment,
	'createWorker' | 'page' | 'every' | 'locks'
>;

export interface ProfileOptions {
	readonly design: Candidate['design'];
	/** The network's tree, onto which the times are mapped. */
	readonly root: ModuleNode;
	readonly seed?: number;
	/** Told what is waited for, and null once nothing is. */
	readonly onWait?: (reason: ProfileWait | null) => void;
	/** Ends it at once. */
	readonly signal?: AbortSignal;
	readonly environment?: ProfileEnvironment;
}

/**
 * Profiles a network in a worker of its own: WASM, one thread, apart from anything that is timed, and
 * never beside another tab's run. What a hidden page has spoilt is made again (METHODOLOGY 12).
 * @throws a {@link ProfileError} that says why there is no profile, or the signal's reason
 */
export async function profileInWorker({
	design,
	root,
	seed = 1,
	onWait = () => undefined,
	signal = new AbortController().signal,
	environment = profileEnvironment()
}: ProfileOptions): Promise<Profile> {
	signal.throwIfAborted();
	const request: ProfileRequest = { design, seed, ...RUNS };
	const giveBack = await takenTurn(environment, onWait, signal);
	try {
		for (;;) {
			await untilSeen(environment, onWait, signal);
			onWait(null);
			const reply = await profileOnce(environment, request, signal);
			if (reply === 'hidden') continue;
			const { kernels, ...rest } = reply;
			return { ...rest, ...mapTimes(root, kernels) };
		}
	} finally {
		giveBack();
	}
}

/** METHODOLOGY 5.3: one at a time in all tabs. Resolves with what gives the turn back. */
function takenTurn(
	environment: ProfileEnvironment,
	onWait: (reason: ProfileWait) => void,
	signal: AbortSignal
): Promise<() => void> {
	return new Promise((resolve, reject) => {
		const giveBack = takeTurn(environment, {
			onWait: () => onWait('another-tab'),
			// It may come at once, before there is a way to give it back.
			onTurn: () => queueMicrotask(() => resolve(giveBack))
		});
		whenAborted(signal, (reason) => {
			giveBack();
			reject(reason);
		});
	});
}

function untilSeen(
	{ page }: ProfileEnvironment,
	onWait: (reason: ProfileWait) => void,
	signal: AbortSignal
): Promise<void> {
	if (page.visibilityState === 'visible') return Promise.resolve();
	onWait('page-hidden');
	return new Promise((resolve, reject) => {
		const stopWatching = watchVisibility(page, (visible) => {
			if (!visible) return;
			stopWatching();
			resolve();
		});
		whenAborted(signal, (reason) => {
			stopWatching();
			reject(reason);
		});
	});
}

/** One worker's attempt; `hidden` where the page was, at any moment of it. */
async function profileOnce(
	{ createWorker, page, every }: ProfileEnvironment,
	request: ProfileRequest,
	signal: AbortSignal
): Promise<ProfileTold | 'hidden'> {
	const cleanUps: (() => void)[] = [];
	try {
		const worker = createWorker();
		cleanUps.push(() => worker.terminate());
		return await new Promise((resolve, reject) => {
			const silence = new SilenceGuard();
			const lost = (detail: string) => reject(profileFailureOf(detail, 'worker-crashed'));
			worker.onmessage = ({ data }) => {
				const { success, output } = v.safeParse(ProfileReply, data);
				if (!success) lost('a message was not understood');
				else if ('isAlive' in output) silence.heard('loading');
				else if ('failed' in output) reject(new ProfileError(output.failed, output.detail));
				else resolve(output);
			};
			worker.onerror = (event) => {
				event.preventDefault?.();
				lost(event.message || 'the worker stopped');
			};
			worker.onmessageerror = () => lost('a message could not be read');
			whenAborted(signal, reject);
			cleanUps.push(
				watchVisibility(page, (visible) => {
					if (!visible) resolve('hidden');
				}),
				every(SILENCE.tickMs, () => {
					if (silence.tick()) lost('no sign of life');
				})
			);
			worker.postMessage(request);
		});
	} catch (error) {
		if (signal.aborted) throw error;
		throw profileFailureOf(error, 'runtime-refused');
	} finally {
		for (const cleanUp of cleanUps) cleanUp();
	}
}

function whenAborted(signal: AbortSignal, callback: (reason: unknown) => void): void {
	if (signal.aborted) callback(signal.reason);
	else signal.addEventListener('abort', () => callback(signal.reason), { once: true });
}

function profileEnvironment(): ProfileEnvironment {
	return {
		...browserEnvironment(),
		createWorker: () =>
			new Worker(new URL('./profile.worker.ts', import.meta.url), { type: 'module' })
	};
}
