import type { Session } from './backend';
import type { Clock } from './clock';
import type { RoundRecord, VisitRecord } from './events';
import { isImpossible, isTooLong } from './guards/clock-jump';
import { GapGuard } from './guards/gap';
import type { PageLink } from './page-link';
import { roundOrder } from './schedule';
import type { DropReason, VisitPlan } from './types';
import { makeVisit } from './visit';

export interface RoundOutcome {
	readonly record: RoundRecord;
	readonly durationMs: number;
	/** Why the round does not count; null where it does. */
	readonly dropped: DropReason | null;
	/** Who took longer than a run may, by no disturbance that is known of. */
	readonly tooLong: readonly string[];
}

/**
 * Makes one round (METHODOLOGY 5): every design once and the reference twice, in this round's order,
 * without a pause. Messages are let in only after the last visit; what they say of the time before
 * decides whether the round counts.
 */
export async function measureRound(options: {
	readonly round: number;
	readonly seed: number;
	readonly referenceId: string;
	readonly sessions: ReadonlyMap<string, Session>;
	readonly plans: ReadonlyMap<string, VisitPlan>;
	readonly deps: {
		readonly clock: Clock;
		readonly page: PageLink;
		readonly yieldToMessages: () => Promise<void>;
	};
	readonly beforeVisit: (id: string) => void;
	/** A session threw; it should leave `sessions`. */
	readonly onError: (id: string, error: unknown) => void;
}): Promise<RoundOutcome> {
	const { round, seed, referenceId, sessions, plans, beforeVisit, onError } = options;
	const { clock, page, yieldToMessages } = options.deps;
	const disturbed = page.timesDisturbed;
	const visits: VisitRecord[] = [];
	const order = roundOrder({ ids: [...sessions.keys()], referenceId, seed, round });
	const startMs = clock();
	const guard = new GapGuard(clock);
	let gap = false;
	let jumped = false;
	const tooLong = new Set<string>();
	for (const { id, control } of order) {
		const session = sessions.get(id);
		const plan = plans.get(id);
		if (!session || !plan) continue;
		beforeVisit(id);
		gap ||= guard.gapBefore();
		try {
			const ms = await makeVisit(session, plan, clock);
			jumped ||= ms.some(isImpossible);
			if (ms.some(isTooLong)) tooLong.add(id);
			visits.push({ id, control, ms });
		} catch (error) {
			onError(id, error);
		}
		guard.workEnded();
	}
	const durationMs = clock() - startMs;
	await yieldToMessages();
	gap ||= guard.gapBefore();
	const disturbance = page.disturbanceSince(disturbed);
	const dropped = disturbance ?? (jumped || durationMs < 0 ? 'clock-jumped' : null);
	return {
		record: { round, startMs, durationMs, visits },
		// A clock that jumped has measured no time that could be spent.
		durationMs: dropped === 'clock-jumped' ? 0 : durationMs,
		dropped: dropped ?? (gap ? 'gap' : null),
		tooLong: disturbance === null ? [...tooLong] : []
	};
}
