import type { Backend, Model } from './backend';
import { measureTimerStep, type Clock } from './clock';
import type { WorkerConditions } from './events';
import { laneId, type LanePlan } from './execution';
import { measureEmptyCall } from './load';

export interface StartDeps {
	readonly clock: Clock;
	/** Loads the runtime. */
	readonly startBackend: (threads: number) => Promise<Backend>;
	readonly emptyModel: () => Model;
	readonly surroundings: Omit<WorkerConditions, 'lanes' | 'timerStepMs'>;
}

/** Loads the runtime and finds out what it and the clock are like (METHODOLOGY 2.1 to 2.3). */
export async function startRuntime(
	{ clock, startBackend, emptyModel, surroundings }: StartDeps,
	lane: LanePlan['own']
): Promise<{ backend: Backend; conditions: WorkerConditions }> {
	const backend = await startBackend(lane.threads);
	const timerStepMs = measureTimerStep(clock);
	// A runtime that cannot run even this will say more when it loads a network.
	const emptyCallMs = await measureEmptyCall(backend, emptyModel(), clock, timerStepMs).catch(
		() => null
	);
	// The runtime fixes its number of threads with the first session: read it back only now.
	const facts = { id: laneId(lane), backend: backend.info, emptyCallMs };
	return { backend, conditions: { ...surroundings, lanes: [facts], timerStepMs } };
}
