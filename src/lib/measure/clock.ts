import { PROTOCOL } from './protocol';

/** Milliseconds of a clock that never goes back. */
export type Clock = () => number;

/**
 * The smallest step the clock shows (METHODOLOGY 2.2): 5 µs in an isolated Chromium, 1 ms in an
 * unisolated Firefox. Reads it until it has changed often enough, or time is up.
 */
export function measureTimerStep(clock: Clock): number {
	const { changes, maxMs, maxReads } = PROTOCOL.timerStep;
	const start = clock();
	let last = start;
	let smallest = Infinity;
	for (let seen = 0, reads = 0; seen < changes && reads < maxReads; reads++) {
		const now = clock();
		if (now === last) continue;
		if (now - start > maxMs && seen > 0) break;
		smallest = Math.min(smallest, now - last);
		last = now;
		seen++;
	}
	return smallest;
}
