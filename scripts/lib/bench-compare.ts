import { PROTOCOL } from '../../src/lib/measure/protocol';
import { roundsNeeded, simultaneousLevel } from '../../src/lib/stats/interval';
import { verdictOf } from '../../src/lib/stats/verdict';
import type { EarlierReport } from './bench-earlier';
import type { BenchDesign, BenchReport } from './bench-report';

const { level: LEVEL } = PROTOCOL.report;

/** One design then and now. */
export interface BenchChange {
	/** As asked for; a second design of that name has `(2)` behind it. */
	readonly name: string;
	/**
	 * `paired`: each run's own ratio to the same reference, so that what the machine did in each run
	 * cancels. `unpaired`: the medians themselves, which hold all that differs between two days.
	 */
	readonly how: 'paired' | 'unpaired';
	/** Time now over time then. */
	readonly ratio: number;
	readonly interval: readonly [low: number, high: number];
	readonly verdict: 'faster' | 'slower' | 'cannot-tell';
	/** Set where the design had fewer rounds of its own than this in one of the runs: then no verdict. */
	readonly roundsNeeded: number | null;
	/** Slower, and by more than the limit. */
	readonly isTooSlow: boolean;
}

export interface BenchComparison {
	readonly changes: readonly BenchChange[];
	/** Designs that one of the two runs has no figures for. */
	readonly missing: readonly string[];
	/** Why nothing is judged: a run that does not hold, or of too few rounds. Empty where all is well. */
	readonly unjudged: readonly string[];
	/** Conditions that differ and may explain a change. */
	readonly differences: readonly string[];
	readonly limit: number;
}

type Measured = Pick<
	BenchDesign,
	'name' | 'medianMs' | 'medianRoundsNeeded' | 'ratio' | 'roundsNeeded'
> & {
	readonly medianInterval: readonly [number, number] | null;
	readonly interval: readonly [number, number] | null;
	readonly verdict: string | null;
};

/**
 * Compares a run with an earlier one (METHODOLOGY 16).
 * @param limit slow-down that is too much, as a fraction
 * @throws where the runs are not comparable at all
 */
export function compareReports(
	now: Pick<BenchReport, 'designs' | 'conditions' | 'reliable' | 'rounds'>,
	earlier: EarlierReport,
	limit: number
): BenchComparison {
	const { refused, named } = conditionDifferences(now.conditions ?? {}, earlier.conditions);
	if (refused.length > 0) {
		throw new Error(`The two runs can't be compared: ${refused.join('; ')}.`);
	}
	const [here, there] = [numbered(now.designs), numbered(earlier.designs)];
	const isSameReference =
		referenceOf(here) !== undefined && referenceOf(here) === referenceOf(there);
	const unjudged = [...whyUnjudged('This run', now), ...whyUnjudged('The earlier run', earlier)];
	const changes: BenchChange[] = [];
	const missing: string[] = [];
	for (const [name, design] of here) {
		const before = there.get(name);
		const change = before && changeOf(name, design, before, isSameReference, limit);
		if (change) changes.push(unjudged.length > 0 ? { ...change, ...NOT_JUDGED } : change);
		else missing.push(name);
	}
	missing.push(...[...there.keys()].filter((name) => !here.has(name)));
	return { changes, missing, unjudged, differences: named, limit };
}

/**
 * Designs by name, in order. The same design may be given twice, and is matched in order: the second of
 * a name with the second of that name.
 */
function numbered(designs: readonly Measured[]): ReadonlyMap<string, Measured> {
	const counts = new Map<string, number>();
	return new Map(
		designs.map((design) => {
			const { name } = design;
			const count = (counts.get(name) ?? 0) + 1;
			counts.set(name, count);
			return [count === 1 ? name : `${name} (${count})`, design];
		})
	);
}

function referenceOf(designs: ReadonlyMap<string, Measured>): string | undefined {
	return [...designs].find(([, { verdict }]) => verdict === 'reference')?.[0];
}

const NOT_JUDGED = { verdict: 'cannot-tell', isTooSlow: false } as const;

/** A run says nothing of changes where its control failed, or where its rounds carry no interval (7.9). */
function whyUnjudged(
	which: string,
	{
		designs,
		reliable,
		rounds
	}: Pick<EarlierReport, 'reliable' | 'rounds'> & {
		readonly designs: readonly Measured[];
	}
): string[] {
	const needed = roundsNeeded(simultaneousLevel(LEVEL, designs.length - 1));
	if (rounds < needed) return [`${which} has ${rounds} rounds, and ${needed} are needed.`];
	return reliable ? [] : [`${which} is unreliable: its control did not hold.`];
}

