import type { Session } from './backend';
import { DrawingWindow } from './drawing';
import type { EndStatus, Resume, RoundRecord, WorkerEvent } from './events';
import { detailOf, DeviceLostError, failureOf } from './failure';
import { LaneError, LaneLostError } from './lane-link';
import { Lanes, type LanesDeps } from './lanes';
import { LoadError } from './load';
import { LongRuns } from './long-runs';
import { Outbox } from './outbox';
import type { HoldReason, PageLink } from './page-link';
import { measureRound } from './round';
import { judge } from './stop-rule';
import type { RunOptions, VisitPlan } from './types';
import { isFailure, planVisit } from './visit';
import { warmUp, type WarmUpOutcome } from './warm-up';

/** Everything a run touches outside itself; tests pass a false clock and false sessions. */
export interface RunnerDeps extends LanesDeps {
	readonly page: PageLink;
	readonly post: (event: WorkerEvent) => void;
	/** Lets messages in: resolves in a later task, without delay. */
	readonly yieldToMessages: () => Promise<void>;
	/** Whether the runtime as a whole is lost with this error. */
	readonly isFatal: (error: unknown) => boolean;
}

/**
 * Makes a run by docs/METHODOLOGY.md, from loading to the last round, and tells of it by events.
 * Never throws: it ends in an `ended` or a `broken` event.
 */
export async function runProtocol(
	options: RunOptions,
	resume: Resume,
	deps: RunnerDeps
): Promise<void> {
	const runner = new Runner(options, resume, deps);
	try {
		deps.post({ type: 'ended', status: await runner.run() });
	} catch (error) {
		if (error instanceof Broken) {
			deps.post({ type: 'broken', id: error.id, detail: error.message });
			return;
		}
		deps.post({
			type: 'ended',
			status: { state: 'failed', reason: 'runtime-refused', detail: detailOf(error) }
		});
	} finally {
		await runner.release();
	}
}

/** Nothing more will work here: the runtime aborted under a candidate, or nobody is to blame. */
class Broken extends Error {
	constructor(
		readonly id: string | null,
		cause: unknown
	) {
		super(detailOf(cause), { cause });
	}
}

class Runner {
	readonly #options: RunOptions;
	readonly #deps: RunnerDeps;
	/** Candidates that run, in the order of the options. */
	readonly #sessions = new Map<string, Session>();
	readonly #plans: Map<string, VisitPlan>;
	readonly #rounds: RoundRecord[];
	#nextRound: number;
	readonly #skip: ReadonlySet<string>;
	#referenceId = '';
	#timerStepMs = 0;
	/** Whether all sessions are warm, so that rounds may be made (METHODOLOGY 3). */
	#isWarm = false;
	#spentMs: number;
	readonly #outbox: Outbox;
	readonly #drawing: DrawingWindow;
	readonly #failed = new Set<string>();
	readonly #longRuns = new LongRuns();
	#lanes: Lanes | null = null;
	/** What the last device said that was lost. */
	#lostDetail: string | null = null;

	constructor(options: RunOptions, resume: Resume, deps: RunnerDeps) {
		this.#options = options;
		this.#deps = deps;
		this.#rounds = [...resume.rounds];
		this.#nextRound = resume.nextRound;
		this.#skip = new Set(resume.skip);
		this.#plans = new Map(resume.plans);
		this.#drawing = new DrawingWindow(deps);
		this.#outbox = new Outbox(deps);
		this.#spentMs = resume.rounds.reduce((sum, { durationMs }) => sum + durationMs, 0);
	}

