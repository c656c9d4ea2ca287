import { findNamedDesign, NAMED_DESIGNS } from '../arch/named-designs';
import { ROADMAP, stepName } from '../arch/roadmap';
import { printExecution, type Execution } from '../measure/execution';
import type { BackendProbe, Offer } from '../measure/probe';
import { DEFAULT_OPTIONS } from '../measure/protocol';
import type { Candidate, RunOptions } from '../measure/types';
import {
	candidatesOn,
	DEFAULT_EXECUTION,
	executionPairs,
	inOrder,
	offerHere,
	wasmThreads
} from './executions';
import { formPairs } from './form-pairs';
import { printSetup, readSetup, type SetupProblem } from './measure-address';
import { estimateRunSeconds, runObstacle, type RunObstacle } from './measure-size';
import { presetSelection, type Preset } from './measure-presets';
import { candidatesOf, type OpenedNetworks, type Selected } from './selection';

/** Names a chosen network; `ownNumber` counts the visitor's own designs from 1. */
type Labeller = (selected: Selected, ownNumber: number) => string;

/** Who asks for a number of rounds gets it: only a run that has gone on for a day is ended by the clock. */
const FIXED_ROUNDS_MS = 86_400_000;

/** What will be run, on what, and how long: the measuring page before a run. */
export class MeasureSetup {
	#selected = $state.raw<readonly Selected[]>(presetSelection('roadmap').selected);
	#reference = $state.raw<Selected | null>(null);
	#executions = $state.raw<readonly Execution[]>([DEFAULT_EXECUTION]);
	#probe = $state.raw<BackendProbe | null>(null);
	#targetPercent = $state<number>(DEFAULT_OPTIONS.targetRelative * 100);
	#seed = $state<number>(DEFAULT_OPTIONS.seed);
	#rounds = $state<number | null>(null);
	#problems = $state.raw<readonly SetupProblem[]>([]);
	#touched = $state(false);
	readonly isIsolated: boolean;
	readonly maxThreads: number;
	readonly #labelOf: Labeller;
	readonly #labelOn: (label: string, execution: Execution) => string;
	readonly #opened: OpenedNetworks | null;

