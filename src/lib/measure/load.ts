import type { Backend, Model, Session } from './backend';
import type { Clock } from './clock';
import type { CandidateFacts } from './events';
import type { Precision } from './execution';
import { failureOf, type Failure } from './failure';
import { seededInput } from './input';
import { checkOutput, checksum } from './output-check';
import { PROTOCOL } from './protocol';
import type { Candidate } from './types';

/** A design as bytes. */
export interface PreparedModel extends Model {
	readonly params: number;
	readonly macs: number;
}

export interface LoadDeps {
	readonly clock: Clock;
	readonly backend: Backend;
	/** Emits a design with seeded weights. @throws for a design that cannot be built */
	readonly prepare: (
		design: Candidate['design'],
		seed: number,
		precision?: Precision
	) => PreparedModel;
	/** SHA-256 in hex; null where the browser has none (pages without a secure context). */
	readonly sha256: (bytes: Uint8Array) => Promise<string | null>;
	/** Why a model of this size should not be loaded now; null where it may be. */
	readonly refuseForMemory?: (modelBytes: number) => Failure | null;
}

export interface Loaded {
	readonly session: Session;
	readonly facts: CandidateFacts;
	/** Of the first run. */
	readonly output: Float32Array;
}

/**
 * Emits a design, loads it, runs it once and checks what comes out (METHODOLOGY 2.4). The bytes live
 * in this call only, so that one design's are held at a time.
 * @param onLoaded called once the session exists and before its first run
 * @throws a {@link LoadError} with the reason; its `cause` is what was thrown
 */
export async function loadDesign(
	design: Candidate['design'],
	seed: number,
	{ clock, backend, prepare, sha256, refuseForMemory }: LoadDeps,
	onLoaded: () => void = () => {}
): Promise<Loaded> {
	const emitStart = clock();
	const model = await attempt('illegal-design', () => prepare(design, seed));
	const emitMs = clock() - emitStart;
	const refusal = refuseForMemory?.(model.bytes.byteLength);
	if (refusal) throw new LoadError(refusal);
	const facts = {
		params: model.params,
		macs: model.macs,
		modelBytes: model.bytes.byteLength,
		modelSha256: await sha256(model.bytes)
	};
	const createStart = clock();
	const session = await attempt('model-refused', () =>
		backend.load(model, seededInput(model.inputShape, seed))
	);
	const createMs = clock() - createStart;
	onLoaded();
	try {
		const runStart = clock();
		await attempt('model-refused', () => session.run());
		const cold = { emitMs, createMs, firstRunMs: clock() - runStart };
		const output = session.output();
		const length = model.outputShape.reduce((product, size) => product * size, 1);
		const failure = checkOutput(output, length);
		if (failure) throw new LoadError(failure);
		return { session, facts: { ...facts, cold, outputChecksum: checksum(output) }, output };
	} catch (error) {
		// What broke the runtime also breaks the release; the first error is the one to tell.
		await session.release().catch(() => {});
		throw error;
	}
}

/** A candidate that could not be loaded. */
export class LoadError extends Error {
	/** What was found out before it failed. */
	readonly facts: CandidateFacts | undefined;

	constructor(
		readonly failure: Failure,
		{ facts, ...options }: ErrorOptions & { readonly facts?: CandidateFacts } = {}
	) {
		super(failure.detail, options);
		this.name = 'LoadError';
		this.facts = facts;
	}
}

async function attempt<T>(reason: Failure['reason'], action: () => T | Promise<T>): Promise<T> {
	try {
		return await action();
	} catch (cause) {
		throw new LoadError(failureOf(cause, reason), { cause });
	}
}

/**
 * Median price of a call (METHODOLOGY 2.3), in milliseconds: batches of runs of a model that does
 * nothing, each long enough for the clock.
 */
export async function measureEmptyCall(
	backend: Backend,
	model: Model,
	clock: Clock,
	timerStepMs: number,
	calibration: number = PROTOCOL.emptyCall.calibration
): Promise<number> {
	const { batches } = PROTOCOL.emptyCall;
	const { minTimerSteps, maxBatchMs } = PROTOCOL.visit;
	const session = await backend.load(model, seededInput(model.inputShape, 1));
	const timeBatch = async (runs: number): Promise<number> => {
		const start = clock();
		for (let i = 0; i < runs; i++) await session.run();
		return (clock() - start) / runs;
	};
	try {
		const roughMs = Math.max(await timeBatch(calibration), timerStepMs / calibration);
		const runs = Math.ceil(Math.min(maxBatchMs, minTimerSteps * timerStepMs) / roughMs);
		const prices: number[] = [];
		for (let batch = 0; batch < batches; batch++) {
			prices.push(await timeBatch(Math.max(calibration, runs)));
		}
		return prices.sort((a, b) => a - b)[batches >> 1]!;
	} finally {
		await session.release();
	}
}
