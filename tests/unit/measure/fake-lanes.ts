import type { WorkerLike } from '$lib/measure/browser';
import { LaneHost, type LaneHostDeps } from '$lib/measure/lane-host';
import { openRemoteLane } from '$lib/measure/lane-link';
import { parseLaneCall } from '$lib/measure/lane-messages';
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

	constructor(deps: LaneHostDeps) {
		this.#host = new LaneHost(deps);
	}

	postMessage(message: unknown): void {
		const say = (data: unknown) => {
			if (!this.terminated) {
				this.onmessage?.({ data: structuredClone(data) } as MessageEvent<unknown>);
			}
		};
		void this.#host.answer(parseLaneCall(structuredClone(message)), say).then(say);
	}

	terminate(): void {
		this.terminated = true;
	}

	die(message: string): void {
		this.onerror?.({ message, preventDefault: () => {} } as ErrorEvent);
	}
}

/** Opens lanes whose workers are kept, to be looked at and killed. */
export function laneOpener(depsOf: (lane: string) => LaneHostDeps): {
	readonly workers: Map<string, LaneWorker>;
	readonly openLane: NonNullable<LanesDeps['openLane']>;
} {
	const workers = new Map<string, LaneWorker>();
	return {
		workers,
		openLane: (lane) =>
			openRemoteLane(lane, () => {
				const worker = new LaneWorker(depsOf(lane.backend));
				workers.set(lane.backend, worker);
				return worker;
			})
	};
}
