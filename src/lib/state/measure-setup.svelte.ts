import { illegalityOf } from '../arch/legality';
import { NAMED_DESIGNS } from '../arch/named-designs';
import { analyseDesign } from '../arch/analysis';
import type { Candidate, RunOptions } from '../measure/types';
import { DEFAULT_OPTIONS } from '../measure/protocol';
import {
	candidatesOf,
	parseSelection,
	printSelection,
	SELECTION_KEY,
	type Selected
} from './selection';

/** What of the address was not taken; `code` finds the words. */
export interface SetupProblem {
	readonly code: 'unknown-design' | 'bad-threads' | 'bad-number';
	readonly key: string;
	readonly value: string;
	readonly min: number;
	readonly max: number;
}

const TARGET_PERCENTS = [1, 2, 5] as const;
const NUMBERS = {
	seed: { min: 0, max: 4_294_967_295 },
	samples: { min: 3, max: 10_000 }
} as const;

/** What will be run, on what, and how long: the measuring page before a run. */
export class MeasureSetup {
	#selected = $state.raw<readonly Selected[]>(presetSelection('roadmap'));
	#referenceIndex = $state(0);
	#threads = $state(1);
	#targetPercent = $state<number>(2);
	#seed = $state<number>(DEFAULT_OPTIONS.seed);
	/** Timed runs of each network at least, in place of the stop rule; null leaves it to the rule. */
	#samples = $state<number | null>(null);
	#problems = $state.raw<readonly SetupProblem[]>([]);
	readonly maxThreads: number;

	readonly #tooLarge = $derived(this.#selected.filter(({ design }) => illegalityOf(design)));
	readonly #estimateSeconds = $derived(estimateSeconds(this.#selected, this.#samples));

	constructor({
		isolated = globalThis.crossOriginIsolated === true,
		logicalCores = globalThis.navigator?.hardwareConcurrency ?? 1
	}: { isolated?: boolean; logicalCores?: number } = {}) {
		this.maxThreads = isolated ? Math.max(1, logicalCores) : 1;
	}

	get selected(): readonly Selected[] {
		return this.#selected;
	}

