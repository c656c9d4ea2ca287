import {
	BASELINE,
	DESIGN_KEYS,
	OPTIONS,
	RANGES,
	sameChoice,
	type Design,
	type DesignKey,
	type PerStage,
	type PickKey
} from './design';

/** Version of the query string's keys and values. A change of meaning raises it. */
const QUERY_VERSION = '1';
const VERSION_KEY = 'v';

/** Why a part of a query string was not taken. */
export interface QueryProblem {
	readonly key: string;
	readonly value: string;
	readonly code:
		| 'unknown-key'
		| 'unknown-value'
		| 'not-four-numbers'
		| 'out-of-range'
		| 'repeated'
		| 'unknown-version';
	/** What would have been taken, for example `coupled, separated` or `8, 16, …, 640`: no words. */
	readonly allowed: string;
}

/**
 * Prints a design as a readable query string: version key first, then what differs from the baseline,
 * for example `v=1&mixing=separated&widths=48-96-192-384`.
 */
export function printDesign(design: Design): string {
	const pairs = DESIGN_KEYS.filter((key) => !sameChoice(design[key], BASELINE[key])).map(
		(key) => `${key}=${printChoice(design[key])}`
	);
	return [`${VERSION_KEY}=${QUERY_VERSION}`, ...pairs].join('&');
}

function printChoice(value: Design[DesignKey]): string {
	return typeof value === 'object' ? value.join('-') : String(value);
}

/**
 * Reads a query string. Never throws: what is valid is kept, the rest falls back to the baseline and
 * is named in `problems`.
 * @param ignoredKeys keys that belong to the page rather than to the design
 */
export function parseDesign(
	query: string | URLSearchParams,
	ignoredKeys: ReadonlySet<string> = new Set()
): { design: Design; problems: QueryProblem[] } {
	const params = typeof query === 'string' ? new URLSearchParams(query) : query;
	const design: { -readonly [K in DesignKey]: Design[K] } = { ...BASELINE };
	const problems: QueryProblem[] = [];
	const seen = new Set<string>();
	for (const [key, value] of params) {
		if (ignoredKeys.has(key)) continue;
		const problem = (code: QueryProblem['code'], allowed: string): void =>
			void problems.push({ key, value, code, allowed });
		if (seen.has(key)) {
			problem('repeated', '');
			continue;
		}
		seen.add(key);
		if (key === VERSION_KEY) {
			if (value !== QUERY_VERSION) problem('unknown-version', QUERY_VERSION);
		} else if (isPickKey(key)) {
			const choice = OPTIONS[key].find((option) => String(option) === value);
			if (choice === undefined) problem('unknown-value', OPTIONS[key].join(', '));
			else Object.assign(design, { [key]: choice });
		} else if (key === 'widths' && value === 'mobilenetv3') {
			design.widths = value;
		} else if (key === 'widths' || key === 'depths') {
			const range = RANGES[key === 'widths' ? 'width' : 'depth'];
			const numbers = parseNumbers(value);
			if (numbers === null) problem('not-four-numbers', describeRange(range));
			else if (!numbers.every((n) => inRange(n, range))) {
				problem('out-of-range', describeRange(range));
			} else design[key] = numbers;
		} else if (key === 'classes') {
			const classes = /^\d+$/.test(value) ? Number(value) : NaN;
			if (inRange(classes, RANGES.classes)) design.classes = classes;
			else problem('out-of-range', describeRange(RANGES.classes));
		} else {
			problem('unknown-key', [...DESIGN_KEYS].join(', '));
		}
	}
	return { design, problems };
}

function isPickKey(key: string): key is PickKey {
	return Object.hasOwn(OPTIONS, key);
}

interface Range {
	readonly min: number;
	readonly max: number;
	readonly step: number;
}

/** Whether a number lies in a range, on one of its steps. */
export function inRange(value: number, { min, max, step }: Range): boolean {
	return value >= min && value <= max && (value - min) % step === 0;
}

function describeRange({ min, max, step }: Range): string {
	return step === 1 ? `${min}–${max}` : `${min}, ${min + step}, …, ${max}`;
}

function parseNumbers(value: string): PerStage | null {
	const parts = value.split(/[-, ]/);
	if (parts.length !== 4 || !parts.every((part) => /^\d+$/.test(part))) return null;
	const [a, b, c, d] = parts.map(Number);
	return [a!, b!, c!, d!];
}
