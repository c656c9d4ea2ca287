import type { ReadRun } from '../measure/history/bundle';
import { runId } from '../measure/history/run-id';
import { mayBeSameDevice, thisDevice, type DeviceTraits } from '../measure/same-device';
import { sweepOf, type StoredSweep } from '../measure/sweep/stored-sweep';
import type { RunResult } from '../measure/types';
import type { RunHistory } from './history.svelte';
import { localSweepStore, type SweepStore } from './sweep-store';

/** A sweep of the history. */
export interface KeptSweep {
	readonly id: string;
	/** What the visitor calls it; empty until named. */
	readonly name: string;
	readonly sweep: StoredSweep;
}

/** The sweep on screen. */
export interface ShownSweep {
	readonly sweep: StoredSweep;
	readonly id: string;
	/** Just measured, the one that predictions come from, or chosen by the visitor. */
	readonly origin: 'measured' | 'last' | 'opened';
	readonly use: PredictionUse;
}

/**
 * Whether predictions come from a sweep, or why not:
 *
 * - `few-rounds`: it ended before there were figures
 * - `cut-short`: it was stopped or failed, and one that was not is there; opening it makes it the one
 * - `other-device`: what is said of this device must have been measured on it
 * - `example`: it came with the site
 * - `no-room`: the browser did not take the copy that predictions read
 */
export type PredictionUse =
	'used' | 'few-rounds' | 'cut-short' | 'other-device' | 'example' | 'no-room';

/** Why an address opens no sweep. `not-read`: the history has its own trouble to tell. */
export type OpenProblem = 'unknown' | 'unreadable' | 'no-sweep' | 'not-read';

/** What became of a file's runs. */
export interface TakenSweeps {
	readonly sweeps: number;
	/** Runs that are no sweeps: they are left to the measuring page. */
	readonly others: number;
}

/** A round to compare with another is the least that a sweep can be read from. */
const MIN_ROUNDS = 2;

/**
 * Sweeps as their page keeps and shows them: every one in the history, and a copy of the one that
 * predictions come from where these can read it at once.
 */
export class KeptSweeps {
	readonly #history: RunHistory;
	readonly #store: SweepStore;
	readonly #device: () => DeviceTraits;
	#shown = $state.raw<ShownSweep | null>(null);
	#isKeeping = $state(false);
	readonly #entries = $derived.by(() =>
		this.#history.entries.flatMap((entry): KeptSweep[] => {
			const sweep = entry.state === 'readable' ? sweepOf(entry.result) : null;
			return sweep ? [{ id: entry.id, name: entry.name, sweep }] : [];
		})
	);

	constructor({
		history,
		store = localSweepStore(),
		device = thisDevice
	}: {
		history: RunHistory;
		store?: SweepStore;
		device?: () => DeviceTraits;
	}) {
		this.#history = history;
		this.#store = store;
		this.#device = device;
	}

	/** Those of the history, newest first. */
	get entries(): readonly KeptSweep[] {
		return this.#entries;
	}

	get shown(): ShownSweep | null {
		return this.#shown;
	}

	/** Whether the sweep on screen is in the history, as far as that has been read. */
	get isShownKept(): boolean {
		return this.#entries.some(({ id }) => id === this.#shown?.id);
	}

	/** Whether it is known not to be there, and not on its way: it was deleted or refused. */
	get isShownMissing(): boolean {
		const isKnown = this.#history.phase === 'read' && !this.#isKeeping;
		const isOwn = this.#shown !== null && this.#shown.use !== 'example';
		return isOwn && isKnown && !this.isShownKept;
	}

	/** Shows the sweep that predictions come from, unless one is on screen. */
	showLast(): void {
		const last = this.#shown === null ? this.#store.load() : null;
		if (last) this.#show(last, 'last', 'used');
	}

	/** Takes a sweep that has ended: on screen if it has figures, and into the history in any case. */
	async take(run: RunResult): Promise<void> {
		const sweep = sweepOf(run);
		if (sweep && run.roundCount >= MIN_ROUNDS) {
			const isCutShort = run.status.state !== 'done' && this.#store.load() !== null;
			this.#show(sweep, 'measured', isCutShort ? 'cut-short' : this.#predict(sweep));
		}
		await this.#keeping(() => this.#history.keep(run));
	}

	/** Puts the sweep on screen into the history, where it is missing. */
	async keepShown(): Promise<void> {
		const shown = this.#shown;
		if (shown) await this.#keeping(() => this.#history.keep(shown.sweep.run));
	}

	/** Shows a sweep of another time. If it may be of this device, predictions come from it now. */
	open(sweep: StoredSweep): void {
		this.#show(sweep, 'opened', this.#predict(sweep));
	}

	/** Shows the sweep that comes with the site. It is of no device that a visitor has. */
	openExample(sweep: StoredSweep): void {
		this.#show(sweep, 'opened', 'example');
	}

	/** Opens a run of the history by its id, once the history is read. */
	openById(id: string): OpenProblem | null {
		if (this.#history.phase !== 'read') return 'not-read';
		const entry = this.#history.entries.find((each) => each.id === id);
		if (!entry) return 'unknown';
		if (entry.state === 'unreadable') return 'unreadable';
		const sweep = sweepOf(entry.result);
		if (!sweep) return 'no-sweep';
		this.open(sweep);
		return null;
	}

	/** Keeps the sweeps of a file in the history, and opens the first. */
	async takeFile(runs: readonly ReadRun[]): Promise<TakenSweeps> {
		const readable = runs.flatMap((run) => (run.ok ? [run] : []));
		const sweeps = readable.filter(({ result }) => result.options.sweep);
		const [first] = sweeps.flatMap(({ result }) => sweepOf(result) ?? []);
		if (first) {
			this.open(first);
			await this.#keeping(() => this.#history.take(sweeps));
		}
		return { sweeps: sweeps.length, others: readable.length - sweeps.length };
	}

	async #keeping(keep: () => Promise<unknown>): Promise<void> {
		this.#isKeeping = true;
		await keep();
		this.#isKeeping = false;
	}

	#show(sweep: StoredSweep, origin: ShownSweep['origin'], use: PredictionUse): void {
		this.#shown = { sweep, id: runId(sweep.run), origin, use };
	}

	#predict(sweep: StoredSweep): PredictionUse {
		const { conditions, roundCount } = sweep.run;
		if (!conditions || roundCount < MIN_ROUNDS) return 'few-rounds';
		if (!mayBeSameDevice(conditions, this.#device())) return 'other-device';
		return this.#store.save(sweep) ? 'used' : 'no-room';
	}
}
