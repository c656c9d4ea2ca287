import { analyseDesign } from '../arch/analysis';
import type { Cost } from '../arch/cost';
import type { Design } from '../arch/design';
import { findNamedDesign } from '../arch/named-designs';
import { printDesign } from '../arch/query';
import { ROADMAP, stepName } from '../arch/roadmap';
import { printExecution, type Execution } from '../measure/execution';
import type { BackendProbe, Offer } from '../measure/probe';
import { DEFAULT_OPTIONS, runOptions } from '../measure/protocol';
import { defaultFactor, SWEEP_KEYS, type Factor, type SweepKey } from '../measure/sweep/factors';
import { askedOf, cornerCandidates } from '../measure/sweep/sweep-plan';
import type { RunOptions } from '../measure/types';
import {
	candidatesOn,
	DEFAULT_EXECUTION,
	executionRows,
	offerHere,
	wasmThreads
} from './executions';
import { SETUP_RANGES } from './measure-address';
import { candidatesOf, type Selected } from './selection';
import { printSweep, readSweep, type SweepProblem, type SweepValues } from './sweep-address';
import { sizedPlan, type SizedPlan, type SweepObstacle } from './sweep-size';

const BASE_NAME = 'repvit-m0.9';

const STANDARD: SweepValues = {
	base: { name: BASE_NAME, design: findNamedDesign(BASE_NAME)!.design },
	factors: SWEEP_KEYS.map(defaultFactor),
	minutes: 5,
	execution: DEFAULT_EXECUTION,
	roadmap: true,
	seed: DEFAULT_OPTIONS.seed
};

/** What a sweep will turn, on which network, and for how long: the page before a run. */
export class SweepSetup {
	#values = $state.raw<SweepValues>(STANDARD);
	#problems = $state.raw<readonly SweepProblem[]>([]);
	#touched = $state(false);
	#probe = $state.raw<BackendProbe | null>(null);
	readonly maxThreads: number;
	readonly #costs = new Map<string, Cost>();
	readonly #sized = $derived.by(() =>
		sizedPlan(this.#values, roadmapBeside(this.#values), (design) => this.#costOf(design))
	);
	readonly #search = $derived(printSweep(this.#values, STANDARD));

	constructor({ isolated, logicalCores }: { isolated: boolean; logicalCores: number }) {
		this.maxThreads = isolated ? Math.max(1, logicalCores) : 1;
	}

	get values(): SweepValues {
		return this.#values;
	}

	/** What this browser offers to run on; null until it has been looked at. */
	get probe(): BackendProbe | null {
		return this.#probe;
	}

	set probe(probe: BackendProbe | null) {
		this.#probe = probe;
	}

	/** Whether this browser offers it; until it has been looked at, WebAssembly alone. */
	offerOf(execution: Execution): Offer {
		return offerHere(this.#probe, execution, this.maxThreads);
	}

	/** Whether what is chosen to run on is offered. */
	get isOffered(): boolean {
		return this.offerOf(this.#values.execution).offered;
	}

	/** Runs on what {@link printExecution} names. */
	runOn(code: string): void {
		const execution = executionRows(this.maxThreads, [this.#values.execution])
			.flatMap(({ executions }) => executions)
			.find((each) => printExecution(each) === code);
		if (execution) this.change({ execution });
	}

	/** The plan that fits the time given; null where there is an obstacle. */
	get sized(): SizedPlan | null {
		return 'plan' in this.#sized ? this.#sized : null;
	}

	get obstacle(): SweepObstacle | null {
		return 'plan' in this.#sized ? null : this.#sized;
	}

	get problems(): readonly SweepProblem[] {
		return this.#problems;
	}

	/** Whether the address may be rewritten: what it got wrong stays in it until something is changed. */
	get ownsAddress(): boolean {
		return this.#touched || this.#problems.length === 0;
	}

	/** The query string that gives this setup back, question mark included. */
	get search(): string {
		return this.#search;
	}

	change(changes: Partial<SweepValues>): void {
		this.#touched = true;
		this.#values = { ...this.#values, ...changes };
	}

	factor(key: SweepKey): Factor | undefined {
		return this.#values.factors.find((factor) => factor.key === key);
	}

	/** Takes a choice in or out. */
	toggle(key: SweepKey): void {
		const kept = this.#values.factors.filter((factor) => factor.key !== key);
		const factors =
			kept.length < this.#values.factors.length ? kept : [...kept, defaultFactor(key)];
		this.change({ factors: inOrder(factors) });
	}

	/** Sets one of a choice's two values; where that is the other one, the two change places. */
	setLevel(key: SweepKey, side: 'low' | 'high', value: Factor['low']): void {
		const factors = this.#values.factors.map((factor) => {
			if (factor.key !== key) return factor;
			const other = side === 'low' ? 'high' : 'low';
			const swapped = factor[other] === value ? { [other]: factor[side] } : {};
			return { ...factor, ...swapped, [side]: value };
		});
		this.change({ factors });
	}

	dismissProblems(): void {
		this.#touched = true;
		this.#problems = [];
	}

	readQuery(params: URLSearchParams): void {
		const { values, problems } = readSweep(params, STANDARD, this.maxThreads);
		this.#values = values;
		this.#problems = problems;
		this.#touched = false;
	}

	/** Building a network takes tens of milliseconds: each is built once. */
	#costOf(design: Design): Cost {
		const key = printDesign(design);
		const cost = this.#costs.get(key) ?? analyseDesign(design).total;
		this.#costs.set(key, cost);
		return cost;
	}

	/** The run that is asked for. It lasts as long as was given, whatever is known sooner (METHODOLOGY 13.1). */
	options(sized: SizedPlan, labelOf: (selected: Selected) => string): RunOptions {
		const { minutes, execution, seed } = this.#values;
		const measuringMs = Math.max(MIN_MEASURING_MS, (minutes * 60 - sized.startSeconds) * 1000);
		return runOptions({
			candidates: candidatesOn(
				[...cornerCandidates(sized.plan), ...candidatesOf(sized.beside, labelOf)],
				[execution],
				(label) => label
			),
			threads: wasmThreads(execution),
			seed,
			sweep: askedOf(sized.plan),
			minMeasuringMs: measuringMs,
			maxMeasuringMs: measuringMs,
			maxRounds: SETUP_RANGES.rounds.max
		});
	}
}

/** Loading may be all that the time given is enough for: some rounds there must be. */
const MIN_MEASURING_MS = 5000;

function inOrder(factors: readonly Factor[]): Factor[] {
	return SWEEP_KEYS.flatMap((key) => factors.find((factor) => factor.key === key) ?? []);
}

function roadmapBeside({ roadmap }: SweepValues): Selected[] {
	return roadmap ? ROADMAP.map(({ step, design }) => ({ name: stepName(step), design })) : [];
}
