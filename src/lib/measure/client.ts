import { browserEnvironment, type MeasureEnvironment, type WorkerLike } from './browser';
import type { WorkerCommand, WorkerEvent } from './events';
import { planLanes } from './execution';
import { detailOf, failureOf } from './failure';
import { takeTurn } from './guards/one-run';
import { SILENCE, SilenceGuard } from './guards/silence';
import { Surroundings } from './guards/surroundings';
import { watchVisibility } from './guards/visibility';
import { parseEvent } from './messages';
import {
	applyEvent,
	endedRecord,
	isEnd,
	logged,
	newRecord,
	nextRound,
	withCandidate,
	type RunRecord
} from './record';
import type { HoldReason } from './page-link';
import type { FailureReason, LogEntry, RunOptions, RunStatus } from './types';

export interface RunHooks {
	/** A status has changed. Must be cheap. */
	readonly onChange?: (record: RunRecord) => void;
	/**
	 * There are new rounds, and nothing is timed until this has returned and is painted: for analysis
	 * and charts. At most every half second.
	 */
	readonly onDraw?: (record: RunRecord) => void;
}

/** A run under way. */
export interface RunHandle {
	/** Ends it at once: the worker is terminated, samples so far are kept and marked. */
	stop(): void;
	/** Holds the run after the round under way. */
	pause(): void;
	/** Goes on, after a new warm-up; also where a guard holds the run, which then says nothing more. */
	resume(): void;
	/** What is known now. */
	readonly record: RunRecord;
	/** Resolves with all that is known, however the run ends; never rejects. */
	readonly ended: Promise<RunRecord>;
}

/** Fresh workers a run may take for faults that no one candidate is to blame for. */
const MAX_RESTARTS = 2;

/** Starts a run in a worker of its own. */
export function startRun(
	options: RunOptions,
	hooks: RunHooks = {},
	environment: MeasureEnvironment = browserEnvironment()
): RunHandle {
	const client = new RunClient(options, hooks, environment);
	return {
		stop: () => client.end({ state: 'stopped' }),
		pause: () => client.hold('visitor', true),
		resume: () => client.resume(),
		get record() {
			return client.record;
		},
		ended: client.ended
	};
}

class RunClient {
	readonly ended: Promise<RunRecord>;
	readonly #hooks: RunHooks;
	readonly #environment: MeasureEnvironment;
	readonly #startMs: number;
	readonly #resolve: (record: RunRecord) => void;
	readonly #cleanUps: (() => void)[];
	readonly #surroundings: Surroundings;
	readonly #holds = new Set<HoldReason>();
	#record: RunRecord;
	#worker: WorkerLike | null = null;
	#silence = new SilenceGuard();
	/** The browser refused the memory that threads share. */
	#isReduced = false;
	#restarts = 0;

