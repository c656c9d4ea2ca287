import type { Session } from './backend';
import type { Clock } from './clock';
import { PROTOCOL } from './protocol';
import { median } from '../stats/summary';
import { timeRun } from './visit';

/** How a design's warm-up ended. */
export interface WarmUpOutcome {
	readonly runs: number;
	readonly steady: boolean;
	/** Of the last window: what visits are planned by. Milliseconds. */
	readonly typicalMs: number;
}

/** Hooks of a warm-up. */
export interface WarmUpHooks {
	readonly clock: Clock;
	readonly timerStepMs: number;
	/** Called before each run. */
	readonly beforeRun: (id: string) => void;
	/** Called after each pass; false ends the warm-up, for example because the page was hidden. */
	readonly afterPass: () => Promise<boolean>;
	/** A session has come to an end of its warm-up, steady or not. Nothing runs until this has settled. */
	readonly onOutcome: (id: string, outcome: WarmUpOutcome) => void | Promise<void>;
	/** A session threw: it leaves the rotation. Throwing on ends the warm-up. */
	readonly onError: (id: string, error: unknown) => void;
}

/**
 * Runs all sessions in turn until each is steady (METHODOLOGY 3): the medians of its last two windows
 * agree. A session that is steady sits out while the others go on.
 * @returns false if a hook ended it before every session had an outcome or had thrown
 */
export async function warmUp(
	sessions: ReadonlyMap<string, Session>,
	{ clock, timerStepMs, beforeRun, afterPass, onOutcome, onError }: WarmUpHooks
): Promise<boolean> {
	const times = new Map([...sessions.keys()].map((id) => [id, [] as number[]]));
	while (times.size > 0) {
		for (const [id, own] of times) {
			beforeRun(id);
			try {
				own.push(await timeRun(sessions.get(id)!, clock));
			} catch (error) {
				times.delete(id);
				onError(id, error);
				continue;
			}
			const steady = isSteady(own, timerStepMs);
			if (steady || isExhausted(own)) {
				times.delete(id);
				await onOutcome(id, { runs: own.length, steady, typicalMs: typical(own, timerStepMs) });
			}
		}
		if (!(await afterPass())) return false;
	}
	return true;
}

/** Whether the medians of the last two windows agree, after enough runs and time. */
export function isSteady(times: readonly number[], timerStepMs: number): boolean {
	const { tolerance, minMs } = PROTOCOL.warmUp;
	const window = windowOf(times);
	if (times.length < 2 * window || total(times) < minMs) return false;
	const before = median(times.slice(-2 * window, -window));
	const after = median(times.slice(-window));
	// A clock cannot show a difference smaller than its own step.
	return Math.abs(after - before) <= tolerance * before + timerStepMs;
}

function isExhausted(times: readonly number[]): boolean {
	return times.length >= PROTOCOL.warmUp.maxRuns || total(times) >= PROTOCOL.warmUp.maxMs;
}

function windowOf(times: readonly number[]): number {
	const { window, slowWindow } = PROTOCOL.warmUp;
	return median(times.slice(-slowWindow)) > PROTOCOL.visit.slowMs ? slowWindow : window;
}

/** The median of the last window, or its mean where the clock is too coarse for single runs. */
function typical(times: readonly number[], timerStepMs: number): number {
	const last = times.slice(-windowOf(times));
	const middle = median(last);
	return middle > 20 * timerStepMs ? middle : total(times) / times.length;
}

function total(times: readonly number[]): number {
	return times.reduce((sum, ms) => sum + ms, 0);
}
