import type { RunOptions } from './types';

/**
 * Version of the procedure. A change that moves numbers raises the major: results of different majors
 * are never plotted together.
 */
export const PROTOCOL_VERSION = '1.1.0';

/** Every number of the procedure, by section of docs/METHODOLOGY.md, which is normative. */
export const PROTOCOL = deepFreeze({
	/** METHODOLOGY 2.2: the clock is read until its step has been seen this often, or time is up. */
	timerStep: { changes: 40, maxMs: 150, maxReads: 50_000_000 },
	/** METHODOLOGY 2.3: runs to find the size of a batch, and of batches. */
	emptyCall: { calibration: 200, batches: 5, deviceCalibration: 20 },
	/** METHODOLOGY 2.5: the largest difference of outputs, divided by the reference's range. */
	outputCheck: { float32: 0.001, float16: 0.05 },
	/** METHODOLOGY 3 */
	warmUp: {
		/** Runs in each of the two windows whose medians are compared; the shorter one for slow designs. */
		window: 10,
		slowWindow: 5,
		tolerance: 0.03,
		minMs: 300,
		maxRuns: 100,
		maxMs: 5000
	},
	/** METHODOLOGY 4 */
	visit: {
		discarded: 1,
		runs: 3,
		/** Above this one run a visit is enough, and the shorter windows hold. */
		slowMs: 60,
		minTimerSteps: 200,
		maxBatchMs: 200
	},
	/** METHODOLOGY 5.5: what a lane that takes over runs untimed at least; 2.1: how long it may take to start. */
	lane: { settleMs: 50, startLimitMs: 150_000 },
	/** METHODOLOGY 5.2 */
	round: {
		maxGapMs: 250,
		/** Above this, or below nothing, the clock has jumped; a design that takes so long is refused. */
		maxRunMs: 60_000,
		/** The clock does not jump so often over one design. */
		maxLongRounds: 2
	},
	/** METHODOLOGY 5.3 */
	guards: {
		/** A battery below this share that is not being charged. */
		batteryLow: 0.2,
		/** Pressure that does not fall while the run rests for this long is the machine's own. */
		pressurePatienceMs: 30_000,
		/** The wall clock may part from the steady one by this much in a second. */
		clockJumpMs: 2000,
		/** A tick of a second that comes this much later is a page that is held back. */
		throttledMs: 1500,
		/** Heap that a model takes while it is loaded, over the bytes of its file. */
		heapPerModelByte: 3,
		/** Share of the device's memory that a run may fill, and what a WASM heap can be at most. */
		memoryShare: 0.25,
		maxHeapBytes: 2 ** 31
	},
	/** METHODOLOGY 6 */
	stop: {
		everyRounds: 10,
		decisionLevel: 0.99,
		/** A verdict that is clear ends sampling only where the figure itself is this narrow too. */
		maxDecidedHalfWidth: 0.05
	},
	/** METHODOLOGY 7.3 */
	report: { level: 0.95 },
	/** METHODOLOGY 7.8 and 7.11 */
	checks: {
		/** How far the control's interval may reach from 1. */
		control: 0.01,
		/** How much the reference may move over a run. */
		drift: 0.05,
		/** Rounds below which nothing is said of drift. */
		driftRounds: 9,
		/** Half-width, relative, above which a calibration that tells nothing apart has shown nothing. */
		calibration: 0.05
	},
	/** METHODOLOGY 8.1 */
	page: {
		/** The page draws and analyses at most this often, between two rounds. */
		drawEveryMs: 500,
		/** ... and so seldom that drawing takes this share of the time at most. */
		drawShare: 0.1,
		/** The worker goes on after this time even if the page has not drawn. */
		drawMaxMs: 1000,
		/** What a drawing usually takes, for the time left. */
		drawAllowanceMs: 60,
		/**
		 * For the time left, until a first look tells more: as runs of a few networks went on the project's own
		 * machine; many networks come to the time limit first.
		 */
		typicalRounds: 80,
		heartbeatMs: 1000
	}
} as const);

/** METHODOLOGY 6: what a run does unless asked otherwise. */
export const DEFAULT_OPTIONS = deepFreeze({
	threads: 1,
	seed: 1,
	targetRelative: 0.02,
	minRounds: 20,
	maxRounds: 400,
	minMeasuringMs: 5000,
	maxMeasuringMs: 120_000
} as const satisfies Omit<RunOptions, 'candidates' | 'referenceId' | 'extraPairs'>);

/** Default options under what is asked for. The reference is the first candidate unless named. */
export function runOptions(
	asked: Partial<RunOptions> & Pick<RunOptions, 'candidates'>
): RunOptions {
	return { ...DEFAULT_OPTIONS, referenceId: asked.candidates[0]?.id ?? '', ...asked };
}

function deepFreeze<T extends object>(value: T): Readonly<T> {
	for (const part of Object.values(value)) {
		if (typeof part === 'object' && part !== null) deepFreeze(part);
	}
	return Object.freeze(value);
}
