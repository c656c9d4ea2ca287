import type { Execution } from '../measure/execution';
import { DEFAULT_OPTIONS } from '../measure/protocol';
import {
	EXECUTION_CODES,
	EXECUTIONS_KEY,
	inOrder,
	parseExecutions,
	printExecutions
} from './executions';
import {
	parseSelection,
	printSelection,
	SELECTION_KEY,
	type OpenedNetworks,
	type Selected
} from './selection';

/** A setup as an address holds it. */
export interface SetupValues {
	readonly selected: readonly Selected[];
	readonly referenceIndex: number;
	/** What to run on, in order; empty where nothing is chosen. */
	readonly executions: readonly Execution[];
	readonly targetPercent: number;
	readonly seed: number;
	/** Null leaves the end to the stop rule. */
	readonly rounds: number | null;
}

/** What of an address was not taken; `code` finds the words. */
export interface SetupProblem {
	readonly code:
		| 'unknown-design'
		| 'no-checkpoint'
		| 'bad-design'
		| 'bad-number'
		| 'bad-execution'
		| 'unknown-key';
	readonly key: string;
	readonly value: string;
	/** What would have been taken, where that is a list or a range: no words. */
	readonly allowed: string;
}

export const TARGET_PERCENTS = [1, 2, 5] as const;

export const SETUP_RANGES = {
	seed: { min: 0, max: 4_294_967_295, step: 1 },
	rounds: { min: 3, max: 10_000, step: 1 }
} as const;

const DEFAULT_TARGET_PERCENT = DEFAULT_OPTIONS.targetRelative * 100;

/** Prints a setup, question mark included; what is the default is left out. */
export function printSetup(setup: SetupValues): string {
	const params = new URLSearchParams({ [SELECTION_KEY]: printSelection(setup.selected) });
	const set = (key: string, value: number, standard: number) => {
		if (value !== standard) params.set(key, String(value));
	};
	set('reference', setup.referenceIndex + 1, 1);
	const [only, ...others] = setup.executions;
	if (only?.backend === 'wasm' && others.length === 0) set('threads', only.threads, 1);
	else params.set(EXECUTIONS_KEY, printExecutions(setup.executions));
	set('precision', setup.targetPercent, DEFAULT_TARGET_PERCENT);
	set('seed', setup.seed, DEFAULT_OPTIONS.seed);
	if (setup.rounds !== null) params.set('samples', String(setup.rounds));
	return `?${params}`;
}

/** Reads an address. Never throws: what is valid is kept, the rest is named. */
export function readSetup(
	params: URLSearchParams,
	maxThreads: number,
	opened: OpenedNetworks | null = null
): {
	/** `selected` is null where the address names no selection. */
	readonly setup: Omit<SetupValues, 'selected'> & { readonly selected: readonly Selected[] | null };
	readonly problems: readonly SetupProblem[];
} {
	const problems: SetupProblem[] = [];
	const whole = (key: string, standard: number, min: number, max: number): number => {
		const value = params.get(key);
		if (value === null) return standard;
		if (/^\d+$/.test(value) && Number(value) >= min && Number(value) <= max) return Number(value);
		problems.push({ code: 'bad-number', key, value, allowed: `${min}–${max}` });
		return standard;
	};

	const designs = params.get(SELECTION_KEY);
	const parsed = designs === null ? null : parseSelection(designs, opened);
	for (const value of parsed?.unknown ?? []) {
		problems.push({ code: 'unknown-design', key: SELECTION_KEY, value, allowed: '' });
	}
	for (const value of parsed?.closed.slice(0, 1) ?? []) {
		problems.push({ code: 'no-checkpoint', key: SELECTION_KEY, value, allowed: '' });
	}
	for (const { key, value, allowed } of parsed?.problems ?? []) {
		problems.push({ code: 'bad-design', key, value, allowed });
	}
	const count = parsed?.selected.length ?? 1;
	const target = params.get('precision');
	const targetPercent = TARGET_PERCENTS.find((percent) => String(percent) === target);
	if (target !== null && targetPercent === undefined) {
		const allowed = TARGET_PERCENTS.join(', ');
		problems.push({ code: 'bad-number', key: 'precision', value: target, allowed });
	}
	for (const [key, value] of params) {
		if (!KEYS.has(key)) {
			problems.push({ code: 'unknown-key', key, value, allowed: [...KEYS].join(', ') });
		}
	}
	const { seed, rounds } = SETUP_RANGES;
	const readExecutions = (): readonly Execution[] => {
		const threads = whole('threads', 1, 1, maxThreads);
		const onWasm: Execution = { backend: 'wasm', threads, precision: 'float32' };
		const on = params.get(EXECUTIONS_KEY);
		if (on === null) return [onWasm];
		const { executions, unknown } = parseExecutions(on);
		for (const value of unknown) {
			const allowed = EXECUTION_CODES;
			problems.push({ code: 'bad-execution', key: EXECUTIONS_KEY, value, allowed });
		}
		return params.has('threads') ? inOrder([onWasm, ...executions]) : executions;
	};
	return {
		setup: {
			selected: parsed?.selected ?? null,
			referenceIndex: whole('reference', 1, 1, Math.max(1, count)) - 1,
			executions: readExecutions(),
			targetPercent: targetPercent ?? DEFAULT_TARGET_PERCENT,
			seed: whole('seed', DEFAULT_OPTIONS.seed, seed.min, seed.max),
			rounds: params.has('samples') ? whole('samples', 0, rounds.min, rounds.max) || null : null
		},
		problems
	};
}

const KEYS: ReadonlySet<string> = new Set([
	SELECTION_KEY,
	'reference',
	'threads',
	EXECUTIONS_KEY,
	'precision',
	'seed',
	'samples'
]);
