import type { Backend, Session } from './backend';
import type { CandidateFacts, WorkerConditions } from './events';
import { executionOf, laneId, laneOf, planLanes, type LanePlan, type LaneSpec } from './execution';
import { failureOf, type DeviceLostError } from './failure';
import type { MemoryWatch } from './guards/memory';
import type { LaneSession } from './visit';
import type { RemoteLane, RemoteSession } from './lane-link';
import { loadDesign, LoadError, type LoadDeps, type Loaded } from './load';
import { compareOutputs } from './output-check';
import { PROTOCOL } from './protocol';
import { ReferenceOutputs } from './reference-outputs';
import { startRuntime, type StartDeps } from './start';
import type { Candidate, RunOptions } from './types';
import { makeVisit, timeRun } from './visit';

export interface LanesDeps extends StartDeps, Omit<LoadDeps, 'backend' | 'refuseForMemory'> {
	readonly memory?: MemoryWatch;
	/** Starts a lane in a worker of its own. Where it is left out there is one lane only. */
	readonly openLane?: (lane: LaneSpec) => Promise<RemoteLane>;
}

/**
 * What the candidates of a run run on (METHODOLOGY 2.1): plain WebAssembly in the runner's own worker,
 * and everything with other settings in workers of their own. Only one works at a time. A run with one
 * lane knows nothing of this: its sessions are the backend's own.
 */
export class Lanes {
	readonly conditions: WorkerConditions;
	readonly #run: Pick<RunOptions, 'threads' | 'seed'>;
	readonly #deps: LanesDeps;
	/** How designs are loaded into the runner's own lane. */
	readonly #ownDeps: LoadDeps;
	readonly #plan: LanePlan;
	/** Lanes in other workers, or why they are not there. */
	readonly #open: Map<string, RemoteLane | LoadError>;
	readonly #references: ReferenceOutputs;
	/** Which lane worked last, and whether it has settled since it took over. */
	#last: string | null = null;
	#isSettled = true;

	private constructor(
		run: RunOptions,
		plan: LanePlan,
		deps: LanesDeps,
		started: { readonly backend: Backend; readonly conditions: WorkerConditions },
		open: Map<string, RemoteLane | LoadError>
	) {
		this.#run = run;
		this.#plan = plan;
		this.#deps = deps;
		this.#open = open;
		const own = laneId(plan.own);
		this.#ownDeps = {
			...deps,
			backend: started.backend,
			refuseForMemory: (modelBytes) => deps.memory?.refuse(modelBytes, this.#heapsBut(own)) ?? null
		};
		this.#references = new ReferenceOutputs(run.seed, this.#ownDeps);
		const remote = [...open.values()].filter(isOpen);
		this.conditions = {
			...started.conditions,
			lanes: [...started.conditions.lanes, ...remote.map(({ facts }) => facts)],
			timerStepMs: Math.max(
				started.conditions.timerStepMs,
				...remote.map(({ timerStepMs }) => timerStepMs)
			)
		};
	}

	/**
	 * Starts the lanes of a run, one after the other.
	 * @param onStarting called before each further lane, with the candidates that it is for
	 * @throws what the runtime throws where the runner's own lane does not start; what another lane throws
	 * is told of each of its candidates
	 */
	static async start(
		run: RunOptions,
		skip: ReadonlySet<string>,
		deps: LanesDeps,
		onStarting: (ids: readonly string[]) => void
	): Promise<Lanes> {
		const plan = planLanes(run, skip);
		const started = await startRuntime(deps, plan.own);
		const open = new Map<string, RemoteLane | LoadError>();
		for (const lane of plan.others) {
			const id = laneId(lane);
			const isIts = (each: Candidate) => laneId(laneOf(executionOf(each, run))) === id;
			onStarting(run.candidates.filter(isIts).map((each) => each.id));
			open.set(id, await openOrExplain(lane, deps));
		}
		return new Lanes(run, plan, deps, started, open);
	}