	async run(): Promise<EndStatus> {
		// Each may take its time, and is a sign of life.
		const lanes = await Lanes.start(this.#options, this.#skip, this.#deps, ([id = '']) =>
			this.#outbox.tell({ type: 'heartbeat', id })
		);
		this.#lanes = lanes;
		this.#timerStepMs = lanes.conditions.timerStepMs;
		this.#outbox.tell({ type: 'ready', conditions: lanes.conditions });
		this.#outbox.tell({ type: 'status', state: 'loading' });
		await this.#load(lanes);
		let expectedRounds = 0;
		for (;;) {
			if (this.#sessions.size === 0) return this.#nothingRuns();
			this.#settleReference();
			const { holdReason } = this.#deps.page;
			if (holdReason !== null) {
				await this.#pause(holdReason);
				this.#isWarm = false;
			}
			if (!this.#isWarm) {
				this.#isWarm = await this.#warmUp();
				continue;
			}
			const outcome = await this.#round();
			if (outcome === 'dropped') this.#isWarm = false;
			const { stop, expectedRounds: expected } = judge({
				run: this.#options,
				rounds: this.#rounds,
				ids: [...this.#sessions.keys()],
				referenceId: this.#referenceId,
				spentMs: this.#spentMs,
				expectedRounds
			});
			expectedRounds = expected;
			if (outcome === 'counts') await this.#tellRound(expectedRounds);
			if (this.#sessions.size === 0) return this.#nothingRuns();
			if (stop !== null) {
				this.#tellAll('done');
				return { state: 'done', reason: stop };
			}
		}
	}

	async release(): Promise<void> {
		for (const session of this.#sessions.values()) await session.release().catch(() => {});
		this.#sessions.clear();
		this.#lanes?.close();
	}

	/** METHODOLOGY 2.4: one design after the other. */
	async #load(lanes: Lanes): Promise<void> {
		for (const candidate of this.#options.candidates) {
			const { id } = candidate;
			if (this.#skip.has(id)) continue;
			this.#outbox.tell({ type: 'candidate', id, status: { state: 'loading' } });
			try {
				const { session, facts } = await lanes.load(candidate, () =>
					this.#outbox.tell({ type: 'candidate', id, status: { state: 'checking' } })
				);
				this.#sessions.set(id, session);
				this.#outbox.tell({ type: 'candidate', id, status: { state: 'waiting' }, facts });
			} catch (error) {
				this.#fail(id, error);
			}
			await this.#deps.yieldToMessages();
		}
	}

	/** A candidate fails; the others go on. @throws Broken where its runtime or its lane is lost */
	#fail(id: string, error: unknown): void {
		if (error instanceof LaneLostError) throw new Broken(null, error);
		if (this.#failed.has(id)) return;
		this.#failed.add(id);
		this.#sessions.delete(id);
		this.#isWarm = false;
		const cause = error instanceof LoadError ? error.cause : error;
		const fatal = cause instanceof LaneError ? cause.fatal : this.#deps.isFatal(cause);
		const failure =
			error instanceof LoadError && !fatal
				? error.failure
				: failureOf(cause, fatal ? 'worker-crashed' : 'model-refused');
		const facts = error instanceof LoadError ? error.facts : undefined;
		this.#outbox.tell({
			type: 'candidate',
			id,
			status: { state: 'failed', ...failure },
			...(facts && { facts })
		});
		if (fatal) throw new Broken(id, cause);
		if (cause instanceof DeviceLostError) this.#loseLane(id, cause);
	}

	/** With a device goes every candidate of its lane (METHODOLOGY 8.3); other lanes go on. */
	#loseLane(lostId: string, cause: DeviceLostError): void {
		this.#lostDetail = cause.message;
		const lanes = this.#lanes!;
		const laneOf = new Map(this.#options.candidates.map((each) => [each.id, lanes.laneOf(each)]));
		const lane = laneOf.get(lostId)!;
		lanes.lose(lane, cause);
		for (const id of [...this.#sessions.keys()]) {
			if (laneOf.get(id) !== lane) continue;
			this.#sessions.delete(id);
			this.#failed.add(id);
			const status = { state: 'failed', ...failureOf(cause, 'device-lost') } as const;
			this.#outbox.tell({ type: 'candidate', id, status });
		}
	}

	#nothingRuns(): EndStatus {
		const detail = this.#lostDetail;
		return detail === null
			? { state: 'failed', reason: 'nothing-runs', detail: 'every candidate failed' }
			: { state: 'failed', reason: 'device-lost', detail };
	}

	/** The reference asked for, or the first candidate that runs. */
	#settleReference(): void {
		if (this.#sessions.has(this.#referenceId)) return;
		const asked = this.#options.referenceId;
		const id = this.#sessions.has(asked) ? asked : [...this.#sessions.keys()][0]!;
		if (id !== asked) {
			this.#outbox.tell({ type: 'log', event: 'reference-replaced', detail: `${asked} by ${id}` });
		}
		this.#referenceId = id;
		this.#outbox.tell({ type: 'reference', id });
	}

	async #pause(reason: HoldReason): Promise<void> {
		this.#outbox.tell({ type: 'status', state: 'paused', reason });
		await this.#deps.page.untilClear();
		this.#outbox.tell({ type: 'log', event: 'resumed', detail: reason });
	}

	/** METHODOLOGY 3. False if it was interrupted. */
	async #warmUp(): Promise<boolean> {
		const { clock, page, yieldToMessages } = this.#deps;
		const again = this.#plans.size > 0;
		this.#outbox.tell({ type: 'status', state: 'warming-up' });
		this.#tellAll('warming-up');
		const disturbed = page.timesDisturbed;
		const failed = this.#failed.size;
		const whole = await warmUp(new Map(this.#sessions), {
			clock,
			timerStepMs: this.#timerStepMs,
			beforeRun: (id) => this.#outbox.heartbeat(id),
			afterPass: async () => {
				await yieldToMessages();
				return page.timesDisturbed === disturbed && page.holdReason === null;
			},
			onOutcome: (id, outcome) => this.#plan(id, outcome),
			onError: (id, error) => this.#fail(id, error)
		});
		// Without one of them the rotation is another: what is left warms up in its own.
		if (!whole || this.#failed.size > failed) return false;
		if (again) this.#outbox.tell({ type: 'log', event: 'warmed-up-again', detail: '' });
		this.#outbox.tell({ type: 'status', state: 'measuring' });
		return true;
	}

	/** METHODOLOGY 4. One plan a run: values of two plans would not be alike. */
	async #plan(id: string, { runs, steady, typicalMs }: WarmUpOutcome): Promise<void> {
		const plan = this.#plans.get(id) ?? planVisit(typicalMs, this.#timerStepMs);
		const facts = { warmupRuns: runs, flags: steady ? [] : (['not-steady'] as const) };
		if (isFailure(plan)) {
			const session = this.#sessions.get(id);
			this.#sessions.delete(id);
			this.#outbox.tell({ type: 'candidate', id, status: { state: 'failed', ...plan }, facts });
			await session?.release().catch(() => {});
			return;
		}
		this.#plans.set(id, plan);
		this.#outbox.tell({
			type: 'candidate',
			id,
			status: { state: 'measuring' },
			facts: { ...facts, visitPlan: plan }
		});
	}

	/** METHODOLOGY 5: a round, and whether it counts. */
	async #round(): Promise<'counts' | 'dropped' | 'candidate-failed'> {
		const running = this.#sessions.size;
		const round = this.#nextRound++;
		const result = await this.#outbox.holdDuring(() =>
			measureRound({
				round,
				seed: this.#options.seed,
				referenceId: this.#referenceId,
				sessions: this.#sessions,
				plans: this.#plans,
				deps: this.#deps,
				beforeVisit: (id) => this.#outbox.heartbeat(id),
				onError: (id, error) => this.#fail(id, error)
			})
		);
		this.#spentMs += result.durationMs;
		if (result.dropped !== null) {
			this.#outbox.tell({ type: 'round-dropped', round, reason: result.dropped });
			for (const id of result.tooLong) {
				const failure = this.#longRuns.seen(id);
				if (failure) this.#fail(id, new LoadError(failure));
			}
			return 'dropped';
		}
		this.#rounds.push(result.record);
		// The rotation has changed, and handling an error takes time: neither is a pause to measure in.
		if (this.#sessions.size < running && this.#sessions.size > 0) {
			this.#outbox.tell({ type: 'round', round: result.record, expectedRounds: 0, draw: false });
			return 'candidate-failed';
		}
		return 'counts';
	}

	/** METHODOLOGY 8.1: tells of the last round, and lets the page draw now and then. */
	async #tellRound(expectedRounds: number): Promise<void> {
		const round = this.#rounds.at(-1)!;
		const reference = this.#sessions.get(this.#referenceId);
		const draw = reference !== undefined && this.#drawing.isDue();
		const tell = () => this.#outbox.tell({ type: 'round', round, expectedRounds, draw });
		if (!draw) return tell();
		try {
			await this.#drawing.open(reference, tell);
		} catch (error) {
			this.#fail(this.#referenceId, error);
		}
	}

	#tellAll(state: 'warming-up' | 'done'): void {
		for (const id of this.#sessions.keys()) {
			this.#outbox.tell({ type: 'candidate', id, status: { state } });
		}
	}
}
