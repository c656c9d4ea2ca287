import type { Backend, Model, Session } from './backend';
import { measureTimerStep, type Clock } from './clock';
import { laneId, type LaneSpec } from './execution';
import { failureOf } from './failure';
import type { MemoryWatch } from './guards/memory';
import type { LaneCall, LaneReply } from './lane-messages';
import { loadDesign, LoadError, measureEmptyCall, type LoadDeps } from './load';
import { PROTOCOL } from './protocol';
import { makeVisit, timeRun } from './visit';

/** Everything a lane touches outside itself; tests pass a false one. */
export interface LaneHostDeps extends Omit<LoadDeps, 'backend' | 'refuseForMemory'> {
	readonly clock: Clock;
	readonly memory?: MemoryWatch;
	readonly startBackend: (lane: LaneSpec) => Promise<Backend>;
	readonly emptyModel: () => Model;
	/** Whether the runtime as a whole is lost with this error. */
	readonly isFatal: (error: unknown) => boolean;
}

/**
 * A lane's end in its own worker: does what the runner asks, by the code that the runner itself uses.
 * Never throws.
 */
export class LaneHost {
	readonly #deps: LaneHostDeps;
	readonly #sessions = new Map<string, Session>();
	#backend: Backend | null = null;

	constructor(deps: LaneHostDeps) {
		this.#deps = deps;
	}

	/** @param say tells what is not the answer yet */
	async answer(call: LaneCall, say: (reply: LaneReply) => void): Promise<LaneReply> {
		try {
			return await this.#do(call, say);
		} catch (error) {
			const cause = error instanceof LoadError ? (error.cause ?? error) : error;
			const failure =
				error instanceof LoadError
					? error.failure
					: failureOf(error, call.type === 'start' ? 'backend-refused' : 'model-refused');
			return { type: 'failed', ...failure, fatal: this.#deps.isFatal(cause) };
		} finally {
			const { memory } = this.#deps;
			const grows = call.type === 'start' || call.type === 'load';
			if (memory && grows) say({ type: 'heap', bytes: memory.heapBytes() });
		}
	}

	async #do(call: LaneCall, say: (reply: LaneReply) => void): Promise<LaneReply> {
		const { clock } = this.#deps;
		switch (call.type) {
			case 'start':
				return this.#start(call.lane);
			case 'load':
				return this.#load(call, say);
			case 'run':
				await this.#session(call.id).run();
				return DONE;
			case 'time-run':
				return { type: 'times', ms: [await timeRun(this.#session(call.id), clock)] };
			case 'visit': {
				const { id, plan, settleMs } = call;
				return { type: 'times', ms: await makeVisit(this.#session(id), plan, clock, settleMs) };
			}
			case 'release':
				await this.#session(call.id).release();
				this.#sessions.delete(call.id);
				return DONE;
		}
	}

	async #start(lane: LaneSpec): Promise<LaneReply> {
		const { clock, startBackend, emptyModel } = this.#deps;
		const backend = await startBackend(lane);
		this.#backend = backend;
		const timerStepMs = measureTimerStep(clock);
		const { calibration, deviceCalibration } = PROTOCOL.emptyCall;
		const runs = lane.backend === 'wasm' ? calibration : deviceCalibration;
		const emptyCallMs = await measureEmptyCall(
			backend,
			emptyModel(),
			clock,
			timerStepMs,
			runs
		).catch(() => null);
		return {
			type: 'started',
			facts: { id: laneId(lane), backend: backend.info, emptyCallMs },
			timerStepMs
		};
	}

	async #load(
		{ id, design, seed, precision, elsewhereBytes }: Extract<LaneCall, { type: 'load' }>,
		say: (reply: LaneReply) => void
	): Promise<LaneReply> {
		const backend = this.#backend;
		if (!backend) throw new Error('The lane has not been started.');
		const { prepare, memory } = this.#deps;
		const { session, facts, output } = await loadDesign(
			design,
			seed,
			{
				...this.#deps,
				backend,
				refuseForMemory: (modelBytes) => memory?.refuse(modelBytes, elsewhereBytes) ?? null,
				prepare: (asked, askedSeed) => ({ ...prepare(asked, askedSeed, precision), precision })
			},
			() => say({ type: 'loading' })
		);
		this.#sessions.set(id, session);
		return { type: 'loaded', facts, output };
	}

	#session(id: string): Session {
		const session = this.#sessions.get(id);
		if (!session) throw new Error(`There is no session ${id} in this lane.`);
		return session;
	}
}

const DONE: LaneReply = { type: 'done' };
