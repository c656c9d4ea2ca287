import type { WorkerLike } from '$lib/measure/browser';
import { LaneHost, type LaneHostDeps } from '$lib/measure/lane-host';
import { openRemoteLane } from '$lib/measure/lane-link';
import { parseLaneCall, type LaneCall } from '$lib/measure/lane-messages';
import type { LanesDeps } from '$lib/measure/lanes';

/**
 * A worker that is none: a lane's real host behind real messages, in this thread. What it says comes
 * in a later task, as from a worker.
 */
export class LaneWorker implements WorkerLike {
	onmessage: WorkerLike['onmessage'] = null;
	onerror: WorkerLike['onerror'] = null;
	onmessageerror: WorkerLike['onmessageerror'] = null;
	terminated = false;
	readonly #host: LaneHost;
	readonly #onCall: (call: LaneCall) => void;

	constructor(deps: LaneHostDeps, onCall: (call: LaneCall) => void) {
		this.#host = new LaneHost(deps);
		this.#onCall = onCall;
	}

	postMessage(message: unknown): void {
		const say = (data: unknown) => {
			if (!this.terminated) {
				this.onmessage?.({ data: structuredClone(data) } as MessageEvent<unknown>);
			}
		};
		const call = parseLaneCall(structuredClone(message));
		this.#onCall(call);
		void this.#host.answer(call, say).then(say);
	}

	terminate(): void {
		this.terminated = true;
	}

	die(message: string): void {
		this.onerror?.({ message, preventDefault: () => {} } as ErrorEvent);
	}
}

/**
 * Opens lanes whose workers are kept, to be looked at and killed.
 * @param onCall hears of each call, before it is answered
 */
export function laneOpener(
	depsOf: (lane: string) => LaneHostDeps,
	onCall: (call: LaneCall) => void = () => {}
): {
	readonly workers: Map<string, LaneWorker>;
	readonly openLane: NonNullable<LanesDeps['openLane']>;
} {
	const workers = new Map<string, LaneWorker>();
	return {
		workers,
		openLane: (lane) =>
			openRemoteLane(lane, () => {
				const worker = new LaneWorker(depsOf(lane.backend), onCall);
				workers.set(lane.backend, worker);
				return worker;
			})
	};
}