	constructor(options: RunOptions, hooks: RunHooks, environment: MeasureEnvironment) {
		this.#hooks = hooks;
		this.#environment = environment;
		this.#startMs = environment.now();
		this.#record = newRecord(options, environment.date().toISOString());
		const { promise, resolve } = withResolver<RunRecord>();
		this.ended = promise;
		this.#resolve = resolve;
		void environment.pageHints?.().then((page) => (this.#record = { ...this.#record, page }));
		this.#surroundings = new Surroundings(environment, SILENCE.tickMs, {
			hold: (reason, held) => this.hold(reason, held),
			disturbed: (reason, detail) => this.#disturbed(reason, detail),
			noted: (event, detail) => this.#note(event, detail)
		});
		this.#cleanUps = [
			watchVisibility(environment.page, (visible) => this.#send({ type: 'visibility', visible })),
			environment.every(SILENCE.tickMs, () => this.#tick()),
			() => this.#surroundings.close()
		];
		this.#awaitTurn();
	}

	get record(): RunRecord {
		return this.#record;
	}

	/** Ends the run from outside: the device is free first, whatever the page then does with the result. */
	end(status: RunStatus): void {
		if (this.#isOver()) return;
		this.#dropWorker();
		this.#change(endedRecord(this.#record, status));
		this.#close();
	}

	/** The visitor or a guard wants the run to wait, or to wait no longer. */
	hold(reason: HoldReason, held: boolean): void {
		if (this.#isOver() || held === this.#holds.has(reason)) return;
		if (held) this.#holds.add(reason);
		else this.#holds.delete(reason);
		this.#send({ type: 'hold', reason, held });
	}

	resume(): void {
		for (const guard of this.#surroundings.overrule()) this.#note('guard-overruled', guard);
		this.hold('visitor', false);
	}

	#isOver(): boolean {
		return isEnd(this.#record.status);
	}

	/** METHODOLOGY 5.3: one run at a time in all tabs. */
	#awaitTurn(): void {
		let isWaiting = false;
		const giveBack = takeTurn(this.#environment, {
			onWait: () => {
				isWaiting = true;
				const status = { state: 'paused', reason: 'another-tab' } as const;
				this.#log('paused', 'another-tab');
				this.#change({ ...this.#record, status });
			},
			onTurn: () => {
				if (this.#isOver()) return;
				if (isWaiting) {
					this.#log('resumed', 'another-tab');
					this.#change({ ...this.#record, status: { state: 'starting' } });
				}
				this.#startWorker();
			}
		});
		this.#cleanUps.push(giveBack);
	}

	#disturbed(reason: 'page-throttled' | 'clock-jumped', detail: string): void {
		this.#send({ type: 'disturbed', reason });
		this.#note(reason, detail);
	}

	/** Puts something on the timeline. */
	#note(event: LogEntry['event'], detail: string): void {
		if (this.#isOver()) return;
		this.#log(event, detail);
		// Drawn with the next rounds: a change now would disturb them.
		if (this.#record.status.state !== 'measuring') this.#hooks.onChange?.(this.#record);
	}

	#startWorker(): void {
		this.#silence = new SilenceGuard();
		try {
			const worker = this.#environment.createWorker();
			this.#worker = worker;
			worker.onmessage = ({ data }) => this.#receive(data);
			worker.onerror = (event) => {
				event.preventDefault?.();
				this.#lost(event.message || 'the worker stopped');
			};
			worker.onmessageerror = () => this.#lost('a message could not be read');
		} catch (error) {
			// A page may be told not to start workers at all; the caller still gets its handle first.
			queueMicrotask(() =>
				this.end({ state: 'failed', reason: 'runtime-refused', detail: detailOf(error) })
			);
			return;
		}
		const { options, rounds, droppedRounds, candidates } = this.#record;
		this.#send({
			type: 'start',
			options,
			threads: this.#threads(),
			resume: {
				rounds,
				nextRound: nextRound({ rounds, droppedRounds }),
				skip: this.#skipped(),
				plans: candidates.flatMap(({ candidate, facts: { visitPlan } }) =>
					visitPlan ? [[candidate.id, visitPlan] as const] : []
				)
			}
		});
		if (this.#environment.page.visibilityState !== 'visible') {
			this.#send({ type: 'visibility', visible: false });
		}
		for (const reason of this.#holds) this.#send({ type: 'hold', reason, held: true });
	}

	/** Of candidates that have failed nothing more is asked: not a lane either, so the own one may change. */
	#skipped(): readonly string[] {
		return this.#record.candidates
			.filter(({ status }) => status.state === 'failed')
			.map(({ candidate }) => candidate.id);
	}

	/** Of the runner's own lane. */
	#threads(): number {
		if (this.#isReduced) return 1;
		return planLanes(this.#record.options, new Set(this.#skipped())).own.threads;
	}

	#send(command: WorkerCommand): void {
		this.#worker?.postMessage(command);
	}

	#receive(data: unknown): void {
		let event: WorkerEvent;
		try {
			event = parseEvent(data);
		} catch (error) {
			this.#lost(`a message was not understood: ${detailOf(error)}`);
			return;
		}
		if (event.type === 'ended' && this.#retryWithOneThread(event)) return;
		if (event.type === 'broken') {
			if (event.id === null) this.#lost(event.detail);
			else this.#restart(`${event.id}: ${event.detail}`);
			return;
		}
		const before = this.#record;
		this.#record = applyEvent(before, event, this.#elapsedMs());
		this.#silence.heard(phaseOf(this.#record.status));
		if (event.type === 'candidate') this.#silence.ran(event.facts?.cold?.firstRunMs ?? 0);
		if (this.#record.status.state === 'warming-up') this.#surroundings.loaded();
		if (event.type === 'round') {
			if (event.draw) this.#draw();
		} else if (this.#record !== before) {
			this.#hooks.onChange?.(this.#record);
		}
		if (event.type === 'ended') this.#close();
	}

	#draw(): void {
		this.#hooks.onDraw?.(this.#record);
		this.#surroundings.drawn();
		this.#environment.afterPaint(() => this.#send({ type: 'drawn' }));
	}

