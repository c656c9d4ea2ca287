import type { Backend, Model } from './backend';
import { measureTimerStep, type Clock } from './clock';
import type { WorkerConditions } from './events';
import { measureEmptyCall } from './load';

export interface StartDeps {
	readonly clock: Clock;
	/** Loads the runtime. */
	readonly startBackend: () => Promise<Backend>;
	readonly emptyModel: () => Model;
	readonly surroundings: Omit<WorkerConditions, 'backend' | 'timerStepMs' | 'emptyCallMs'>;
}

/** Loads the runtime and finds out what it and the clock are like (METHODOLOGY 2.1 to 2.3). */
export async function startRuntime({
	clock,
	startBackend,
	emptyModel,
	surroundings
}: StartDeps): Promise<{ backend: Backend; conditions: WorkerConditions }> {
	const backend = await startBackend();
	const timerStepMs = measureTimerStep(clock);
	// A runtime that cannot run even this will say more when it loads a network.
	const emptyCallMs = await measureEmptyCall(backend, emptyModel(), clock, timerStepMs).catch(
		() => null
	);
	// The runtime fixes its number of threads with the first session: read it back only now.
	const conditions = { ...surroundings, backend: backend.info, timerStepMs, emptyCallMs };
	return { backend, conditions };
}
