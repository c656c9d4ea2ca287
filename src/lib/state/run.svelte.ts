import { analyse } from '../measure/analyse';
import { browserEnvironment, type MeasureEnvironment } from '../measure/browser';
import { startRun, type RunHandle } from '../measure/client';
import { progressOf, type Progress } from '../measure/progress';
import { isEnd, type RunRecord } from '../measure/record';
import type { RunOptions, RunResult, RunStatus } from '../measure/types';

const IDLE: RunStatus = { state: 'idle' };
const NO_PROGRESS: Progress = {
	fraction: 0,
	secondsLeft: null,
	currentId: null,
	roundCount: 0,
	expectedRounds: 0
};

/** A run as the pages see it: start, watch, stop. One at a time. */
export class MeasureRun {
	readonly #environment: () => MeasureEnvironment;
	#record = $state.raw<RunRecord | null>(null);
	#handle: RunHandle | null = null;
	/** The last analysis: it takes long enough not to be made twice. */
	#analysed: { readonly record: RunRecord; readonly result: RunResult } | null = null;
	/** Made when it is looked at: a page that shows no figures yet costs the run nothing. */
	readonly #result = $derived(this.#record && this.#analyse(this.#record));
	readonly #progress = $derived(this.#record ? progressOf(this.#record) : NO_PROGRESS);

	/** @param environment the browser; tests pass a false one */
	constructor(environment: () => MeasureEnvironment = browserEnvironment) {
		this.#environment = environment;
	}

	get status(): RunStatus {
		return this.#record?.status ?? IDLE;
	}

	/** From the first moment of a run on; its figures appear as rounds come in. */
	get result(): RunResult | null {
		return this.#result;
	}

	/** What is to be said of the run's state, cheaper than its result. */
	get outline(): Pick<RunResult, 'status' | 'roundCount' | 'candidates'> {
		const { isRunning, status, progress } = this;
		return isRunning || !this.#result
			? { status, roundCount: progress.roundCount, candidates: [] }
			: this.#result;
	}

	get progress(): Progress {
		return this.#progress;
	}

	get isRunning(): boolean {
		return this.#record !== null && !isEnd(this.#record.status);
	}

	/** Starts a run; one that is under way is stopped first. Resolves with its result; never rejects. */
	async start(options: RunOptions): Promise<RunResult> {
		this.stop();
		const handle = startRun(
			options,
			{
				onChange: (record) => this.#show(handle, record),
				onDraw: (record) => this.#show(handle, record)
			},
			this.#environment()
		);
		this.#handle = handle;
		this.#show(handle, handle.record);
		const record = await handle.ended;
		if (this.#handle === handle) this.#record = record;
		return this.#analyse(record);
	}

	/** Ends the run at once; what was measured so far stays. */
	stop(): void {
		this.#handle?.stop();
	}

	/** Holds the run after the round under way; it stays where it is. */
	pause(): void {
		this.#handle?.pause();
	}

	/** Goes on after a pause, also in spite of a guard that holds the run. */
	resume(): void {
		this.#handle?.resume();
	}

	#show(handle: RunHandle, record: RunRecord): void {
		if (this.#handle !== null && this.#handle !== handle) return;
		this.#record = record;
	}

	#analyse(record: RunRecord): RunResult {
		if (this.#analysed?.record !== record) this.#analysed = { record, result: analyse(record) };
		return this.#analysed.result;
	}
}