	get referenceIndex(): number {
		return Math.min(this.#referenceIndex, Math.max(0, this.#selected.length - 1));
	}

	set referenceIndex(index: number) {
		this.#referenceIndex = index;
	}

	get threads(): number {
		return this.#threads;
	}

	set threads(threads: number) {
		this.#threads = Math.min(Math.max(1, Math.round(threads)), this.maxThreads);
	}

	get targetPercent(): number {
		return this.#targetPercent;
	}

	set targetPercent(percent: number) {
		this.#targetPercent = percent;
	}

	get problems(): readonly SetupProblem[] {
		return this.#problems;
	}

	/** Chosen designs that are too large to run. */
	get tooLarge(): readonly Selected[] {
		return this.#tooLarge;
	}

	/** About how long the run will take, from MACs; a rough figure, and said to be one. */
	get estimateSeconds(): number {
		return this.#estimateSeconds;
	}

	isChosen(name: string): boolean {
		return this.#selected.some((entry) => entry.name === name);
	}

	/** Adds a named design in the order of the lists, or takes it out. */
	toggle(name: string): void {
		if (this.isChosen(name)) {
			this.#selected = this.#selected.filter((entry) => entry.name !== name);
			return;
		}
		const order = NAMED_DESIGNS.map((named) => named.name);
		const place = ({ name: of }: Selected) => (of === null ? order.length : order.indexOf(of));
		const { design } = NAMED_DESIGNS.find((named) => named.name === name)!;
		this.#selected = [...this.#selected, { name, design }].sort((a, b) => place(a) - place(b));
	}

	/** Takes one entry out, by its place: for designs without a name. */
	remove(index: number): void {
		this.#selected = this.#selected.filter((_, place) => place !== index);
	}

	choosePreset(preset: Preset): void {
		this.#selected = presetSelection(preset);
		this.#referenceIndex = 0;
	}

	readQuery(params: URLSearchParams): void {
		const problems: SetupProblem[] = [];
		const problem = (code: SetupProblem['code'], key: string, value: string, min = 0, max = 0) =>
			problems.push({ code, key, value, min, max });

		const designs = params.get(SELECTION_KEY);
		if (designs !== null) {
			const { selected, unknown } = parseSelection(designs);
			for (const value of unknown) problem('unknown-design', SELECTION_KEY, value);
			if (selected.length > 0) this.#selected = selected;
		}
		const threads = params.get('threads');
		if (threads !== null) {
			if (isWholeNumber(threads, 1, this.maxThreads)) this.threads = Number(threads);
			else problem('bad-threads', 'threads', threads, 1, this.maxThreads);
		}
		for (const key of ['seed', 'samples'] as const) {
			const value = params.get(key);
			if (value === null) continue;
			const { min, max } = NUMBERS[key];
			if (!isWholeNumber(value, min, max)) problem('bad-number', key, value, min, max);
			else if (key === 'seed') this.#seed = Number(value);
			else this.#samples = Number(value);
		}
		this.#problems = problems;
	}

	/** The address that gives this setup back, question mark included. */
	get search(): string {
		const params = new URLSearchParams({ [SELECTION_KEY]: printSelection(this.#selected) });
		if (this.#threads !== 1) params.set('threads', String(this.#threads));
		if (this.#seed !== DEFAULT_OPTIONS.seed) params.set('seed', String(this.#seed));
		if (this.#samples !== null) params.set('samples', String(this.#samples));
		return `?${params}`;
	}

	/** The run that is asked for. */
	options(labelOf: (selected: Selected, ownNumber: number) => string): RunOptions {
		const candidates: Candidate[] = candidatesOf(this.#selected, labelOf);
		const fixed = this.#samples === null ? {} : fixedRounds(this.#samples);
		return {
			...DEFAULT_OPTIONS,
			...fixed,
			candidates,
			referenceId: candidates[this.referenceIndex]!.id,
			threads: this.#threads,
			seed: this.#seed,
			targetRelative: this.#targetPercent / 100
		};
	}

	static readonly targetPercents: readonly number[] = TARGET_PERCENTS;
}

export type Preset = 'roadmap' | 'family' | 'ends' | 'none';

function presetSelection(preset: Preset): readonly Selected[] {
	const isIn = ({ name, group }: (typeof NAMED_DESIGNS)[number]) => {
		switch (preset) {
			case 'roadmap':
				return group === 'roadmap';
			case 'family':
				return group === 'family';
			case 'ends':
				return name === 'step0' || name === 'step8';
			case 'none':
				return false;
		}
	};
	return NAMED_DESIGNS.filter(isIn).map(({ name, design }) => ({ name, design }));
}

/** A visit times one run at least, so as many rounds give as many samples. */
function fixedRounds(samples: number) {
	return { minRounds: samples, maxRounds: samples, minMeasuringMs: 0 };
}

function isWholeNumber(text: string, min: number, max: number): boolean {
	return /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max;
}

/** One inference on one x86 core in WASM: about 15 ms and 0.07 ms a million MACs. */
function estimateMs(macs: number): number {
	return 15 + (0.07 * macs) / 1e6;
}

const TYPICAL_ROUNDS = 40;
const LOADING_SECONDS = 0.8;
const TYPICAL_WARM_UP_RUNS = 25;

function estimateSeconds(selected: readonly Selected[], samples: number | null): number {
	const rounds = samples ?? TYPICAL_ROUNDS;
	const seconds = selected.map(({ design }) => {
		const ms = estimateMs(analyseDesign(design).total.macs);
		const runsAVisit = ms > 60 ? 2 : 4;
		return LOADING_SECONDS + (ms / 1000) * (TYPICAL_WARM_UP_RUNS + rounds * runsAVisit);
	});
	return seconds.reduce((sum, each) => sum + each, 0);
}
