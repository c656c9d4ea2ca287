import type { Session } from './backend';
import type { Clock } from './clock';
import type { Failure } from './failure';
import { PROTOCOL } from './protocol';
import type { VisitPlan } from './types';

/**
 * A session of one lane among several (METHODOLOGY 5.5): its lane times it, where it runs, by
 * {@link makeVisit} and {@link timeRun} themselves.
 */
export interface LaneSession extends Session {
	timeRun(): Promise<number>;
	visit(plan: VisitPlan): Promise<number[]>;
}

function isOfLane(session: Session): session is LaneSession {
	return 'visit' in session;
}

/** One timed run, of a warm-up. Milliseconds. */
export async function timeRun(session: Session, clock: Clock): Promise<number> {
	if (isOfLane(session)) return session.timeRun();
	const start = clock();
	await session.run();
	return clock() - start;
}

/** Room for the rounding of a clock's own step: 200 steps of 1 ms are 200 ms, not 200.00003. */
const ROUNDING = 1.001;

/**
 * How a design is timed (METHODOLOGY 4): three runs a visit, one above 60 ms; as one batch where the
 * clock is too coarse for that; refused where even a batch of 200 ms would span too few of its steps.
 * @param medianMs of its runs once warm
 */
export function planVisit(medianMs: number, timerStepMs: number): VisitPlan | Failure {
	const { runs, slowMs, minTimerSteps, maxBatchMs } = PROTOCOL.visit;
	const neededMs = minTimerSteps * timerStepMs;
	const usual = medianMs > slowMs ? 1 : runs;
	if (usual * medianMs >= neededMs) return { timing: 'each', runs: usual };
	if (!(neededMs <= maxBatchMs * ROUNDING) || !(medianMs > 0)) {
		return {
			reason: 'too-fast-for-timer',
			detail: `the clock steps by ${timerStepMs} ms and one run takes ${medianMs} ms`
		};
	}
	return { timing: 'batch', runs: Math.max(usual, Math.ceil(neededMs / medianMs)) };
}

export function isFailure(plan: VisitPlan | Failure): plan is Failure {
	return 'reason' in plan;
}

/**
 * One visit: an untimed run, which takes the cold caches that the design before has left, then the
 * timed ones. Nothing stands between two reads of the clock but the call.
 * @param settleMs runs untimed for this long at least: another lane ran before
 * @returns milliseconds per inference: one number a run, or one for a batch
 * @throws what the session throws
 */
export async function makeVisit(
	session: Session,
	plan: VisitPlan,
	clock: Clock,
	settleMs = 0
): Promise<number[]> {
	if (isOfLane(session)) return session.visit(plan);
	const settled = settleMs > 0 ? clock() + settleMs : 0;
	for (let i = 0; i < PROTOCOL.visit.discarded; i++) await session.run();
	while (settled > 0 && clock() < settled) await session.run();
	if (plan.timing === 'batch') {
		const start = clock();
		for (let i = 0; i < plan.runs; i++) await session.run();
		const end = clock();
		return [(end - start) / plan.runs];
	}
	const times = new Array<number>(plan.runs);
	for (let i = 0; i < plan.runs; i++) {
		const start = clock();
		await session.run();
		const end = clock();
		times[i] = end - start;
	}
	return times;
}
