import type { WorkerLike } from './browser';
import type { LaneFacts } from './events';
import { laneId, type LaneSpec, type Precision } from './execution';
import { DeviceLostError } from './failure';
import { parseLaneReply, type LaneCall, type LaneReply } from './lane-messages';
import { LoadError } from './load';
import { PROTOCOL } from './protocol';
import type { Loaded } from './load';
import type { Candidate } from './types';
import type { LaneSession } from './visit';

/** A call to another worker that failed there. */
export class LaneError extends Error {
	override readonly name = 'LaneError';

	/** @param fatal the runtime aborted: nothing more will work in that worker */
	constructor(
		detail: string,
		readonly fatal: boolean
	) {
		super(detail);
	}
}

/** The worker of a lane is gone, or can't be understood: what was asked of it is not to blame. */
export class LaneLostError extends Error {
	override readonly name = 'LaneLostError';
}

/** A lane in another worker, as the runner reaches it. */
export interface RemoteLane {
	readonly facts: LaneFacts;
	readonly timerStepMs: number;
	/** What its runtime's heap held when it last told. */
	readonly heapBytes: number;
	/**
	 * @throws {LoadError} its `cause` is a {@link LaneError} or a {@link DeviceLostError}
	 * @throws {LaneLostError} as every other call
	 */
	load(
		request: {
			readonly id: string;
			readonly design: Candidate['design'];
			readonly seed: number;
			readonly precision: Precision;
			readonly elsewhereBytes: number;
		},
		onLoaded: () => void
	): Promise<Omit<Loaded, 'session'> & { readonly session: RemoteSession }>;
	/**
	 * Ends the worker; what is under way there will never answer.
	 * @param cause what every later call fails with
	 */
	close(cause?: DeviceLostError): void;
}

/** A session there; how long its lane settles is told with each visit. */
export interface RemoteSession extends Omit<LaneSession, 'visit'> {
	visit(plan: Parameters<LaneSession['visit']>[0], settleMs: number): Promise<number[]>;
}

/**
 * Starts a worker and a backend in it.
 * @throws {LoadError} with the reason; the worker is ended then
 * @throws {LaneLostError} where it says nothing for too long: some drivers never answer
 */
export async function openRemoteLane(
	lane: LaneSpec,
	createWorker: () => WorkerLike
): Promise<RemoteLane> {
	const link = new LaneLink(laneId(lane), createWorker());
	const { startLimitMs } = PROTOCOL.lane;
	const timer = setTimeout(
		() => link.close(`did not start within ${startLimitMs / 1000} s`),
		startLimitMs
	);
	try {
		const started = await link.call({ type: 'start', lane }, 'started');
		return {
			facts: started.facts,
			timerStepMs: started.timerStepMs,
			get heapBytes() {
				return link.heapBytes;
			},
			load: async (request, onLoaded) => {
				const { id } = request;
				const { facts, output } = await link.call({ type: 'load', ...request }, 'loaded', onLoaded);
				const time = async (call: LaneCall) => [...(await link.call(call, 'times')).ms];
				const session: RemoteSession = {
					run: async () => void (await link.call({ type: 'run', id }, 'done')),
					timeRun: async () => (await time({ type: 'time-run', id }))[0]!,
					visit: (plan, settleMs) => time({ type: 'visit', id, plan, settleMs }),
					output: () => Float32Array.from(output),
					release: async () => void (await link.call({ type: 'release', id }, 'done'))
				};
				return { session, facts, output };
			},
			close: (cause) => link.close(cause)
		};
	} catch (error) {
		link.close();
		throw error;
	} finally {
		clearTimeout(timer);
	}
}

type ReplyOf<T extends LaneReply['type']> = Extract<LaneReply, { type: T }>;

/** One call at a time over a worker's messages. */
class LaneLink {
	readonly #lane: string;
	readonly #worker: WorkerLike;
	#settle: { resolve: (reply: LaneReply) => void; reject: (error: unknown) => void } | null = null;
	#onLoading: () => void = () => {};
	#heapBytes = 0;
	#broken: LaneLostError | DeviceLostError | null = null;

	constructor(lane: string, worker: WorkerLike) {
		this.#lane = lane;
		this.#worker = worker;
		worker.onmessage = ({ data }) => this.#receive(data);
		worker.onerror = (event) => {
			event.preventDefault?.();
			this.#lost(event.message || 'the worker stopped');
		};
		worker.onmessageerror = () => this.#lost('a message could not be read');
	}

	get heapBytes(): number {
		return this.#heapBytes;
	}

	async call<T extends LaneReply['type']>(
		call: LaneCall,
		expected: T,
		onLoading: () => void = () => {}
	): Promise<ReplyOf<T>> {
		if (this.#broken) throw this.#broken;
		const reply = await new Promise<LaneReply>((resolve, reject) => {
			this.#settle = { resolve, reject };
			this.#onLoading = onLoading;
			this.#worker.postMessage(call);
		});
		if (isA(reply, expected)) return reply;
		if (reply.type !== 'failed') throw this.#lost(`answered ${reply.type}`);
		const { reason, detail, fatal } = reply;
		const cause =
			reason === 'device-lost' ? new DeviceLostError(detail) : new LaneError(detail, fatal);
		throw new LoadError({ reason, detail }, { cause });
	}

	close(cause: string | DeviceLostError = 'the lane was closed'): void {
		this.#worker.onmessage = null;
		this.#worker.onerror = null;
		this.#worker.onmessageerror = null;
		this.#worker.terminate();
		this.#lost(cause);
	}

	#receive(data: unknown): void {
		let reply: LaneReply;
		try {
			reply = parseLaneReply(data);
		} catch {
			this.#lost('a message was not understood');
			return;
		}
		if (reply.type === 'loading') return this.#onLoading();
		if (reply.type === 'heap') {
			this.#heapBytes = reply.bytes;
			return;
		}
		this.#settle?.resolve(reply);
		this.#settle = null;
	}

	/** @returns what every later call fails with */
	#lost(cause: string | DeviceLostError): Error {
		const error = typeof cause === 'string' ? new LaneLostError(`${this.#lane}: ${cause}`) : cause;
		this.#broken = error;
		this.#settle?.reject(error);
		this.#settle = null;
		return error;
	}
}

function isA<T extends LaneReply['type']>(reply: LaneReply, type: T): reply is ReplyOf<T> {
	return reply.type === type;
}