	/** The lane of a candidate, by its id. */
	laneOf(candidate: Candidate): string {
		return laneId(laneOf(executionOf(candidate, this.#run)));
	}

	/**
	 * Loads a candidate into its lane and holds its output against that of plain WebAssembly (2.4, 2.5).
	 * @param onLoaded called before each first run: of the candidate, and of what it is compared with
	 * @throws {LoadError} with the reason
	 */
	async load(
		{ id, design, ...candidate }: Candidate,
		onLoaded: () => void
	): Promise<Pick<Loaded, 'session' | 'facts'>> {
		const execution = executionOf(candidate, this.#run);
		const lane = laneId(laneOf(execution));
		const { seed } = this.#run;
		if (lane === laneId(this.#plan.own)) {
			const loaded = await loadDesign(design, seed, this.#ownDeps, onLoaded);
			if (this.#plan.others.length === 0) return loaded;
			this.#references.keep(design, loaded.output);
			const { session, facts } = loaded;
			const { clock } = this.#deps;
			return {
				facts,
				session: this.#inTurn(lane, session, {
					timeRun: () => timeRun(session, clock),
					visit: (plan, settleMs) => makeVisit(session, plan, clock, settleMs)
				})
			};
		}
		const remote = this.#open.get(lane);
		if (!remote) throw new LoadError(failureOf(`there is no lane ${lane}`, 'backend-refused'));
		if (!isOpen(remote)) throw remote;
		const { precision } = execution;
		const elsewhereBytes = this.#heapsBut(lane);
		const loaded = await remote.load({ id, design, seed, precision, elsewhereBytes }, onLoaded);
		const reference = await this.#references.of(design, onLoaded).catch(async (error: unknown) => {
			await loaded.session.release();
			throw error;
		});
		const { check, failure } = compareOutputs(loaded.output, reference, precision);
		const facts: CandidateFacts = { ...loaded.facts, outputCheck: check };
		if (failure) {
			await loaded.session.release();
			throw new LoadError(failure, { facts });
		}
		const { session } = loaded;
		return {
			facts,
			session: this.#inTurn(lane, session, {
				timeRun: () => session.timeRun(),
				visit: (plan, settleMs) => session.visit(plan, settleMs)
			})
		};
	}

	/** Ends the workers of all other lanes. */
	close(): void {
		for (const lane of this.#open.values()) if (isOpen(lane)) lane.close();
	}

	/** Ends the worker of one lane whose device is gone: it may hang. */
	lose(id: string, cause: DeviceLostError): void {
		const lane = this.#open.get(id);
		if (!lane || !isOpen(lane)) return;
		lane.close(cause);
		this.#open.set(id, new LoadError(failureOf(cause, 'device-lost'), { cause }));
	}

	/** What the heaps of all lanes but one hold (METHODOLOGY 5.3). */
	#heapsBut(lane: string): number {
		const heaps = new Map([[laneId(this.#plan.own), this.#deps.memory?.heapBytes() ?? 0]]);
		for (const [id, other] of this.#open) if (isOpen(other)) heaps.set(id, other.heapBytes);
		heaps.delete(lane);
		return [...heaps.values()].reduce((sum, bytes) => sum + bytes, 0);
	}

	/** A session whose lane is known to have worked last once it has run. */
	#inTurn(
		lane: string,
		session: Session,
		timed: Pick<RemoteSession, 'timeRun' | 'visit'>
	): LaneSession {
		return {
			run: () => {
				this.#turn(lane);
				return session.run();
			},
			output: () => session.output(),
			release: () => session.release(),
			timeRun: () => {
				this.#turn(lane);
				return timed.timeRun();
			},
			visit: (plan) => {
				this.#turn(lane);
				const settleMs = this.#isSettled ? 0 : PROTOCOL.lane.settleMs;
				this.#isSettled = true;
				return timed.visit(plan, settleMs);
			}
		};
	}

	/** Takes the turn. A lane that took it for other runs than a visit's still has to settle before one. */
	#turn(lane: string): void {
		if (this.#last !== null && this.#last !== lane) this.#isSettled = false;
		this.#last = lane;
	}
}

function isOpen(lane: RemoteLane | LoadError): lane is RemoteLane {
	return !(lane instanceof LoadError);
}

async function openOrExplain(
	lane: LaneSpec,
	{ openLane }: LanesDeps
): Promise<RemoteLane | LoadError> {
	try {
		if (!openLane) throw new Error('no workers for further lanes');
		return await openLane(lane);
	} catch (cause) {
		if (cause instanceof LoadError) return new LoadError(cause.failure);
		return new LoadError(failureOf(cause, 'backend-refused'));
	}
}
