import type { ReadRun } from '../measure/history/bundle';
import type { HistoryEntry } from '../measure/history/entry';
import { runId } from '../measure/history/run-id';
import {
	measuredColumns,
	protocolMajor,
	reportedColumn,
	type DeviceColumn
} from '../measure/devices/column';
import { PROTOCOL_VERSION } from '../measure/protocol';
import { summarise, type RunSummary } from '../measure/share/summary';
import type { SharedRun } from '../measure/share/wire';
import type { RunResult } from '../measure/types';

/** Where a run on the page comes from. */
export type Origin = 'history' | 'file' | 'link' | 'example';

/** A run that can stand beside others. */
export interface ShelvedRun {
	readonly id: string;
	readonly origin: Origin;
	/** Empty where it was given none. */
	readonly name: string;
	readonly summary: RunSummary;
	/** With samples, where they came along: such a run can be opened and kept. */
	readonly result: RunResult | null;
	readonly isShown: boolean;
}

/**
 * So many of the history's runs are drawn at first, the newest; any may be ticked. A sweep is not among
 * them: its dozens of networks would bury what the others have in common.
 */
const SHOWN_AT_FIRST = 4;

/** The runs that the page of devices has at hand, and which of them it shows. */
export class DeviceShelf {
	#runs = $state.raw<readonly ShelvedRun[]>([]);
	#isReportedShown = $state(true);
	#major = $state<string | null>(null);
	readonly #reported = reportedColumn();

	readonly #majors = $derived([
		...new Set(this.#runs.map(({ summary }) => protocolMajor(summary)))
	]);
	readonly #columns = $derived.by((): readonly DeviceColumn[] => {
		const measured = this.#runs
			.filter(({ isShown, summary }) => isShown && protocolMajor(summary) === this.major)
			.flatMap(({ id, summary }) => measuredColumns(id, summary));
		return this.#isReportedShown ? [...measured, this.#reported] : measured;
	});

	get runs(): readonly ShelvedRun[] {
		return this.#runs;
	}

	/** The columns to be drawn: shown runs of one protocol, then the paper's phone. */
	get columns(): readonly DeviceColumn[] {
		return this.#columns;
	}

	get isReportedShown(): boolean {
		return this.#isReportedShown;
	}

	set isReportedShown(isShown: boolean) {
		this.#isReportedShown = isShown;
	}

	get reported(): ReadonlyMap<string, number> {
		return this.#reported.reportedMs;
	}

	/** Major versions of the protocol among all runs. */
	get majors(): readonly string[] {
		return this.#majors;
	}

	/** The one whose runs are drawn: this site's own, unless there is none of it or another is chosen. */
	get major(): string {
		const own = PROTOCOL_VERSION.split('.')[0]!;
		const [first = own] = this.#majors;
		return this.#major ?? (this.#majors.includes(own) ? own : first);
	}

	set major(major: string) {
		this.#major = major;
	}

	/** Runs left out since they followed another protocol: never in one picture with these. */
	get otherProtocol(): readonly ShelvedRun[] {
		return this.#runs.filter(({ summary }) => protocolMajor(summary) !== this.major);
	}

	/** The run that a column is of; the paper's has none. */
	runOf(column: DeviceColumn): ShelvedRun | undefined {
		return column.kind === 'reported'
			? undefined
			: this.#runs.find(({ summary }) => summary === column.summary);
	}

	/** The history as it is now: what was taken from it before and is gone there goes here too. */
	takeHistory(entries: readonly HistoryEntry[]): void {
		const kept = entries.flatMap((entry) =>
			entry.state === 'readable' ? this.#shelve('history', entry.name, entry.result, entry.id) : []
		);
		const shown = new Map(this.#runs.map(({ id, isShown }) => [id, isShown]));
		const first = kept
			.filter(({ result }) => result?.options.sweep === undefined)
			.slice(0, SHOWN_AT_FIRST);
		const fresh = kept.map((run) => ({
			...run,
			isShown: shown.get(run.id) ?? first.includes(run)
		}));
		const ids = new Set(fresh.map(({ id }) => id));
		const others = this.#runs.filter(({ id, origin }) => origin !== 'history' && !ids.has(id));
		this.#runs = [...fresh, ...others];
	}

	/** Runs of a file, in the order of the file. */
	takeFile(runs: readonly ReadRun[]): void {
		this.#add(runs.flatMap((run) => (run.ok ? this.#shelve('file', run.name, run.result) : [])));
	}

	/** The sample set that the site ships. */
	takeExample(runs: readonly ReadRun[]): void {
		this.#add(runs.flatMap((run) => (run.ok ? this.#shelve('example', run.name, run.result) : [])));
	}

	/** A run that came by a link, of somebody else or of another device. */
	takeLink({ name, summary }: SharedRun, link: string): void {
		this.#add([{ id: `link:${link}`, origin: 'link', name, summary, result: null, isShown: true }]);
	}

	toggle(id: string): void {
		this.#runs = this.#runs.map((run) => (run.id === id ? { ...run, isShown: !run.isShown } : run));
	}

	/** Takes a run off the page; in the history it stays. */
	remove(id: string): void {
		this.#runs = this.#runs.filter((run) => run.id !== id);
	}

	/** Those that are there already stay as they are. */
	#add(runs: readonly ShelvedRun[]): void {
		const ids = new Set(this.#runs.map(({ id }) => id));
		const fresh = runs.filter(({ id }, index) => {
			const isFirst = runs.findIndex((run) => run.id === id) === index;
			return isFirst && !ids.has(id);
		});
		this.#runs = [...this.#runs, ...fresh];
	}

	#shelve(origin: Origin, name: string, result: RunResult, id = runId(result)): ShelvedRun[] {
		const summary = summarise(result);
		return summary ? [{ id, origin, name, summary, result, isShown: true }] : [];
	}
}