function changeOf(
	name: string,
	now: Measured,
	before: Measured,
	isSameReference: boolean,
	limit: number
): BenchChange | null {
	const isPaired = isSameReference && now.verdict !== 'reference';
	const figuresOf = (of: Measured) =>
		isPaired
			? ([of.ratio, of.interval, of.roundsNeeded] as const)
			: ([of.medianMs, of.medianInterval, of.medianRoundsNeeded] as const);
	const [value, bounds, needs] = figuresOf(now);
	const [old, oldBounds, oldNeeds] = figuresOf(before);
	if (value === null || old === null || !bounds || !oldBounds) return null;
	const [low, high] = ratioInterval({ value, bounds }, { value: old, bounds: oldBounds });
	const ratio = value / old;
	// The run may have rounds enough where this design had not: it failed on the way.
	const needed = Math.max(needs ?? 0, oldNeeds ?? 0) || null;
	const verdict = needed === null ? verdictOf({ value: ratio, low, high }) : NOT_JUDGED.verdict;
	return {
		name,
		how: isPaired ? 'paired' : 'unpaired',
		ratio,
		interval: [low, high],
		verdict,
		roundsNeeded: needed,
		isTooSlow: verdict === 'slower' && ratio > 1 + limit
	};
}

interface Known {
	readonly value: number;
	readonly bounds: readonly [number, number];
}

/**
 * The interval of a ratio of two independent estimates from theirs: on logarithms the distances to the
 * ends add up as squares (MOVER; Zou and Donner 2008).
 */
function ratioInterval(now: Known, old: Known): [number, number] {
	const centre = Math.log(now.value / old.value);
	const apart = (a: number, b: number) => Math.log(a / b);
	const down = Math.hypot(apart(now.value, now.bounds[0]), apart(old.bounds[1], old.value));
	const up = Math.hypot(apart(now.bounds[1], now.value), apart(old.value, old.bounds[0]));
	return [Math.exp(centre - down), Math.exp(centre + up)];
}

/** Of other conditions a ratio says nothing; with these it would be of them, not of the code. */
const MUST_AGREE = ['lanes', 'protocol'] as const;
const MAY_DIFFER = [
	'runtime',
	'adapter',
	'appVersion',
	'userAgent',
	'logicalCores',
	'crossOriginIsolated'
];

function conditionDifferences(now: object, earlier: object) {
	const facts = (conditions: object): Record<string, unknown> => {
		const all = conditions as Record<string, unknown>;
		const lanes = (Array.isArray(all.lanes) ? all.lanes : []) as Record<string, unknown>[];
		return {
			...all,
			lanes: lanes.map(({ id, precisions, threads }) => ({ id, precisions, threads })),
			runtime: lanes.map(({ runtime }) => runtime),
			adapter: lanes.map(({ adapter }) => adapter ?? null),
			protocol: String(all.protocolVersion ?? '').split('.')[0]
		};
	};
	const [here, there] = [facts(now), facts(earlier)];
	const differ = (keys: readonly string[]) =>
		keys.flatMap((key) => {
			const [is, was] = [JSON.stringify(here[key]), JSON.stringify(there[key])];
			return is === was ? [] : [`${key} was ${was ?? 'unknown'} and is ${is ?? 'unknown'}`];
		});
	return { refused: differ(MUST_AGREE), named: differ(MAY_DIFFER) };
}

/** A comparison in lines for a terminal. */
export function comparisonLines({
	changes,
	missing,
	unjudged,
	differences,
	limit
}: BenchComparison): string[] {
	const percent = (ratio: number) =>
		`${ratio < 1 ? '−' : '+'}${Math.abs((ratio - 1) * 100).toFixed(1)} %`;
	const lines = changes.map(({ name, how, ratio, interval: [low, high], verdict, isTooSlow }) =>
		[
			name.padEnd(24),
			`${percent(ratio)} (${percent(low)} to ${percent(high)})`.padEnd(32),
			how.padEnd(9),
			verdict.replace('-', ' '),
			isTooSlow ? `over the limit of ${(limit * 100).toFixed(1)} %` : ''
		]
			.join(' ')
			.trimEnd()
	);
	return [
		'Against the earlier run:',
		...lines,
		...(changes.some(({ how }) => how === 'unpaired')
			? [
					'Unpaired changes are of two medians taken apart: what the machine did then and now is in them.'
				]
			: []),
		...unjudged.map((why) => `Nothing is judged. ${why}`),
		...changes.flatMap(({ name, roundsNeeded: needed }) =>
			needed === null ? [] : [`${name} is not judged. ${tooFew(needed)}`]
		),
		...missing.map((name) => `${name} is in one of the two runs only.`),
		...differences.map((text) => `Differs: ${text}.`)
	];
}

function tooFew(needed: number): string {
	return `In one of the two runs it has fewer than ${needed} rounds of its own.`;
}

/** Why the comparison has judged nothing at all, a line a reason; empty where it has judged something. */
export function whyNotJudged({ changes, unjudged }: BenchComparison): string[] {
	if (unjudged.length > 0) return [...unjudged];
	if (changes.length === 0) return ['No design has figures in both runs.'];
	const short = changes.flatMap(({ name, roundsNeeded: needed }) =>
		needed === null ? [] : [`${name}: ${tooFew(needed)}`]
	);
	return short.length === changes.length ? short : [];
}

/** Why the command is to fail, a line a design. */
export function slowDowns({ changes }: BenchComparison): string[] {
	return changes.flatMap(({ name, ratio, isTooSlow }) =>
		isTooSlow ? [`${name} has become ${((ratio - 1) * 100).toFixed(1)} % slower`] : []
	);
}