	readonly #candidates = $derived.by(() => candidatesOf(this.#selected, this.#labelOf));
	readonly #offered = $derived(this.#executions.filter((each) => this.offerOf(each).offered));
	readonly #planned = $derived.by(() =>
		candidatesOn(this.#candidates, this.#offered, this.#labelOn)
	);
	readonly #obstacle = $derived(runObstacle(this.#selected, this.#offered.length));
	readonly #estimateSeconds = $derived(
		estimateRunSeconds(this.#selected, this.#rounds, this.#offered.length)
	);
	readonly #search = $derived(
		printSetup({
			selected: this.#selected,
			referenceIndex: this.referenceIndex,
			executions: this.#executions,
			targetPercent: this.#targetPercent,
			seed: this.#seed,
			rounds: this.#rounds
		})
	);

	constructor({
		labelOf,
		labelOn = (label, execution) => `${label} ${printExecution(execution)}`,
		isolated,
		logicalCores,
		opened = null
	}: {
		readonly labelOf: Labeller;
		/** Names a network where there are several things to run on. */
		readonly labelOn?: (label: string, execution: Execution) => string;
		/** The checkpoint that is open, which an address may ask for. */
		readonly opened?: OpenedNetworks | null;
		readonly isolated: boolean;
		readonly logicalCores: number;
	}) {
		this.#labelOf = labelOf;
		this.#labelOn = labelOn;
		this.#opened = opened;
		this.isIsolated = isolated;
		this.maxThreads = isolated ? Math.max(1, logicalCores) : 1;
	}

	get selected(): readonly Selected[] {
		return this.#selected;
	}

	/** The networks as the run will call them, in order. */
	get candidates(): readonly Candidate[] {
		return this.#candidates;
	}

	/** Place of the network that the others are divided by; the first unless another was picked. */
	get referenceIndex(): number {
		return Math.max(0, this.#reference ? this.#selected.indexOf(this.#reference) : 0);
	}

	set referenceIndex(index: number) {
		this.#reference = this.#selected[index] ?? null;
		this.#touched = true;
	}

	/** What this browser offers to run on; null until it has been looked at. */
	get probe(): BackendProbe | null {
		return this.#probe;
	}

	set probe(probe: BackendProbe | null) {
		this.#probe = probe;
	}

	/** What is to be run on, as asked for: some of it may not be offered here. */
	get executions(): readonly Execution[] {
		return this.#executions;
	}

	/** Those of them that this browser offers. */
	get offered(): readonly Execution[] {
		return this.#offered;
	}

	/** Every network on everything that is offered, as the run will call them. */
	get planned(): readonly Candidate[] {
		return this.#planned;
	}

	/** Whether this browser offers it; until it has been looked at, WebAssembly alone. */
	offerOf(execution: Execution): Offer {
		return offerHere(this.#probe, execution, this.maxThreads);
	}

	isRunOn(execution: Execution): boolean {
		return this.#executions.some((each) => printExecution(each) === printExecution(execution));
	}

	/** Adds something to run on, or takes it out. */
	toggleExecution(execution: Execution): void {
		this.#touched = true;
		const code = printExecution(execution);
		this.#executions = this.isRunOn(execution)
			? this.#executions.filter((each) => printExecution(each) !== code)
			: inOrder([...this.#executions, execution]);
	}

	get targetPercent(): number {
		return this.#targetPercent;
	}

	set targetPercent(percent: number) {
		this.#targetPercent = percent;
		this.#touched = true;
	}

	get seed(): number {
		return this.#seed;
	}

	set seed(seed: number) {
		this.#seed = seed;
		this.#touched = true;
	}

	/** Rounds to run whatever comes out; null leaves the end to the stop rule. */
	get rounds(): number | null {
		return this.#rounds;
	}

	set rounds(rounds: number | null) {
		this.#rounds = rounds;
		this.#touched = true;
	}

	/** What of the address was not taken. */
	get problems(): readonly SetupProblem[] {
		return this.#problems;
	}

	/** Whether the address may be rewritten: what it got wrong stays in it until something is changed. */
	get ownsAddress(): boolean {
		return this.#touched || this.#problems.length === 0;
	}

	/** Why this can't be run; null where it can. */
	get obstacle(): RunObstacle | null {
		return this.#obstacle;
	}

	/** About how long the run will take; a rough figure, and said to be one. */
	get estimateSeconds(): number {
		return this.#estimateSeconds;
	}

	/** The query string that gives this setup back, question mark included. */
	get search(): string {
		return this.#search;
	}

	isChosen(name: string): boolean {
		return this.#selected.some((entry) => entry.name === name);
	}

	/** Adds a named design in the order of the lists, its training form behind it, or takes it out. */
	toggle(name: string): void {
		this.#touched = true;
		if (this.isChosen(name)) {
			this.#selected = this.#selected.filter((entry) => entry.name !== name);
			return;
		}
		const { design } = findNamedDesign(name)!;
		this.#selected = [...this.#selected, { name, design }].sort((a, b) => placeOf(a) - placeOf(b));
	}

	/** Takes one entry out, by its place: for designs without a name. */
	remove(index: number): void {
		this.#touched = true;
		this.#selected = this.#selected.filter((_, place) => place !== index);
	}

	choosePreset(preset: Preset): void {
		this.#touched = true;
		const { selected, referenceIndex } = presetSelection(preset);
		this.#selected = selected;
		this.#reference = selected[referenceIndex] ?? null;
	}

	dismissProblems(): void {
		this.#touched = true;
		this.#problems = [];
	}

	readQuery(params: URLSearchParams): void {
		const { setup, problems } = readSetup(params, this.maxThreads, this.#opened);
		this.#selected = setup.selected ?? presetSelection('roadmap').selected;
		this.#reference = this.#selected[setup.referenceIndex] ?? null;
		this.#executions = setup.executions;
		this.#targetPercent = setup.targetPercent;
		this.#seed = setup.seed;
		this.#rounds = setup.rounds;
		this.#problems = problems;
		this.#touched = false;
	}

	/** The run that is asked for. */
	options(): RunOptions {
		const candidates = this.#planned;
		return {
			...DEFAULT_OPTIONS,
			...(this.#rounds !== null && {
				minRounds: this.#rounds,
				maxRounds: this.#rounds,
				minMeasuringMs: 0,
				maxMeasuringMs: FIXED_ROUNDS_MS
			}),
			candidates,
			referenceId: candidates[this.referenceIndex]!.id,
			threads: wasmThreads(this.#offered[0]),
			seed: this.#seed,
			targetRelative: this.#targetPercent / 100,
			extraPairs: [
				...formPairs(candidates),
				...roadmapPairs(candidates),
				...executionPairs(candidates)
			]
		};
	}
}

/** Where a network stands in the lists; the visitor's own come last. */
function placeOf({ name }: Selected): number {
	const named = name === null ? undefined : findNamedDesign(name);
	if (named === undefined) return NAMED_DESIGNS.length;
	const { training } = named;
	const place = NAMED_DESIGNS.findIndex((each) => each.name === (training?.of ?? named.name));
	return training ? place + 0.5 : place;
}

/** Each step against the step before it, wherever the two stand in the run. */
function roadmapPairs(candidates: readonly Candidate[]): { a: string; b: string }[] {
	const ids = new Set(candidates.map(({ id }) => id));
	return ROADMAP.slice(1).flatMap(({ step }, index) => {
		const [a, b] = [stepName(step), stepName(ROADMAP[index]!.step)];
		return ids.has(a) && ids.has(b) ? [{ a, b }] : [];
	});
}
