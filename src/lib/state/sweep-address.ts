import { OPTIONS } from '../arch/design';
import { defaultFactor, DEFAULT_LEVELS, SWEEP_KEYS, type Factor } from '../measure/sweep/factors';
import type { Execution } from '../measure/execution';
import { DEFAULT_OPTIONS } from '../measure/protocol';
import {
	EXECUTION_CODES,
	EXECUTIONS_KEY,
	inOrder,
	parseExecutions,
	printExecutions
} from './executions';
import { parseSelection, printSelection, type Selected } from './selection';

/** A sweep as an address holds it. */
export interface SweepValues {
	readonly base: Selected;
	/** In the order of the network. */
	readonly factors: readonly Factor[];
	/** What the visitor gives it. */
	readonly minutes: number;
	/** What it runs on. */
	readonly execution: Execution;
	/** Whether the nine steps are measured in the same rounds. */
	readonly roadmap: boolean;
	readonly seed: number;
}

/** What of an address was not taken. */
export interface SweepProblem {
	readonly code:
		| 'unknown-base'
		| 'bad-factor'
		| 'bad-number'
		| 'bad-execution'
		| 'several-executions'
		| 'unknown-key';
	readonly key: string;
	readonly value: string;
	/** What would have been taken: no words. */
	readonly allowed: string;
}

/** Tenths of a minute are for trying things out. */
export const MINUTES = { min: 0.1, max: 60 } as const;
const MAX_SEED = 2 ** 32 - 1;

/** Between a choice's two values: none of them has dots in it. */
const TO = '..';

/** Prints a sweep, question mark included; what is the default is left out. */
export function printSweep(values: SweepValues, standard: SweepValues): string {
	const params = new URLSearchParams({ base: printSelection([values.base]) });
	params.set('factors', values.factors.map(printFactor).join(','));
	if (values.minutes !== standard.minutes) params.set('minutes', String(values.minutes));
	const { execution } = values;
	if (execution.backend !== 'wasm') params.set(EXECUTIONS_KEY, printExecutions([execution]));
	else if (execution.threads !== 1) params.set('threads', String(execution.threads));
	if (values.roadmap !== standard.roadmap) params.set('roadmap', values.roadmap ? '1' : '0');
	if (values.seed !== standard.seed) params.set('seed', String(values.seed));
	return `?${params}`;
}

function printFactor({ key, low, high }: Factor): string {
	const [usualLow, usualHigh] = DEFAULT_LEVELS[key];
	return low === usualLow && high === usualHigh ? key : `${key}:${low}${TO}${high}`;
}

/** Reads an address. Never throws: what is valid is kept, the rest is named. */
export function readSweep(
	params: URLSearchParams,
	standard: SweepValues,
	maxThreads: number
): { readonly values: SweepValues; readonly problems: readonly SweepProblem[] } {
	const problems: SweepProblem[] = [];
	const bad = (code: SweepProblem['code'], key: string, value: string, allowed = ''): void =>
		void problems.push({ code, key, value, allowed });
	const number = (key: string, usual: number, min: number, max: number, whole = true): number => {
		const text = params.get(key);
		if (text === null) return usual;
		const value = /^\d{1,10}(\.\d)?$/.test(text) ? Number(text) : NaN;
		if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
		bad('bad-number', key, text, `${min}–${max}`);
		return usual;
	};
	const base = readBase(params.get('base'), standard.base, bad);
	const factors = readFactors(params.get('factors'), standard.factors, bad);
	for (const [key, value] of params) {
		if (!KEYS.includes(key)) bad('unknown-key', key, value, KEYS.join(', '));
	}
	const values: SweepValues = {
		base,
		factors,
		minutes: number('minutes', standard.minutes, MINUTES.min, MINUTES.max, false),
		execution: readExecution(
			params,
			standard.execution,
			() => number('threads', 1, 1, maxThreads),
			bad
		),
		roadmap: number('roadmap', Number(standard.roadmap), 0, 1) === 1,
		seed: number('seed', DEFAULT_OPTIONS.seed, 0, MAX_SEED)
	};
	return { values, problems };
}

/** The id of a kept run that is to be shown: beside the setup, and not part of it. */
export const RUN_KEY = 'run';

const KEYS: readonly string[] = [
	'base',
	'factors',
	'minutes',
	'threads',
	EXECUTIONS_KEY,
	'roadmap',
	'seed',
	RUN_KEY
];

type Report = (code: SweepProblem['code'], key: string, value: string, allowed?: string) => void;

function readBase(text: string | null, usual: Selected, bad: Report): Selected {
	if (text === null) return usual;
	const { selected, problems } = parseSelection(text);
	const [only] = selected;
	if (only && selected.length === 1 && problems.length === 0) return only;
	bad('unknown-base', 'base', text);
	return usual;
}

/** @param readThreads reads the threads of WebAssembly, and names what is wrong with them */
function readExecution(
	params: URLSearchParams,
	usual: Execution,
	readThreads: () => number,
	bad: Report
): Execution {
	const on = params.get(EXECUTIONS_KEY);
	const { executions, unknown } = parseExecutions(on ?? '');
	for (const each of unknown) bad('bad-execution', EXECUTIONS_KEY, each, EXECUTION_CODES);
	const threads = params.has('threads') ? readThreads() : null;
	const onWasm: readonly Execution[] =
		threads === null ? [] : [{ backend: 'wasm', threads, precision: 'float32' }];
	const asked = inOrder([...onWasm, ...executions]);
	const [first, ...others] = asked;
	if (first && others.length > 0) {
		bad('several-executions', EXECUTIONS_KEY, printExecutions(asked), printExecutions([first]));
	}
	return first ?? usual;
}

function readFactors(
	text: string | null,
	usual: readonly Factor[],
	bad: Report
): readonly Factor[] {
	if (text === null) return usual;
	const found = text.split(',').flatMap((part) => {
		const [name, levels] = part.split(':');
		const key = SWEEP_KEYS.find((each) => each === name);
		if (key === undefined) {
			bad('bad-factor', 'factors', part, SWEEP_KEYS.join(', '));
			return [];
		}
		if (levels === undefined) return [defaultFactor(key)];
		const options: readonly Factor['low'][] = OPTIONS[key];
		const [low, high] = levels
			.split(TO)
			.map((level) => options.find((option) => String(option) === level));
		if (low !== undefined && high !== undefined && low !== high) return [{ key, low, high }];
		bad('bad-factor', 'factors', part, options.join(', '));
		return [];
	});
	return SWEEP_KEYS.flatMap((key) => found.find((factor) => factor.key === key) ?? []);
}
