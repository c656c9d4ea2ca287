import { PROTOCOL } from './protocol';
import type { CandidateRecord, RunRecord } from './record';

/** How far a run is. */
export interface Progress {
	/** 0 to 1; never falls within a phase. */
	readonly fraction: number;
	/** Null while nothing can be said yet. */
	readonly secondsLeft: number | null;
	readonly currentId: string | null;
	readonly roundCount: number;
	/** 0 until it is known. */
	readonly expectedRounds: number;
}

/** Shares of the bar: loading, warm-up, rounds. Rounds are most of the time. */
const LOADED = 0.1;
const WARM = 0.25;

/** Counted from the record alone, so that it can be tested and told at any moment. */
export function progressOf(record: RunRecord): Progress {
	const { candidates, rounds, expectedRounds, status, currentId } = record;
	const share = (isThere: (each: CandidateRecord) => boolean) =>
		candidates.filter((each) => each.status.state === 'failed' || isThere(each)).length /
		Math.max(1, candidates.length);
	const base = { currentId, roundCount: rounds.length, expectedRounds };
	switch (status.state) {
		case 'idle':
		case 'starting':
			return { ...base, fraction: 0, secondsLeft: null };
		case 'loading':
			return {
				...base,
				fraction: LOADED * share(({ facts }) => facts.outputChecksum !== undefined),
				secondsLeft: null
			};
		case 'warming-up':
		case 'paused':
		case 'measuring': {
			if (rounds.length === 0 || expectedRounds === 0) {
				const warm = share(({ status: { state } }) => state === 'measuring');
				return { ...base, fraction: LOADED + (WARM - LOADED) * warm, secondsLeft: null };
			}
			const done = Math.min(1, rounds.length / expectedRounds);
			return {
				...base,
				fraction: WARM + (1 - WARM) * done,
				secondsLeft: (Math.max(0, expectedRounds - rounds.length) * roundMs(record)) / 1000
			};
		}
		case 'done':
			return { ...base, fraction: 1, secondsLeft: 0 };
		case 'stopped':
		case 'failed':
			return { ...base, fraction: 1, secondsLeft: null };
	}
}

/** Time of a round and the drawing after it, from the last ten. */
function roundMs({ rounds }: RunRecord): number {
	const recent = rounds.slice(-10);
	const mean = recent.reduce((sum, { durationMs }) => sum + durationMs, 0) / recent.length;
	const drawing = Math.min(1, mean / PROTOCOL.page.drawEveryMs) * PROTOCOL.page.drawAllowanceMs;
	return mean + drawing;
}