	/** Some browsers refuse the memory that threads share, and then run with one (METHODOLOGY 8.3). */
	#retryWithOneThread({ status }: Extract<WorkerEvent, { type: 'ended' }>): boolean {
		const refused = status.state === 'failed' && status.reason === 'runtime-refused';
		if (!refused || this.#threads() === 1 || this.#record.conditions !== null) return false;
		this.#isReduced = true;
		this.#log('threads-reduced', status.detail);
		this.#replaceWorker();
		return true;
	}

	#tick(): void {
		this.#surroundings.tick();
		// Until its turn comes there is no worker that could be silent.
		if (this.#worker === null) return;
		const { status } = this.#record;
		const quiet = status.state === 'paused' || this.#environment.page.visibilityState !== 'visible';
		if (!quiet && this.#silence.tick()) this.#lost('no sign of life', 'too-slow');
	}

	/**
	 * The worker is gone: its candidate is to blame if it was being loaded, else nobody (8.3).
	 * @param inFirstRun what that candidate has failed of if it was in its first run
	 */
	#lost(detail: string, inFirstRun: FailureReason = 'worker-crashed'): void {
		if (this.#isOver()) return;
		const loading = this.#record.candidates.find(
			({ status: { state } }) => state === 'loading' || state === 'checking'
		);
		if (loading) {
			const { id } = loading.candidate;
			const inRun = loading.status.state === 'checking';
			const { reason } = failureOf(detail, inRun ? inFirstRun : 'worker-crashed');
			const status = { state: 'failed', reason, detail } as const;
			this.#change(applyEvent(this.#record, { type: 'candidate', id, status }, this.#elapsedMs()));
		} else if (this.#restarts++ >= MAX_RESTARTS) {
			this.end({ state: 'failed', reason: 'worker-crashed', detail });
			return;
		}
		this.#restart(detail);
	}

	/** Goes on in a fresh worker with the candidates that have not failed. */
	#restart(detail: string): void {
		this.#log('worker-restarted', detail);
		if (this.#record.candidates.every(({ status }) => status.state === 'failed')) {
			this.end({ state: 'failed', reason: 'nothing-runs', detail });
			return;
		}
		for (const { candidate, status } of this.#record.candidates) {
			if (status.state === 'failed') continue;
			this.#record = withCandidate(this.#record, candidate.id, (old) => ({
				...old,
				status: { state: 'waiting' }
			}));
		}
		this.#replaceWorker();
	}

	#replaceWorker(): void {
		this.#dropWorker();
		this.#change({ ...this.#record, status: { state: 'starting' }, currentId: null });
		this.#startWorker();
	}

	#dropWorker(): void {
		if (!this.#worker) return;
		this.#worker.onmessage = null;
		this.#worker.onerror = null;
		this.#worker.onmessageerror = null;
		this.#worker.terminate();
		this.#worker = null;
	}

	#close(): void {
		this.#dropWorker();
		for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
		this.#resolve(this.#record);
	}

	#log(event: Parameters<typeof logged>[1], detail: string): void {
		this.#record = logged(this.#record, event, detail, this.#elapsedMs());
	}

	#elapsedMs(): number {
		return this.#environment.now() - this.#startMs;
	}

	#change(record: RunRecord): void {
		this.#record = record;
		this.#hooks.onChange?.(record);
	}
}

function phaseOf({ state }: RunStatus): 'starting' | 'loading' | 'running' {
	if (state === 'starting' || state === 'idle') return 'starting';
	return state === 'loading' ? 'loading' : 'running';
}

/** `Promise.withResolvers`, which the oldest browsers we serve lack. */
function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
	let resolve: (value: T) => void = () => {};
	const promise = new Promise<T>((settle) => (resolve = settle));
	return { promise, resolve };
}
