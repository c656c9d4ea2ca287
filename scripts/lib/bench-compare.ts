import { PROTOCOL } from '../../src/lib/measure/protocol';
import { roundsNeeded, simultaneousLevel } from '../../src/lib/stats/interval';
import { verdictOf } from '../../src/lib/stats/verdict';
import type { EarlierReport } from './bench-earlier';
import type { BenchDesign, BenchReport } from './bench-report';

const { level: LEVEL } = PROTOCOL.report;

/** One design then and now. */
export interface BenchChange {
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

type Measured = Pick<BenchDesign, 'name' | 'medianMs' | 'ratio'> & {
	readonly medianInterval: readonly [number, number] | null;
	readonly interval: readonly [number, number] | null;
	readonly verdict: string | null;
	/** Rounds that its figures would need, where there are too few of its own. */
	readonly roundsNeeded?: number | null;
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
	const referenceOf = (designs: readonly Measured[]) =>
		designs.find(({ verdict }) => verdict === 'reference')?.name;
	const isSameReference =
		referenceOf(now.designs) !== undefined &&
		referenceOf(now.designs) === referenceOf(earlier.designs);
	const unjudged = [...whyUnjudged('This run', now), ...whyUnjudged('The earlier run', earlier)];
	const changes: BenchChange[] = [];
	const missing: string[] = [];
	// A design may be there twice: the first is held against the first.
	const left = [...earlier.designs];
	for (const design of now.designs) {
		const at = left.findIndex(({ name }) => name === design.name);
		const [before] = at < 0 ? [] : left.splice(at, 1);
		const change = before && changeOf(design, before, isSameReference, limit);
		if (change) changes.push(unjudged.length > 0 ? { ...change, ...NOT_JUDGED } : change);
		else missing.push(design.name);
	}
	missing.push(...left.map(({ name }) => name));
	return { changes, missing, unjudged, differences: named, limit };
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
	now: Measured,
	before: Measured,
	isSameReference: boolean,
	limit: number
): BenchChange | null {
	const isPaired = isSameReference && now.verdict !== 'reference';
	const [value, bounds] = isPaired ? [now.ratio, now.interval] : [now.medianMs, now.medianInterval];
	const [old, oldBounds] = isPaired
		? [before.ratio, before.interval]
		: [before.medianMs, before.medianInterval];
	if (value === null || old === null || !bounds || !oldBounds) return null;
	const [low, high] = ratioInterval({ value, bounds }, { value: old, bounds: oldBounds });
	const ratio = value / old;
	const areFew = [now, before].some(({ roundsNeeded }) => typeof roundsNeeded === 'number');
	const verdict = areFew ? 'cannot-tell' : verdictOf({ value: ratio, low, high });
	return {
		name: now.name,
		how: isPaired ? 'paired' : 'unpaired',
		ratio,
		interval: [low, high],
		verdict,
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
		...missing.map((name) => `${name} is in one of the two runs only.`),
		...differences.map((text) => `Differs: ${text}.`)
	];
}

/** Why nothing is known to be well; null where something was judged. */
export function whyNotJudged({ changes, unjudged }: BenchComparison): string | null {
	if (unjudged.length > 0) return `Nothing is judged. ${unjudged.join(' ')}`;
	return changes.length === 0
		? 'Nothing is judged: the two runs share no design with figures.'
		: null;
}

/** Why the command is to fail, a line a design. */
export function slowDowns({ changes }: BenchComparison): string[] {
	return changes.flatMap(({ name, ratio, isTooSlow }) =>
		isTooSlow ? [`${name} has become ${((ratio - 1) * 100).toFixed(1)} % slower`] : []
	);
}
