import { checkedRatioInterval, memoisedBlocks } from '../stats/dependence';
import { relativeHalfWidth, simultaneousLevel, type Interval } from '../stats/interval';
import { deriveSeed, mulberry32 } from '../stats/random';
import { drawResamples } from '../stats/resample';
import { verdictOf } from '../stats/verdict';
import { neighbourPairs, referencePairs, type Pair } from './comparisons';
import type { RoundRecord } from './events';
import { PROTOCOL } from './protocol';
import type { RunOptions } from './types';
import { controlLogRatios, pairLogRatios, tableOfRounds } from './visit-table';

/** Whether to go on (METHODOLOGY 6). */
export interface Judgement {
	readonly stop: 'precise-enough' | 'round-limit' | 'time-limit' | null;
	/** How many rounds the run will have, as far as one can tell. */
	readonly expectedRounds: number;
}

/**
 * Judges a run after a round. Intervals are looked at only every tenth round and at a stricter level
 * than is reported: who looks often enough always finds a moment that pleases.
 */
export function judge(options: {
	readonly run: RunOptions;
	readonly rounds: readonly RoundRecord[];
	/** Candidates that still run. */
	readonly ids: readonly string[];
	readonly referenceId: string;
	/** All measuring time, dropped rounds included. */
	readonly spentMs: number;
	/** What was expected before this round. */
	readonly expectedRounds: number;
}): Judgement {
	const { run, rounds, spentMs } = options;
	const count = rounds.length;
	if (count >= run.maxRounds) return { stop: 'round-limit', expectedRounds: count };
	if (spentMs >= run.maxMeasuringMs) return { stop: 'time-limit', expectedRounds: count };
	const msPerRound = spentMs / Math.max(1, count);
	const roundsIn = (ms: number) => (ms === 0 ? 0 : ms / msPerRound);
	const least = nextLook(Math.max(run.minRounds, roundsIn(run.minMeasuringMs)));
	const limit = Math.min(run.maxRounds, Math.ceil(roundsIn(run.maxMeasuringMs)));
	const enough = count >= run.minRounds && spentMs >= run.minMeasuringMs;
	if (!enough || count % PROTOCOL.stop.everyRounds !== 0) {
		const expected = options.expectedRounds || Math.max(count, PROTOCOL.page.typicalRounds);
		return { stop: null, expectedRounds: Math.min(limit, Math.max(least, expected)) };
	}
	const widest = widestUnresolved(options);
	if (widest === null) return { stop: 'precise-enough', expectedRounds: count };
	// An interval narrows with the root of the number of rounds.
	const needed = nextLook(Math.max(count + 1, count * (widest / run.targetRelative) ** 2));
	return { stop: null, expectedRounds: Math.min(limit, needed) };
}

function nextLook(rounds: number): number {
	const every = PROTOCOL.stop.everyRounds;
	return Math.ceil(rounds / every) * every;
}

/**
 * The half-width of the widest interval that is neither narrow nor clear; null if there is none. One
 * that cannot be made yet, as of a reference that is new, is open, and the next look knows more.
 */
function widestUnresolved({
	run,
	rounds,
	ids,
	referenceId
}: Pick<Parameters<typeof judge>[0], 'run' | 'rounds' | 'ids' | 'referenceId'>): number | null {
	const table = tableOfRounds(rounds);
	const draw = memoisedBlocks((blockLength) =>
		drawResamples({
			rounds: rounds.length,
			random: mulberry32(deriveSeed(run.seed, 'decision')),
			blockLength
		})
	);
	const toReference = referencePairs(ids, referenceId);
	const toNeighbours = neighbourPairs(run, new Set(ids));
	const logsOf = (pairs: readonly Pair[]) =>
		pairs.map((pair) => pairLogRatios(table, pair, referenceId));
	const families = [
		logsOf(toReference),
		// Of two networks both families are one and the same pair.
		areSamePairs(toReference, toNeighbours) ? [] : logsOf(toNeighbours),
		[controlLogRatios(table, referenceId)]
	];
	let widest: number | null = null;
	for (const family of families) {
		const level = simultaneousLevel(PROTOCOL.stop.decisionLevel, family.length);
		for (const logs of family) {
			const interval = checkedRatioInterval(logs, draw, level)?.interval;
			if (interval && isResolved(interval, run.targetRelative)) continue;
			const halfWidth = interval ? relativeHalfWidth(interval) : run.targetRelative;
			widest = Math.max(widest ?? 0, halfWidth);
		}
	}
	return widest;
}

function areSamePairs(one: readonly Pair[], other: readonly Pair[]): boolean {
	return (
		one.length === other.length &&
		one.every(({ a, b }, i) => a === other[i]!.a && b === other[i]!.b)
	);
}

/** Narrow enough, or clear of the horizon and not much too wide; never from too few rounds. */
export function isResolved(interval: Interval, targetRelative: number): boolean {
	if (interval.roundsNeeded !== undefined) return false;
	const halfWidth = relativeHalfWidth(interval);
	if (halfWidth <= targetRelative) return true;
	return verdictOf(interval) !== 'cannot-tell' && halfWidth <= PROTOCOL.stop.maxDecidedHalfWidth;
}
